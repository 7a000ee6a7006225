import { inngest } from "@/inngest/client";
import { systemContext } from "@/lib/clinics/mint";
import { clinicsWithEndedHolds, expireHolds as expireHoldsOf } from "@/lib/scheduling/expire-holds";

const ID = "scheduling.expire-holds";

/** Ends holds past their time, clinic by clinic. Running it twice is harmless: a hold ends once. */
export const expireHolds = inngest.createFunction(
  { id: ID, triggers: [{ cron: "* * * * *" }], concurrency: { limit: 1 }, retries: 2 },
  async ({ step }) => {
    const clinicIds = await step.run("find clinics", clinicsWithEndedHolds);
    for (const clinicId of clinicIds)
      await step.run(`expire in ${clinicId}`, async () => expireHoldsOf(await systemContext(clinicId, ID)));
  },
);
