import { inngest } from "@/inngest/client";
import { clinicsWithDueWork } from "@/lib/messaging/due-work";
import { findMissedMessages } from "@/lib/messaging/ingest/find-missed";

/** Every five minutes: takes in what a webhook should have brought. Running it twice at once is harmless. */
export const findMissed = inngest.createFunction(
  { id: "messaging.find-missed", triggers: [{ cron: "*/5 * * * *" }], concurrency: { limit: 1 }, retries: 1 },
  async ({ step }) => {
    const due = await step.run("due", () => clinicsWithDueWork("reconcile"));
    for (const clinicId of due) await step.run(`compare ${clinicId}`, () => findMissedMessages(clinicId));
  },
);
