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
