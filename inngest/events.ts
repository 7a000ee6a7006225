import { eventType } from "inngest";
import { z } from "zod";

/**
 * The doorbells: events that say "look at your table", never what to do. They carry ids only, may be lost or
 * rung twice, and sweeps ring them again from the tables.
 */
const id = z.uuid();

/** A vendor's webhook was stored and waits to be read. */
export const webhookReceived = eventType("messaging/webhook.received", { schema: z.object({}) });

/** A conversation has inbound messages that no turn has answered. */
export const turnDue = eventType("dialog/turn.due", { schema: z.object({ clinicId: id, conversationId: id }) });

/** Messages wait to be sent: of one clinic, or of any. */
export const outboxDue = eventType("messaging/outbox.due", { schema: z.object({ clinicId: id.optional() }) });

/** Attachments of a clinic's patients wait to be fetched. */
export const mediaDue = eventType("messaging/media.due", { schema: z.object({ clinicId: id }) });

/** Members of a clinic wait to be told of something by e-mail or SMS. */
export const notificationDue = eventType("notifications/delivery.due", { schema: z.object({ clinicId: id }) });

/** A visit was booked, moved, cancelled or otherwise changed its state. */
export const appointmentChanged = eventType("scheduling/appointment.changed", {
  schema: z.object({ clinicId: id, appointmentId: id }),
});

/** Freed time of a clinic waits to be offered, or people to be told what became of an offer. */
export const slotsDue = eventType("waitlist/slots.due", { schema: z.object({ clinicId: id }) });
