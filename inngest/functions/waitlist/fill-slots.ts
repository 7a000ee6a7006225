import { inngest } from "@/inngest/client";
import { slotsDue } from "@/inngest/events";
import { systemContext } from "@/lib/clinics/mint";
import { clinicsWithFreedSlots, sweepSlots } from "@/lib/waitlist/sweep";

const ID = "waitlist.fill-slots";

/** Offers freed time to who waits for it, clinic by clinic: each minute, and at once when somebody has answered. */
export const fillSlots = inngest.createFunction(
  { id: ID, triggers: [{ cron: "* * * * *" }, slotsDue], concurrency: { limit: 1 }, retries: 2 },
  async ({ step }) => {
    const clinicIds = await step.run("find clinics", clinicsWithFreedSlots);
    for (const clinicId of clinicIds)
      await step.run(`fill in ${clinicId}`, async () => sweepSlots(await systemContext(clinicId, ID)));
  },
);
