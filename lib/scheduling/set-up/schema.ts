import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";
import { LOCALES } from "@/lib/core/locales";

/** The colours that providers and services are told apart by; screens have a light and a dark shade of each. */
export const COLORS = [
  "teal",
  "cyan",
  "sky",
  "indigo",
  "violet",
  "fuchsia",
  "rose",
  "red",
  "orange",
  "amber",
  "emerald",
  "slate",
] as const;
export const PROVIDER_KINDS = ["dentist", "hygienist"] as const;
export const SEGMENT_ROLES = ["lead", "dentist", "hygienist", "operatory"] as const;

const Id = z.uuid();
const Ids = z.array(Id).max(200);
const Name = z.string().trim().min(1).max(120);
const Minutes = z.number().int().min(0).max(720);
const pages = {
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  q: z.string().trim().max(100).optional(),
};
const Flag = z.enum(["true", "false"]).transform((value) => value === "true");

export const IdPath = z.object({ id: Id });
/** `GET …/services`, `…/operatories`: the retired ones too where they are asked for. */
export const ListSetUp = z.object({ ...pages, include_retired: Flag.optional() }).transform(camelKeys);
export type ListSetUp = z.output<typeof ListSetUp>;

const Words = z.array(z.string().trim().min(1).max(60)).max(40);
const Segment = z
  .object({ role: z.enum(SEGMENT_ROLES), from_minute: Minutes, to_minute: Minutes })
  .refine(({ from_minute, to_minute }) => from_minute < to_minute, {
    error: "ends after it begins",
    path: ["to_minute"],
  });

const serviceFields = {
  name: z.object({ en: Name, ar: Name.optional(), es: Name.optional() }),
  synonyms: z.object({ en: Words.optional(), ar: Words.optional(), es: Words.optional() }),
  duration_minutes: z.number().int().min(5).max(720),
  buffer_before_minutes: z.number().int().min(0).max(240),
  buffer_after_minutes: z.number().int().min(0).max(240),
  color: z.enum(COLORS),
  /** In the clinic's currency's smallest unit. */
  value: z.number().int().min(0).max(100_000_000),
  recall_interval_days: z.number().int().min(1).max(3650).nullable(),
  is_online: z.boolean(),
  segments: z.array(Segment).min(1).max(12),
  /** Who may lead it. */
  provider_ids: Ids,
  /** In which chairs; none listed means any. */
  operatory_ids: Ids,
};

/** `POST …/services`: a name and a length are enough; then one provider and any chair are there from start to end. */
export const CreateService = z
  .object({
    ...serviceFields,
    synonyms: serviceFields.synonyms.default({}),
    buffer_before_minutes: serviceFields.buffer_before_minutes.default(0),
    buffer_after_minutes: serviceFields.buffer_after_minutes.default(0),
    color: serviceFields.color.default("teal"),
    value: serviceFields.value.default(0),
    recall_interval_days: serviceFields.recall_interval_days.default(null),
    is_online: serviceFields.is_online.default(true),
    segments: serviceFields.segments.optional(),
    provider_ids: serviceFields.provider_ids.default([]),
    operatory_ids: serviceFields.operatory_ids.default([]),
  })
  .transform(camelKeys);
export type CreateService = z.output<typeof CreateService>;
export const ChangeService = z.object(serviceFields).partial().transform(camelKeys);
export type ChangeService = z.output<typeof ChangeService>;

const providerFields = {
  name: Name,
  kind: z.enum(PROVIDER_KINDS),
  color: z.enum(COLORS),
  /** What they speak with patients. */
  languages: z.array(z.enum(LOCALES)).min(1).max(LOCALES.length),
  /** The services that they may lead. */
  service_ids: Ids,
  /** The member whose log-in opens on this provider's day; null: nobody's. */
  user_id: Id.nullable(),
};
export const CreateProvider = z
  .object({
    ...providerFields,
    color: providerFields.color.default("teal"),
    languages: providerFields.languages.default(["en"]),
    service_ids: Ids.default([]),
    user_id: providerFields.user_id.default(null),
  })
  .transform(camelKeys);
export type CreateProvider = z.output<typeof CreateProvider>;
export const ChangeProvider = z.object(providerFields).partial().transform(camelKeys);
export type ChangeProvider = z.output<typeof ChangeProvider>;

export const SaveOperatory = z.object({ name: Name }).transform(camelKeys);
export type SaveOperatory = z.output<typeof SaveOperatory>;

/** `confirmed`: the visits ahead have been seen; they stay as they are. */
export const RetireBody = z.object({ confirmed: z.boolean().default(false) }).transform(camelKeys);
/** All of them, in their new order. */
export const OrderBody = z
  .object({ ids: Ids.min(1).refine((ids) => new Set(ids).size === ids.length, "each once") })
  .transform(camelKeys);
