import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import type { FileRow } from "@/lib/core/csv";
import { dayIn, timeIn } from "@/lib/core/zone";
import { calendarDays, openSpans } from "../open-hours";
import { isActive } from "../rules";
import { instantAt, minuteOf, type Span } from "../spans";
import { readNamesIn, type NamedThings } from "./names";
import { findOverlaps, type Overlap, type Taken } from "./overlaps";
import { readPresentIn, visitKey, type Present } from "./read-present";
import { readRow, type ImportedVisit, type Problem, type Reading } from "./read-row";
import { resolvePeopleIn, type People } from "./resolve-people";
import { PROBLEM_KINDS, type BookColumn, type ImportBook } from "./schema";

/** What a run would write, and all that is to be said of the file. */
export interface Checked {
  visits: ImportedVisit[];
  people: People;
  problems: Problem[];
  names: NamedThings;
}

const NOBODY: People = { of: new Map(), fresh: [], problems: [] };

/** Reads the file against the clinic's book of this moment. */
export async function checkIn(
  tx: Tx,
  ctx: ClinicContext,
  input: ImportBook,
  rows: readonly FileRow<BookColumn>[],
): Promise<Checked> {
  const names = await readNamesIn(tx, ctx, input);
  const reading = readingOf(ctx, input, names);
  const left = new Set(input.skip_rows);
  const read = rows.filter(({ row }) => !left.has(row)).map((row) => readRow(row, reading));
  const problems = read.flatMap((one) => one.problems);
  const sound = read.flatMap(({ visit }) => visit ?? []);
  if (sound.length === 0) return { visits: [], people: NOBODY, problems, names };
  const present = await readPresentIn(tx, ctx, sound);
  const people = await resolvePeopleIn(tx, ctx, sound);
  problems.push(...people.problems);
  const twice = knownTwice(sound, people, present);
  problems.push(...twice);
  const out = new Set(twice.map(({ row }) => row));
  const kept = sound.filter(({ row }) => !out.has(row));
  problems.push(...overlapsOf(ctx, kept, present, names), ...outsideHours(ctx, kept, present));
  const wrong = new Set(problems.filter(({ code }) => PROBLEM_KINDS[code] === "error").map(({ row }) => row));
  return { visits: kept.filter(({ row }) => !wrong.has(row)), people, problems, names };
}

const readingOf = (ctx: ClinicContext, input: ImportBook, names: NamedThings): Reading => {
  const isKnown = (column: "provider" | "service", id: string | undefined) =>
    names.choices[column].some((choice) => choice.id === id) ? id : undefined;
  return {
    country: ctx.clinic.country,
    timeZone: ctx.clinic.timeZone,
    dateOrder: input.date_order ?? (ctx.clinic.country === "US" ? "mdy" : "dmy"),
    now: minuteOf(ctx.now()),
    names,
    defaults: {
      provider: isKnown("provider", input.default_provider_id),
      service: isKnown("service", input.default_service_id),
    },
  };
};

/** Rows that came in before, that the book has anyway, or that stand in the file twice. */
function knownTwice(visits: readonly ImportedVisit[], people: People, present: Present): Problem[] {
  const [ids, keys] = [new Map<string, number>(), new Map<string, number>()];
  return visits.flatMap((visit): Problem[] => {
    const { row, externalId } = visit;
    if (externalId !== null) {
      if (present.externalIds.has(externalId)) return [{ row, column: "external_id", code: "ALREADY_IMPORTED" }];
      const before = ids.get(externalId);
      if (before !== undefined)
        return [{ row, column: "external_id", code: "EXTERNAL_ID_TWICE", value: String(before) }];
      ids.set(externalId, row);
    }
    const whose = people.of.get(row);
    if (whose === undefined) return [];
    const key = visitKey(String(whose), visit.providerId, visit.from, visit.status === "cancelled");
    if (present.visits.has(key)) return [{ row, column: null, code: "IN_BOOK_ALREADY" }];
    const before = keys.get(key);
    if (before !== undefined) return [{ row, column: null, code: "DUPLICATE_IN_FILE", value: String(before) }];
    keys.set(key, row);
    return [];
  });
}

const takes = (visit: ImportedVisit): Taken[] =>
  [visit.providerId, ...(visit.chairId ? [visit.chairId] : [])].map((resourceId) => ({
    resourceId,
    span: [visit.from, visit.to],
    row: visit.row,
  }));

/** Only what is to come takes time; visits of the past may overlap as they did. */
function overlapsOf(
  ctx: ClinicContext,
  visits: readonly ImportedVisit[],
  present: Present,
  names: NamedThings,
): Problem[] {
  const wanted = visits.filter(({ status }) => isActive(status)).flatMap(takes);
  return findOverlaps([...present.taken, ...wanted]).map((overlap) => problemOf(ctx, overlap, names));
}

export function problemOf(ctx: ClinicContext, { row, other }: Overlap, names: NamedThings): Problem {
  const { timeZone } = ctx.clinic;
  const [from, to] = [instantAt(other.span[0]), instantAt(other.span[1])];
  if (other.row !== undefined) return { row, column: "time", code: "OVERLAPS_ROW", value: String(other.row) };
  const value = `${names.nameOf(other.resourceId)}, ${dayIn(from, timeZone)} ${timeIn(from, timeZone)}–${timeIn(to, timeZone)}`;
  return { row, column: "time", code: "OVERLAPS_VISIT", value };
}

function outsideHours(ctx: ClinicContext, visits: readonly ImportedVisit[], present: Present): Problem[] {
  const { timeZone } = ctx.clinic;
  const ahead = visits.filter(({ status }) => status === "scheduled");
  const byProvider = new Map<string, ImportedVisit[]>();
  for (const visit of ahead) byProvider.set(visit.providerId, [...(byProvider.get(visit.providerId) ?? []), visit]);
  return [...byProvider].flatMap(([id, own]) => {
    const days = [...new Set(own.map(({ from }) => dayIn(instantAt(from), timeZone)))].sort();
    const [first, last] = [days[0], days.at(-1)];
    if (!first || !last) return [];
    const hours = present.hours.filter(({ providerId }) => providerId === id);
    const open = openSpans(calendarDays(first, last, timeZone), { id, hours }, present.exceptions, timeZone);
    return own
      .filter(({ from, to }) => !isWithin(open, from, to))
      .map(({ row }) => ({ row, column: "time", code: "OUTSIDE_HOURS" }) as const);
  });
}

/** By halves: the spans are sorted and disjoint. */
function isWithin(open: readonly Span[], from: number, to: number): boolean {
  let [low, high] = [0, open.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((open[middle]?.[1] ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  const span = open[low];
  return span !== undefined && span[0] <= from && to <= span[1];
}
