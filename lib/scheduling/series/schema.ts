import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

const Id = z.uuid();
const Start = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .refine((instant) => instant.getTime() % 60_000 === 0, "a start is a whole minute");
const Title = z.string().trim().min(1).max(120);
const Note = z.string().trim().max(2000);
const MOST_VISITS = 24;

/**
 * Where a visit may go when its wished start is taken: nowhere, to the nearest free start of that day, or also to the
 * nearest day of the three on either side.
 */
export const SHIFTS = ["none", "day", "week"] as const;
export type Shift = (typeof SHIFTS)[number];

const Repeat = z.object({
  service_id: Id,
  provider_id: Id.nullish(),
  operatory_id: Id.nullish(),
  starts_at: Start,
  count: z.number().int().min(1).max(MOST_VISITS),
  every: z.number().int().min(1).max(24),
  unit: z.enum(["day", "week", "month"]),
});
const Step = z.object({
  service_id: Id,
  provider_id: Id.nullish(),
  operatory_id: Id.nullish(),
  starts_at: Start.nullish(),
  gap_days: z.number().int().min(0).max(365).default(0),
  note: Note.optional(),
});

/**
 * `POST …/appointments/series` and `…/series/preview`. A `recall`: the same visit every so many days, weeks or months,
 * at the same time on the clinic's wall; `continues` names the visit that it goes on from. A `plan`: several services
 * in order, `gap_days` at least after the one before; a step without `starts_at` takes the first day that has room.
 */
export const BookSeries = z
  .object({
    kind: z.enum(["recall", "plan"]),
    patient_id: Id,
    title: Title.nullish(),
    continues: Id.nullish(),
    repeat: Repeat.optional(),
    visits: z.array(Step).min(1).max(MOST_VISITS).optional(),
    shift: z.enum(SHIFTS).default("day"),
  })
  .refine(({ repeat, visits }) => Boolean(repeat) !== Boolean(visits), {
    error: "either repeat or visits",
    path: ["visits"],
  })
  .refine(({ kind, repeat }) => kind === "recall" || !repeat, { error: "a plan names its visits", path: ["repeat"] })
  .refine(({ kind, visits = [] }) => visits.every((step, at) => step.starts_at || (kind === "plan" && at > 0)), {
    error: "only a later step of a plan may leave its start open",
    path: ["visits"],
  })
  .transform(camelKeys);
export type BookSeries = z.output<typeof BookSeries>;

/** A visit of a series before it is booked; `conflict` says why it can't be. */
export interface PreviewVisit {
  position: number;
  serviceId: string;
  wishedAt: Date;
  startsAt: Date | null;
  endsAt: Date | null;
  providerId: string | null;
  operatoryId: string | null;
  isShifted: boolean;
  conflict: string | null;
}
