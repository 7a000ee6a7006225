import { inngest } from "@/inngest/client";
import { outboxDue } from "@/inngest/events";
import { deliverDue } from "@/lib/messaging/outbox/deliver";

/** Sends what is due, of one clinic or of all. Running it twice is harmless: only one run claims a message. */
export const deliver = inngest.createFunction(
  {
    id: "messaging.deliver",
    triggers: [outboxDue],
    concurrency: { key: "event.data.clinicId", limit: 2 },
    retries: 3,
  },
  async ({ event, step }) => {
    const report = await step.run("deliver", () => deliverDue(event.data.clinicId));
    if (report.leftOver) await step.sendEvent("go on", outboxDue.create(event.data));
    return report;
  },
);
