import { foldName } from "../fold";
import { toE164 } from "../phone";
import type { ImportColumn, ImportPatients } from "../schema";
import { dayOf, languageOf, typeOf, yesOrNo, type DateOrder } from "./cells";
import type { FileRow } from "./read-file";

/** What can be wrong with a row. The codes are stable; their words are `patients.import.problems.<CODE>`. */
export const PROBLEMS = [
  "NAME_MISSING",
  "NAME_UNREADABLE",
  "TOO_LONG",
  "PHONE_INVALID",
  "EMAIL_INVALID",
  "NO_CONTACT",
  "DATE_INVALID",
  "DATE_IN_FUTURE",
  "LANGUAGE_UNKNOWN",
  "TYPE_UNKNOWN",
  "CONSENT_UNREADABLE",
  "CONSENT_WITHOUT_ADDRESS",
  "CONSENT_WITHOUT_EVIDENCE",
  "DUPLICATE_IN_FILE",
  "DUPLICATE_IN_CLINIC",
  "CONSENT_STAYS_OUT",
] as const;
export type ProblemCode = (typeof PROBLEMS)[number];
export interface Problem {
  row: number;
  column: ImportColumn | null;
  code: ProblemCode;
}

export interface ImportedConsent {
  channelKind: "sms" | "whatsapp" | "email";
  state: "in" | "out";
  words: string | null;
  /** `YYYY-MM-DD` of the clinic; null: now. */
  day: string | null;
}
export interface ImportedPerson {
  row: number;
  name: string;
  nameKey: string;
  phone: string | null;
  email: string | null;
  birthDate: string | null;
  language: string | null;
  patientType: "COLD_LEAD" | "NEW" | "EXISTING";
  nextFollowUpDate: string | null;
  consents: ImportedConsent[];
}

export interface Reading {
  country: string;
  /** The clinic's own day. */
  today: string;
  dateOrder: DateOrder;
  defaultType: ImportPatients["default_type"];
  defaultLanguage: string | undefined;
}

const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;
const LONGEST = { name: 120, phone: 40, email: 254, consent_source: 500 } as const;

/** One row as a person, or all that is wrong with it. */
export function readRow({ row, cells }: FileRow, reading: Reading): { person: ImportedPerson; problems: Problem[] } {
  const problems: Problem[] = [];
  const wrong = (column: ImportColumn | null, code: ProblemCode): null => (problems.push({ row, column, code }), null);
  const read = <T>(column: ImportColumn, parse: (cell: string) => T | undefined, code: ProblemCode): T | null => {
    const cell = cells[column] ?? "";
    return cell === "" ? null : (parse(cell) ?? wrong(column, code));
  };
  for (const column of ["name", "phone", "email", "consent_source"] as const)
    if ((cells[column] ?? "").length > LONGEST[column]) wrong(column, "TOO_LONG");

  const name = (cells.name ?? "").replace(/[\p{Cc}\s]+/gu, " ").trim();
  const nameKey = foldName(name);
  if (name === "") wrong("name", "NAME_MISSING");
  else if (nameKey === "") wrong("name", "NAME_UNREADABLE");
  const phone = read("phone", (cell) => toE164(cell, reading.country), "PHONE_INVALID");
  const email = read("email", (cell) => (EMAIL.test(cell) ? cell.toLowerCase() : undefined), "EMAIL_INVALID");
  if (!cells.phone && !cells.email) wrong(null, "NO_CONTACT");
  const day = (column: ImportColumn) => read(column, (cell) => dayOf(cell, reading.dateOrder), "DATE_INVALID");
  const birthDate = day("birth_date");
  if (birthDate && birthDate > reading.today) wrong("birth_date", "DATE_IN_FUTURE");
  const nextFollowUpDate = day("next_follow_up_date");
  const language = read("language", languageOf, "LANGUAGE_UNKNOWN") ?? reading.defaultLanguage ?? null;
  const patientType = read("type", typeOf, "TYPE_UNKNOWN") ?? reading.defaultType;
  const consents = readConsents(cells, { phone, email, day: day("consent_date"), today: reading.today }, read, wrong);
  return {
    person: { row, name, nameKey, phone, email, birthDate, language, patientType, nextFollowUpDate, consents },
    problems,
  };
}

const CONSENT_COLUMNS = [
  { column: "sms_marketing", channelKind: "sms", needs: "phone" },
  { column: "whatsapp_marketing", channelKind: "whatsapp", needs: "phone" },
  { column: "email_marketing", channelKind: "email", needs: "email" },
] as const;

/** A yes to marketing counts with where and when it was given, else it is no consent; a no needs no proof. */
function readConsents(
  cells: FileRow["cells"],
  known: { phone: string | null; email: string | null; day: string | null; today: string },
  read: <T>(column: ImportColumn, parse: (cell: string) => T | undefined, code: ProblemCode) => T | null,
  wrong: (column: ImportColumn, code: ProblemCode) => null,
): ImportedConsent[] {
  const words = cells.consent_source || null;
  const isInFuture = known.day !== null && known.day > known.today;
  if (isInFuture) wrong("consent_date", "DATE_IN_FUTURE");
  return CONSENT_COLUMNS.flatMap(({ column, channelKind, needs }) => {
    const state = read(column, yesOrNo, "CONSENT_UNREADABLE");
    if (!state) return [];
    if (!known[needs] && !cells[needs]) wrong(column, "CONSENT_WITHOUT_ADDRESS");
    if (state === "in" && (!words || !cells.consent_date)) wrong(column, "CONSENT_WITHOUT_EVIDENCE");
    return [{ channelKind, state, words, day: known.day }];
  });
}
