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

const DailyCap = z.number().int().min(1).max(500).nullable();
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
  /** At most so many a day (the clinic's); patients only, the desk may go beyond. */
  daily_cap: DailyCap,
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
    daily_cap: DailyCap.default(null),
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
  /** At most so many visits a day (the clinic's); patients only, the desk may go beyond. */
  daily_cap: DailyCap,
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
    daily_cap: DailyCap.default(null),
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

const Day = z.iso.date();
const FromTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** A day's end is `24:00`. */
const ToTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const MOST_DAYS = 400;
const daysFrom = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
const isForward = ({ from, to }: { from: string; to: string }) => from <= to && daysFrom(from, to) <= MOST_DAYS;

const HoursRow = z
  .object({ weekday: z.number().int().min(1).max(7), from_time: FromTime, to_time: ToTime })
  .refine(({ from_time, to_time }) => from_time < to_time, { error: "ends after it begins", path: ["to_time"] });
/** A week of wall times; what lies between two spans of a day is a break. */
const Hours = z
  .array(HoursRow)
  .max(7 * 12)
  .superRefine((rows, check) => {
    const sorted = rows
      .map((row, index) => ({ ...row, index }))
      .sort((a, b) => a.weekday - b.weekday || a.from_time.localeCompare(b.from_time));
    for (const [at, row] of sorted.entries()) {
      const before = sorted[at - 1];
      if (before && before.weekday === row.weekday && row.from_time < before.to_time)
        check.addIssue({ code: "custom", path: [row.index, "from_time"], message: "overlaps another span of its day" });
    }
  });
const ProviderIds = Ids.min(1);

/** The usual week of these providers, in place of the one before. */
const Week = z.object({ provider_ids: ProviderIds, hours: Hours });
const Validity = z.object({ valid_from: Day, valid_to: Day });
const isSeason = ({ valid_from, valid_to }: z.output<typeof Validity>) => isForward({ from: valid_from, to: valid_to });
/** Hours that hold instead of the usual ones on the days from … to, both included. */
const Season = Validity.extend({
  provider_ids: ProviderIds,
  hours: Hours.min(1),
  replaces: Validity.optional(),
}).refine(isSeason, { error: "ends after it begins, within 400 days", path: ["valid_to"] });
const exceptionFields = {
  /** Null: the whole clinic. */
  provider_id: Id.nullable(),
  kind: z.enum(["closed", "extra"]),
  day_from: Day,
  day_to: Day,
  /** Wall times of each of the days; null: whole days. */
  from_time: FromTime.nullable().default(null),
  to_time: ToTime.nullable().default(null),
  reason: z.string().trim().min(1).max(120).nullable().default(null),
};
const Exception = z
  .object(exceptionFields)
  .refine(({ day_from, day_to }) => isForward({ from: day_from, to: day_to }), {
    error: "ends after it begins, within 400 days",
    path: ["day_to"],
  })
  .refine(({ from_time, to_time }) => (from_time === null) === (to_time === null), {
    error: "both times or none",
    path: ["to_time"],
  })
  .refine(({ from_time, to_time }) => from_time === null || to_time === null || from_time < to_time, {
    error: "ends after it begins",
    path: ["to_time"],
  })
  .refine(({ kind, from_time }) => kind === "closed" || from_time !== null, {
    error: "extra hours have times",
    path: ["from_time"],
  });

export const SetWeek = Week.transform(camelKeys);
export type SetWeek = z.output<typeof SetWeek>;
export const SaveSeason = Season.transform(camelKeys);
export type SaveSeason = z.output<typeof SaveSeason>;
export const RemoveSeason = Validity.extend({ provider_id: Id }).transform(camelKeys);
export type RemoveSeason = z.output<typeof RemoveSeason>;
export const SaveException = Exception.transform(camelKeys);
export type SaveException = z.output<typeof SaveException>;

/** One change of the schedule that is not saved yet. */
const Draft = z.union([
  z.object({ week: Week }),
  z.object({ season: Season }),
  z.object({ without_season: Validity.extend({ provider_id: Id }) }),
  z.object({ exception: Exception, replaces_id: Id.optional() }),
  z.object({ without_exception_id: Id }),
]);
export const PreviewSchedule = z
  .object({
    provider_id: Id,
    service_id: Id.nullish(),
    /** The first day to show. */
    from: Day,
    days: z.number().int().min(1).max(14).default(7),
    draft: Draft.nullish(),
  })
  .transform(camelKeys);
export type PreviewSchedule = z.output<typeof PreviewSchedule>;
export type ScheduleDraft = NonNullable<PreviewSchedule["draft"]>;
