import { inngest } from "@/inngest/client";
import { listActiveClinicIds } from "@/lib/clinics/list-active-ids";
import { systemContext } from "@/lib/clinics/mint";
import { sweepNoShows } from "@/lib/scheduling/sweep-no-shows";

const ID = "scheduling.mark-no-shows";

/** Marks who did not come, clinic by clinic. Running it twice is harmless: a visit is missed once. */
export const markNoShows = inngest.createFunction(
  { id: ID, triggers: [{ cron: "*/5 * * * *" }], concurrency: { limit: 1 }, retries: 2 },
  async ({ step }) =>
    step.run("mark", async () => {
      let marked = 0;
      for (const clinicId of await listActiveClinicIds(ID)) {
        const swept = await sweepNoShows(await systemContext(clinicId, ID));
        if (swept.ok) marked += swept.data.marked;
      }
      return { marked };
    }),
);
