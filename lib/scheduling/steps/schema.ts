import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

/** What the steps of a visit's life say on the wire. */

const Id = z.uuid();
const Day = z.iso.date();
const Start = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .refine((instant) => instant.getTime() % 60_000 === 0, "a start is a whole minute");

/** `rest`: what becomes of the later visits of its series, or of the others of its family; they are kept unless said. */
export const CancelBody = z
  .object({ reason: z.string().trim().max(500).optional(), rest: z.enum(["keep", "cancel"]).default("keep") })
  .transform(camelKeys);
export const CompleteBody = z.object({ next_follow_up_date: Day.nullish() }).transform(camelKeys);
/** `carry`: the later visits of its series move along, by as many days. */
export const MoveBody = z
  .object({
    starts_at: Start,
    provider_id: Id.nullish(),
    operatory_id: Id.nullish(),
    duration_minutes: z.number().int().min(5).max(720).nullish(),
    carry: z.boolean().default(false),
  })
  .transform(camelKeys);
/** `with`: the visit to change places with. */
export const SwapBody = z.object({ with: Id }).transform(camelKeys);
export const LateBody = z.object({ minutes: z.number().int().min(1).max(240) }).transform(camelKeys);
/** `from`: the state that the caller saw; a second tap on "undo" then undoes nothing more. */
export const UndoBody = z
  .object({ from: z.enum(["checked_in", "no_show", "cancelled", "completed"]).optional() })
  .transform(camelKeys);
export const NoBody = z.object({});
export const EditBody = z.object({ note: z.string().trim().max(2000).nullable() }).transform(camelKeys);

/** One line of a visit's history. */
export interface VisitEvent {
  at: Date;
  kind: "created" | "status" | "moved" | "confirmation" | "late";
  from: string | null;
  to: string | null;
  reason: string | null;
  actorType: string;
  /** The member's name; null for patients and for what happened by itself. */
  actorName: string | null;
  /** Of a move: from whom to whom, where that changed. */
  fromProvider: string | null;
  toProvider: string | null;
}
