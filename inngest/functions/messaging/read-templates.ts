import { inngest } from "@/inngest/client";
import { clinicsWithDueWork } from "@/lib/messaging/due-work";
import { readDueApprovals } from "@/lib/messaging/templates/read-approvals";

/** Every quarter of an hour: takes over what WhatsApp decided on templates, each clinic's once an hour. */
export const readTemplates = inngest.createFunction(
  { id: "messaging.read-templates", triggers: [{ cron: "*/15 * * * *" }], concurrency: { limit: 1 }, retries: 1 },
  async ({ step }) => {
    const due = await step.run("due", () => clinicsWithDueWork("templates"));
    for (const clinicId of due) await step.run(`read ${clinicId}`, () => readDueApprovals(clinicId));
  },
);
