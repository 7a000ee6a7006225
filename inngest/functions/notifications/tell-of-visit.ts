import { inngest } from "@/inngest/client";
import { appointmentChanged } from "@/inngest/events";
import { systemContext } from "@/lib/clinics/mint";
import { tellOfVisits } from "@/lib/notifications/tell-of-visits";

const ID = "notifications.tell-of-visit";

/** Tells the desk what a patient booked, moved or cancelled. Running it twice is harmless: a change is told once. */
export const tellOfVisit = inngest.createFunction(
  { id: ID, triggers: [appointmentChanged], concurrency: { limit: 4 }, retries: 3 },
  ({ event, step }) =>
    step.run("tell", async () => tellOfVisits(await systemContext(event.data.clinicId, ID), event.data.appointmentId)),
);
