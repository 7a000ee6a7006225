import { inngest } from "@/inngest/client";
import { notificationDue } from "@/inngest/events";
import { systemContext } from "@/lib/clinics/mint";
import { alertUnanswered } from "@/lib/messaging/inbox/alert-unanswered";
import { clinicsWithDueWork } from "@/lib/messaging/due-work";
import { tellOfDays } from "@/lib/notifications/tell-of-days";
import { tellOfVisits } from "@/lib/notifications/tell-of-visits";

const ID = "notifications.sweep";

/** Every minute: finds what a lost doorbell left untold, messages that nobody has answered, and whose day to tell of. */
export const sweepNotifications = inngest.createFunction(
  { id: ID, triggers: [{ cron: "* * * * *" }], concurrency: { limit: 1 }, retries: 1 },
  async ({ step }) => {
    await step.run("visits", async () => {
      for (const clinicId of await clinicsWithDueWork("visit_news"))
        await tellOfVisits(await systemContext(clinicId, ID));
    });
    await step.run("unanswered", async () => {
      for (const clinicId of await clinicsWithDueWork("unanswered"))
        await alertUnanswered(await systemContext(clinicId, ID));
    });
    await step.run("days", async () => {
      for (const clinicId of await clinicsWithDueWork("day_mail")) await tellOfDays(await systemContext(clinicId, ID));
    });
    const due = await step.run("due", () => clinicsWithDueWork("notification"));
    if (due.length > 0)
      await step.sendEvent(
        "ring",
        due.map((clinicId) => notificationDue.create({ clinicId })),
      );
  },
);
