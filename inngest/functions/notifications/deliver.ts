import { inngest } from "@/inngest/client";
import { notificationDue } from "@/inngest/events";
import { sendStaffText } from "@/lib/messaging/inbox/send-staff-text";
import { deliverNotifications } from "@/lib/notifications/deliver-due";

/** Tells members by e-mail and SMS. Running it twice is harmless: each message is claimed by one run. */
export const deliverToMembers = inngest.createFunction(
  {
    id: "notifications.deliver",
    triggers: [notificationDue],
    concurrency: { key: "event.data.clinicId", limit: 1 },
    retries: 3,
  },
  ({ event, step }) => step.run("deliver", () => deliverNotifications(event.data.clinicId, sendStaffText)),
);
