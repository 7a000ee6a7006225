import type { FileRow } from "@/lib/core/csv";
import { dayIn, timeIn, wallTimeExists } from "@/lib/core/zone";
import { foldName } from "@/lib/patients/fold";
import type { DateOrder } from "@/lib/patients/import/cells";
import { toE164 } from "@/lib/patients/phone";
import { calendarDays, minuteOn, type CalendarDay } from "../open-hours";
import type { Confirmation } from "../schema";
import { instantAt, minuteOf } from "../spans";
import { minutesOf, statusOf, timeOf, whenOf, type SaidStatus } from "./cells";
import type { NamedThings } from "./names";
import type { BookColumn, Named, ProblemCode } from "./schema";

export interface Problem {
  row: number;
  column: BookColumn | null;
  code: ProblemCode;
  value?: string;
}

/** One visit of the file. Minutes since the epoch. */
export interface ImportedVisit {
  row: number;
  name: string;
  nameKey: string;
  phone: string | null;
  email: string | null;
  from: number;
  to: number;
  providerId: string;
  serviceId: string;
  chairId: string | null;
  status: SaidStatus["status"];
  confirmation: Confirmation;
  note: string | null;
  externalId: string | null;
}

export interface Reading {
  country: string;
  timeZone: string;
  dateOrder: DateOrder;
  /** Minutes since the epoch. */
  now: number;
  names: NamedThings;
  defaults: Partial<Record<Named, string | undefined>>;
}

const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;
const LONGEST = { name: 120, phone: 40, email: 254, note: 2000, external_id: 200 } as const;
const YEAR_MINUTES = 366 * 1440;
const [PAST_YEARS, COMING_YEARS] = [40, 3];
const [SHORTEST, LONGEST_VISIT] = [5, 12 * 60];

type Wrong = (column: BookColumn | null, code: ProblemCode, value?: string) => undefined;
type Cells = FileRow<BookColumn>["cells"];

/** One row as a visit, and all that is to be said of it; no visit where a part of it can't be read. */
export function readRow({ row, cells }: FileRow<BookColumn>, reading: Reading) {
  const problems: Problem[] = [];
  const wrong: Wrong = (column, code, value) =>
    void problems.push({ row, column, code, ...(value === undefined ? {} : { value }) });
  for (const column of ["name", "phone", "email", "note", "external_id"] as const)
    if ((cells[column] ?? "").length > LONGEST[column]) wrong(column, "TOO_LONG");
  const person = readPerson(cells, reading, wrong);
  const providerId = readNamed("provider", cells, reading, wrong);
  const serviceId = readNamed("service", cells, reading, wrong);
  const chairId = cells.chair ? readNamed("chair", cells, reading, wrong) : null;
  const span = readSpan(cells, reading, serviceId, wrong);
  const said = span && readStatus(cells, span, reading.now, wrong);
  const isSound = !problems.some(({ code }) => !NOTES.has(code));
  if (!isSound || !person || !providerId || !serviceId || chairId === undefined || !span || !said)
    return { visit: undefined, problems };
  const visit: ImportedVisit = {
    ...{ row, ...person, ...span, ...said, providerId, serviceId, chairId },
    note: cells.note || null,
    externalId: cells.external_id || null,
  };
  return { visit, problems };
}

const NOTES: ReadonlySet<ProblemCode> = new Set(["TIME_MOVED", "TIME_TWICE", "NO_CONTACT"]);

function readPerson(cells: Cells, reading: Reading, wrong: Wrong) {
  const name = (cells.name ?? "").replace(/[\p{Cc}\s]+/gu, " ").trim();
  const nameKey = foldName(name);
  const phone = cells.phone ? (toE164(cells.phone, reading.country) ?? wrong("phone", "PHONE_INVALID")) : null;
  const isEmail = EMAIL.test(cells.email ?? "");
  const email = cells.email ? (isEmail ? cells.email.toLowerCase() : wrong("email", "EMAIL_INVALID")) : null;
  if (name === "" && !cells.phone && !cells.email) return wrong("name", "NAME_MISSING");
  if (name !== "" && nameKey === "") return wrong("name", "NAME_UNREADABLE");
  return phone === undefined || email === undefined ? undefined : { name, nameKey, phone, email };
}

const MISSING = { provider: "PROVIDER_MISSING", service: "SERVICE_MISSING", chair: "CHAIR_UNKNOWN" } as const;
const UNKNOWN = { provider: "PROVIDER_UNKNOWN", service: "SERVICE_UNKNOWN", chair: "CHAIR_UNKNOWN" } as const;

function readNamed(column: Named, cells: Cells, { names, defaults }: Reading, wrong: Wrong): string | undefined {
  const word = cells[column] ?? "";
  if (word === "") return defaults[column] ?? wrong(column, MISSING[column]);
  return names.idOf(column, word) ?? wrong(column, UNKNOWN[column], word);
}

/** From when to when: by the end, else by the length, else as long as the service takes. */
function readSpan(cells: Cells, reading: Reading, serviceId: string | undefined, wrong: Wrong) {
  const from = readStart(cells, reading, wrong);
  if (from === undefined) return undefined;
  if (cells.duration && !cells.end) {
    const minutes = minutesOf(cells.duration);
    if (minutes === undefined || minutes < SHORTEST || minutes > LONGEST_VISIT)
      return wrong("duration", "DURATION_INVALID", cells.duration);
    return { from, to: from + minutes };
  }
  if (!cells.end) return serviceId ? { from, to: from + reading.names.minutesOf(serviceId) } : undefined;
  const to = readEnd(cells.end, from, reading);
  return to !== undefined && to - from >= SHORTEST && to - from <= LONGEST_VISIT
    ? { from, to }
    : wrong("end", "END_INVALID", cells.end);
}

function readStart(cells: Cells, reading: Reading, wrong: Wrong): number | undefined {
  if (!cells.date) return wrong("date", "DATE_MISSING");
  const when = whenOf(cells.date, reading.dateOrder);
  if (!when) return wrong("date", "DATE_INVALID", cells.date);
  if (!when.instant && !when.time && !cells.time) return wrong("time", "TIME_MISSING");
  const time = cells.time ? timeOf(cells.time) : when.time;
  if (!when.instant && !time) return wrong("time", "TIME_INVALID", cells.time);
  const from = when.instant ? minuteOf(when.instant) : wallMinute(when.day, time ?? "", reading, wrong);
  const isNear = from > reading.now - PAST_YEARS * YEAR_MINUTES && from < reading.now + COMING_YEARS * YEAR_MINUTES;
  return isNear ? from : wrong("date", "DATE_INVALID", cells.date);
}

function readEnd(cell: string, from: number, reading: Reading): number | undefined {
  const time = timeOf(cell);
  if (time) return minuteOn(dayOn(dayIn(instantAt(from), reading.timeZone), reading), time, reading.timeZone);
  const when = whenOf(cell, reading.dateOrder);
  if (when?.instant) return minuteOf(when.instant);
  return when?.time ? minuteOn(dayOn(when.day, reading), when.time, reading.timeZone) : undefined;
}

const dayOn = (day: string, { timeZone }: Reading): CalendarDay => {
  const [date] = calendarDays(day, day, timeZone);
  if (!date) throw new Error("a day has a calendar day");
  return date;
};

/** A wall time that does not exist moves forward, one that occurs twice is the first (domain.md); either is said. */
function wallMinute(day: string, time: string, reading: Reading, wrong: Wrong): number {
  const { timeZone } = reading;
  const date = dayOn(day, reading);
  const minute = minuteOn(date, time, timeZone);
  const longer = date.to - date.from - 1440;
  if (longer < 0 && !wallTimeExists(day, time, timeZone)) wrong("time", "TIME_MOVED", `${day} ${time}`);
  if (longer > 0 && timeIn(instantAt(minute + longer), timeZone) === time)
    wrong("time", "TIME_TWICE", `${day} ${time}`);
  return minute;
}

/** What is over took place, unless the book says otherwise; what is to come can be neither done nor missed. */
function readStatus(cells: Cells, { from, to }: { from: number; to: number }, now: number, wrong: Wrong) {
  const said = cells.status ? statusOf(cells.status) : ({ status: "scheduled", confirmation: "unasked" } as const);
  if (!said) return wrong("status", "STATUS_UNKNOWN", cells.status);
  const isOpen = said.status === "scheduled" || said.status === "checked_in";
  if (isOpen && to <= now) return { ...said, status: "completed" as const };
  if (isOpen && from <= now) return { ...said, status: "checked_in" as const };
  if (said.status === "checked_in") return { ...said, status: "scheduled" as const };
  if (from > now && (said.status === "completed" || said.status === "no_show"))
    return wrong("status", "STATUS_IN_FUTURE", cells.status);
  return said;
}
