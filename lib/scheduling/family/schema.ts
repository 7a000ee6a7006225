import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

const Id = z.uuid();
const Start = z.iso
  .datetime({ offset: true })
  .transform((value) => new Date(value))
  .refine((instant) => instant.getTime() % 60_000 === 0, "a start is a whole minute");
const MOST_MEMBERS = 6;

/** One after the other with the same provider, or all at the same time with several. */
export const ARRANGEMENTS = ["back_to_back", "parallel"] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

const list = (text: string) => text.split(",").map((one) => one.trim());

/**
 * `GET …/availability/family`: starts of one day at which a family fits as a whole. `service_ids` with commas, one a
 * member, in the order in which they come; `provider_ids` in the same order, empty where anybody will do.
 */
export const FindFamilyStarts = z
  .object({
    day: z.iso.date(),
    service_ids: z.string().max(400).transform(list).pipe(z.array(Id).min(2).max(MOST_MEMBERS)),
    provider_ids: z
      .string()
      .max(400)
      .default("")
      .transform(list)
      .pipe(z.array(z.union([Id, z.literal("")])).max(MOST_MEMBERS)),
    arrangement: z.enum(ARRANGEMENTS).default("back_to_back"),
  })
  .transform(camelKeys);
export type FindFamilyStarts = z.output<typeof FindFamilyStarts>;

/** When a whole family could begin, and each member's own part in the order asked for. */
export interface FamilyStart {
  startsAt: Date;
  endsAt: Date;
  visits: { serviceId: string; providerId: string; operatoryId: string | null; startsAt: Date; endsAt: Date }[];
}

const Person = z.object({
  name: z.string().trim().min(1).max(200),
  phone: z.string().trim().max(40).nullish(),
  email: z.email().max(254).nullish(),
  language: z.enum(["en", "ar", "es"]).nullish(),
});
const Member = z
  .object({
    patient_id: Id.nullish(),
    patient: Person.nullish(),
    service_id: Id,
    provider_id: Id.nullish(),
    operatory_id: Id.nullish(),
    starts_at: Start,
    note: z.string().trim().max(2000).optional(),
  })
  .refine((body) => Boolean(body.patient_id) !== Boolean(body.patient), {
    error: "either patient_id or patient",
    path: ["patient_id"],
  });

/** `POST …/appointments/family`: two to six people, each with their own visit. */
export const BookFamily = z
  .object({
    title: z.string().trim().min(1).max(120).nullish(),
    members: z.array(Member).min(2).max(MOST_MEMBERS),
  })
  .refine(
    ({ members }) => {
      const known = members.flatMap(({ patient_id: id }) => (id ? [id] : []));
      return new Set(known).size === known.length;
    },
    { error: "a family's visits are of different people", path: ["members"] },
  )
  .transform(camelKeys);
export type BookFamily = z.output<typeof BookFamily>;
