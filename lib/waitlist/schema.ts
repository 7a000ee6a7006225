import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

const Id = z.uuid();
const Day = z.iso.date();
const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Urgency = z.enum(["flexible", "normal", "urgent"]);
const pages = {
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

export const IdPath = z.object({ id: Id });

const wishes = {
  provider_ids: z.array(Id).max(50).optional(),
  /** ISO weekdays, Monday 1; none: any. */
  weekdays: z.array(z.int().min(1).max(7)).max(7).optional(),
  not_before: WallTime.nullish(),
  not_after: WallTime.nullish(),
  first_day: Day.nullish(),
  last_day: Day.nullish(),
  urgency: Urgency.optional(),
  note: z.string().trim().max(500).nullish(),
};

const isForward = (body: {
  [K in "not_before" | "not_after" | "first_day" | "last_day"]?: string | null | undefined;
}) =>
  (!body.not_before || !body.not_after || body.not_before < body.not_after) &&
  (!body.first_day || !body.last_day || body.first_day <= body.last_day);
const FORWARD = { error: "the end is before the beginning", path: ["not_after"] };

/** `POST …/waitlist`: the visit that they would give up, where they have one, is `appointment_id`. */
export const AddEntry = z
  .object({ patient_id: Id, service_id: Id, appointment_id: Id.nullish(), ...wishes })
  .refine(isForward, FORWARD)
  .transform(camelKeys);
export type AddEntry = z.output<typeof AddEntry>;

/** `PATCH …/waitlist/{id}`: `status` puts one who was removed back. */
export const EditEntry = z
  .object({ status: z.enum(["waiting", "removed"]).optional(), ...wishes })
  .refine(isForward, FORWARD)
  .transform(camelKeys);
export type EditEntry = z.output<typeof EditEntry>;

export const ListEntries = z
  .object({
    ...pages,
    q: z.string().trim().max(100).optional(),
    status: z.enum(["waiting", "booked", "removed", "ended"]).default("waiting"),
    service_id: Id.optional(),
    provider_id: Id.optional(),
    patient_id: Id.optional(),
    urgency: Urgency.optional(),
  })
  .transform(camelKeys);
export type ListEntries = z.output<typeof ListEntries>;

export const ListFreedSlots = z
  .object({ ...pages, status: z.enum(["open", "filled", "stopped", "over"]).optional() })
  .transform(camelKeys);
export type ListFreedSlots = z.output<typeof ListFreedSlots>;

export const OfferByHand = z.object({ entry_id: Id }).transform(camelKeys);
export type OfferByHand = z.output<typeof OfferByHand>;
export const NoBody = z.object({});

const Named = z.object({ id: Id, name: z.string() });

/** Who waits, as the list answers it. */
export const EntryItem = z.object({
  id: Id,
  status: z.enum(["waiting", "booked", "removed", "ended"]),
  urgency: Urgency,
  source: z.enum(["bot", "booking_page", "staff"]),
  note: z.string().nullable(),
  weekdays: z.array(z.int()),
  not_before: z.string().nullable(),
  not_after: z.string().nullable(),
  first_day: z.string().nullable(),
  last_day: z.string().nullable(),
  asked_at: z.string(),
  patient: Named,
  service: Named.extend({ color: z.string() }),
  providers: z.array(Named),
  visit: z.object({ id: Id, starts_at: z.string(), status: z.string() }).nullable(),
  conversation_id: Id.nullable(),
  offers_had: z.number(),
});
export type EntryItem = z.infer<typeof EntryItem>;

export const OfferItem = z.object({
  id: Id,
  entry_id: Id,
  status: z.enum(["queued", "sent", "claimed", "declined", "lapsed", "lost", "withdrawn", "refused"]),
  reason: z.string().nullable(),
  batch: z.number(),
  made_by: z.enum(["sweep", "staff"]),
  starts_at: z.string(),
  offered_at: z.string(),
  expires_at: z.string(),
  answered_at: z.string().nullable(),
  answered_by: z.enum(["patient", "staff"]).nullable(),
  conversation_id: Id.nullable(),
  appointment_id: Id.nullable(),
  patient: Named,
});
export type OfferItem = z.infer<typeof OfferItem>;

/** A freed time and who was asked about it. */
export const SlotItem = z.object({
  id: Id,
  status: z.enum(["open", "filled", "stopped", "over"]),
  cause: z.enum(["cancelled", "moved"]),
  cascade_depth: z.number(),
  starts_at: z.string(),
  ends_at: z.string(),
  freed_at: z.string(),
  ended_at: z.string().nullable(),
  ended_because: z.enum(["claimed", "taken", "too_late", "nobody_left", "cascade", "stopped"]).nullable(),
  batches: z.number(),
  provider: Named.extend({ color: z.string() }),
  offers: z.array(OfferItem),
});
export type SlotItem = z.infer<typeof SlotItem>;
