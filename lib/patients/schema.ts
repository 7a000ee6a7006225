import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

export const PATIENT_TYPES = ["COLD_LEAD", "NEW", "EXISTING"] as const;
export const RELATIONS = ["self", "guardian", "family"] as const;
export const CONTACT_KINDS = ["phone", "email", "whatsapp_user"] as const;
export const SORTS = ["name", "-name", "created", "-created", "follow_up", "-follow_up"] as const;
export const TIMELINE_KINDS = ["messages", "visits", "consents", "tasks", "notes", "changes"] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

const Id = z.uuid();
const Day = z.iso.date();
const YesNo = z.enum(["yes", "no"]);
/** One line as people write it; what a database can't store is not text. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u);
const Language = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/);
/** An IANA zone by its shape; whether there is one of that name, the verb asks. */
const Zone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][\w+/-]*$/);

export const PatientPath = z.object({ id: Id });
export const ContactPointPath = z.object({ id: Id, point_id: Id }).transform(camelKeys);
export const ContactPointId = z.object({ id: Id });

/** Why somebody who sees numbers masked asks for one. A closed list: the audit log has no words of anybody's. */
export const REVEAL_REASONS = ["call_patient", "check_identity", "correct_record", "answer_complaint"] as const;
export const RevealContactPoint = z.object({ reason: z.enum(REVEAL_REASONS) });
export type RevealContactPoint = z.output<typeof RevealContactPoint>;

const filters = {
  q: z.string().trim().max(100).optional(),
  type: z.enum(PATIENT_TYPES).optional(),
  language: Language.optional(),
  upcoming: YesNo.optional(),
  follow_up: z.enum(["due", "planned", "none"]).optional(),
  opted_out: YesNo.optional(),
  created_from: Day.optional(),
  created_to: Day.optional(),
};

/**
 * `GET …/patients`: `q` finds by a part of the name, the phone or the e-mail. `follow_up=due` is today or earlier, in
 * the clinic's zone as `created_from` and `created_to`, both included, are.
 */
export const ListPatients = z
  .object({
    ...filters,
    sort: z.enum(SORTS).default("name"),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  })
  .transform(camelKeys);
export type ListPatients = z.output<typeof ListPatients>;

/** `GET …/patients/export`: the list's own filters. */
export const ExportPatients = z.object(filters).transform(camelKeys);
export type ExportPatients = z.output<typeof ExportPatients>;

const facts = {
  birth_date: Day.nullable(),
  language: Language.nullable(),
  time_zone: Zone.nullable(),
  next_follow_up_date: Day.nullable(),
};

/** `POST …/patients`. */
export const CreatePatient = z
  .object({
    name: line(120).min(1),
    phone: line(40).optional(),
    email: z.email().max(254).optional(),
    birth_date: facts.birth_date.optional(),
    language: facts.language.optional(),
    time_zone: facts.time_zone.optional(),
    next_follow_up_date: facts.next_follow_up_date.optional(),
  })
  .transform(camelKeys);
export type CreatePatient = z.output<typeof CreatePatient>;

/** `PATCH …/patients/{id}`: what is named is set; the type follows from bookings and visits alone. */
export const UpdatePatient = z
  .object({ name: line(120).min(1), ...facts })
  .partial()
  .refine((body) => Object.values(body).some((value) => value !== undefined), "Name at least one field.")
  .transform(camelKeys);
export type UpdatePatient = z.output<typeof UpdatePatient>;

/** `POST …/patients/{id}/contact-points`. */
export const AddContactPoint = z
  .object({
    kind: z.enum(["phone", "email"]),
    value: line(254).min(3),
    relation: z.enum(RELATIONS).optional(),
    is_primary: z.boolean().default(false),
  })
  .transform(camelKeys);
export type AddContactPoint = z.output<typeof AddContactPoint>;

/** `PATCH …/contact-points/{point_id}`: a primary one is only replaced, by making another one primary. */
export const ChangeContactPoint = z
  .object({ relation: z.enum(RELATIONS).optional(), is_primary: z.literal(true).optional() })
  .refine((body) => body.relation !== undefined || body.is_primary !== undefined, "Name at least one field.")
  .transform(camelKeys);
export type ChangeContactPoint = z.output<typeof ChangeContactPoint>;

/** `POST …/patients/{id}/notes`. */
export const AddNote = z
  .object({
    text: z
      .string()
      .transform((text) => text.replaceAll("\u0000", "").trim())
      .pipe(z.string().min(1).max(4000)),
  })
  .transform(camelKeys);

/** Fields of which a merge may take the other record's value. */
export const MERGE_FIELDS = ["name", "birth_date", "language", "time_zone", "next_follow_up_date"] as const;
export type MergeField = (typeof MERGE_FIELDS)[number];

/** `POST …/patients/{id}/merge`: `{id}` stays; of the fields in `take` the other's value does. */
export const MergePatients = z
  .object({ other_id: Id, take: z.array(z.enum(MERGE_FIELDS)).max(MERGE_FIELDS.length).default([]) })
  .transform(camelKeys);
export type MergePatients = z.output<typeof MergePatients>;
export const UndoMerge = z.object({ merge_id: Id }).transform(camelKeys);

/** `GET …/patients/{id}/timeline`; `kinds` is a list with commas, all when absent. */
export const ListTimeline = z
  .object({
    kinds: z
      .string()
      .max(100)
      .optional()
      .transform((text) => (text ? text.split(",") : [...TIMELINE_KINDS]))
      .pipe(z.array(z.enum(TIMELINE_KINDS)).min(1)),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  })
  .transform(camelKeys);
export type ListTimeline = z.output<typeof ListTimeline>;

/** A patient in a list. `phone` is masked for whoever may not see it whole. */
export const PatientItem = z.object({
  id: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  language: z.string().nullable(),
  patient_type: z.enum(PATIENT_TYPES),
  next_visit: z.object({ id: z.string(), starts_at: z.string() }).nullable(),
  next_follow_up_date: z.string().nullable(),
  created_at: z.string(),
  is_opted_out: z.boolean(),
});
export type PatientItem = z.infer<typeof PatientItem>;

const ConsentNow = z.object({
  channel_kind: z.enum(["sms", "whatsapp", "email"]),
  purpose: z.enum(["service", "marketing"]),
  state: z.enum(["in", "out"]),
  at: z.string(),
  how: z.string(),
  words: z.string().nullable(),
});
export type ConsentNow = z.infer<typeof ConsentNow>;

export const ContactPointItem = z.object({
  id: z.string(),
  kind: z.enum(CONTACT_KINDS),
  value: z.string(),
  is_masked: z.boolean(),
  relation: z.enum(RELATIONS),
  is_primary: z.boolean(),
  unreachable_since: z.string().nullable(),
  unreachable_reason: z.string().nullable(),
  shared_with: z.array(z.object({ id: z.string(), name: z.string(), relation: z.enum(RELATIONS) })),
  consents: z.array(ConsentNow),
});
export type ContactPointItem = z.infer<typeof ContactPointItem>;

/** `GET …/patients/{id}`. `merged_into_id`: the person goes on under that id. */
export const PatientDetail = PatientItem.omit({ is_opted_out: true, next_visit: true }).extend({
  birth_date: z.string().nullable(),
  age: z.number().nullable(),
  time_zone: z.string().nullable(),
  created_from: z.string(),
  merged_into_id: z.string().nullable(),
  next_visit: z.object({ id: z.string(), starts_at: z.string(), service: z.string(), provider: z.string() }).nullable(),
  counts: z.object({ visits: z.number(), tasks: z.number(), notes: z.number() }),
  contact_points: z.array(ContactPointItem),
  conversations: z.array(
    z.object({ id: z.string(), channel_kind: z.string(), last_message_at: z.string().nullable() }),
  ),
  possible_duplicates: z.array(
    z.object({ id: z.string(), name: z.string(), phone: z.string().nullable(), birth_date: z.string().nullable() }),
  ),
});
export type PatientDetail = z.infer<typeof PatientDetail>;

/** What `POST …/merge` answers; `merge_id` undoes it. */
export const MergeDone = z.object({ merge_id: z.string(), kept_id: z.string(), merged_id: z.string() });

/** The columns that an import knows, and the export's own order of them. */
export const IMPORT_COLUMNS = [
  "name",
  "phone",
  "email",
  "birth_date",
  "language",
  "type",
  "next_follow_up_date",
  "sms_marketing",
  "whatsapp_marketing",
  "email_marketing",
  "consent_source",
  "consent_date",
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];
export const DATE_ORDERS = ["dmy", "mdy", "ymd"] as const;
export const LONGEST_CSV_BYTES = 5_000_000;

/**
 * `POST …/patients/import`: `columns` says which header of the file is which column; without it the headers are the
 * columns' own names. `date_order` reads 03/04/2026; dates as 2026-04-03 are always read.
 */
export const ImportPatients = z.object({
  csv: z
    .string()
    .min(1)
    .refine((text) => new TextEncoder().encode(text).length <= LONGEST_CSV_BYTES, {
      message: "The file is larger than 5 MB.",
      params: { code: "PAYLOAD_TOO_LARGE" },
    }),
  dry_run: z.boolean().default(true),
  columns: z.partialRecord(z.enum(IMPORT_COLUMNS), z.string().max(200)).optional(),
  date_order: z.enum(DATE_ORDERS).optional(),
  default_type: z.enum(PATIENT_TYPES).default("EXISTING"),
  default_language: Language.optional(),
});
export type ImportPatients = z.output<typeof ImportPatients>;

/** What is wrong with one row (`row` counts as a spreadsheet does: the header is row 1). `kind: skip` stops nothing. */
export const ImportProblem = z.object({
  row: z.number(),
  column: z.enum(IMPORT_COLUMNS).nullable(),
  code: z.string(),
  kind: z.enum(["error", "skip", "note"]),
  message: z.string(),
});
export type ImportProblem = z.infer<typeof ImportProblem>;
export const ImportReport = z.object({
  dry_run: z.boolean(),
  rows: z.number(),
  ready: z.number(),
  imported: z.number(),
  skipped: z.number(),
  failed: z.number(),
  problems: z.array(ImportProblem),
  problems_capped: z.boolean(),
  preview: z.array(z.record(z.string(), z.string().nullable())),
});
export type ImportReport = z.infer<typeof ImportReport>;
