import { z } from "zod";

/** The columns that a former book may have. `date` may hold date and time; `end` a time or date and time. */
export const BOOK_COLUMNS = [
  "name",
  "phone",
  "email",
  "date",
  "time",
  "end",
  "duration",
  "provider",
  "service",
  "chair",
  "status",
  "note",
  "external_id",
] as const;
export type BookColumn = (typeof BOOK_COLUMNS)[number];

/** What is looked up by name among what the clinic has. */
export const NAMED = ["provider", "service", "chair"] as const;
export type Named = (typeof NAMED)[number];

export const LONGEST_BOOK_BYTES = 5_000_000;
const MOST_NAMES = 500;
const Names = z
  .record(z.string().max(500), z.uuid())
  .refine((names) => Object.keys(names).length <= MOST_NAMES, `At most ${MOST_NAMES} names.`);

/**
 * `POST …/appointments/import`: `columns` says which header of the file is which column; without it the headers are the
 * columns' own names. Times are the clinic's. `names` says what a word of the file means that is no name of the
 * clinic's; `default_…` what a row without one has. Rows of `skip_rows` (a spreadsheet's count) are left out.
 */
export const ImportBook = z.object({
  csv: z
    .string()
    .min(1)
    .refine((text) => new TextEncoder().encode(text).length <= LONGEST_BOOK_BYTES, {
      message: "The file is larger than 5 MB.",
      params: { code: "PAYLOAD_TOO_LARGE" },
    }),
  dry_run: z.boolean().default(true),
  columns: z.partialRecord(z.enum(BOOK_COLUMNS), z.string().max(200)).optional(),
  date_order: z.enum(["dmy", "mdy", "ymd"]).optional(),
  names: z.object({ provider: Names, service: Names, chair: Names }).partial().optional(),
  default_provider_id: z.uuid().optional(),
  default_service_id: z.uuid().optional(),
  skip_rows: z.array(z.number().int().min(2)).max(5000).optional(),
});
export type ImportBook = z.output<typeof ImportBook>;

/** What can be said of a row. The codes are stable; their words are `appointments.import.problems.<CODE>`. */
export const PROBLEM_KINDS = {
  NAME_MISSING: "error",
  NAME_UNREADABLE: "error",
  TOO_LONG: "error",
  PHONE_INVALID: "error",
  EMAIL_INVALID: "error",
  DATE_MISSING: "error",
  DATE_INVALID: "error",
  TIME_MISSING: "error",
  TIME_INVALID: "error",
  END_INVALID: "error",
  DURATION_INVALID: "error",
  PROVIDER_MISSING: "error",
  PROVIDER_UNKNOWN: "error",
  SERVICE_MISSING: "error",
  SERVICE_UNKNOWN: "error",
  CHAIR_UNKNOWN: "error",
  STATUS_UNKNOWN: "error",
  STATUS_IN_FUTURE: "error",
  PATIENT_AMBIGUOUS: "error",
  OVERLAPS_VISIT: "error",
  OVERLAPS_ROW: "error",
  TIME_LOST: "error",
  EXTERNAL_ID_TWICE: "error",
  ALREADY_IMPORTED: "skip",
  IN_BOOK_ALREADY: "skip",
  DUPLICATE_IN_FILE: "skip",
  OUTSIDE_HOURS: "note",
  TIME_MOVED: "note",
  TIME_TWICE: "note",
  NO_CONTACT: "note",
} as const satisfies Record<string, "error" | "skip" | "note">;
export type ProblemCode = keyof typeof PROBLEM_KINDS;

/** What is said of one row. Only errors stop a run; `skip`: the row is left out; `note`: it is taken all the same. */
export const BookProblem = z.object({
  row: z.number(),
  column: z.enum(BOOK_COLUMNS).nullable(),
  code: z.string(),
  kind: z.enum(["error", "skip", "note"]),
  /** The word, the other row or the time that it is about. */
  value: z.string().nullable(),
  message: z.string(),
});
export type BookProblem = z.infer<typeof BookProblem>;

const Choice = z.object({ id: z.string(), name: z.string() });

export const BookReport = z.object({
  dry_run: z.boolean(),
  import_id: z.string().nullable(),
  rows: z.number(),
  ready: z.number(),
  imported: z.number(),
  skipped: z.number(),
  failed: z.number(),
  noted: z.number(),
  /** Of those ready: how many are still to come, and how many people are new to the clinic. */
  upcoming: z.number(),
  new_patients: z.number(),
  problems: z.array(BookProblem),
  problems_capped: z.boolean(),
  /** Rows with errors, as many as `skip_rows` takes. */
  failed_rows: z.array(z.number()),
  /** Words of the file that are no name of the clinic's, with how often they stand there, and what there is to choose. */
  unknown: z.array(z.object({ column: z.enum(NAMED), value: z.string(), rows: z.number() })),
  choices: z.object({ provider: z.array(Choice), service: z.array(Choice), chair: z.array(Choice) }),
});
export type BookReport = z.infer<typeof BookReport>;

export const ImportPath = z.object({ id: z.uuid() });
/** What `POST …/appointments/imports/{id}/undo` answers: visits taken back, and those that stay as they are. */
export const UndoneImport = z.object({ import_id: z.string(), cancelled: z.number(), kept: z.number() });
