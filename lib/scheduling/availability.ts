import { calendarDays, openSpans, type ScheduleException, type WeeklyHours } from "./open-hours";
import { follow, instantAt, subtract, union, type Span, type Spans } from "./spans";
import { addDays, dayIn } from "@/lib/core/zone";

export type SegmentRole = "lead" | "dentist" | "hygienist" | "operatory";
export interface ServiceSegment {
  role: SegmentRole;
  fromMinute: number;
  toMinute: number;
}

/** Minutes count from the start of the visit; the buffers widen what each of its segments occupies. */
export interface ServicePlan {
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  segments: readonly ServiceSegment[];
}

export interface BookableProvider {
  id: string;
  kind: "dentist" | "hygienist";
  mayLead: boolean;
  hours: readonly WeeklyHours[];
}

/** All that decides where a service fits. `busy` is sorted or not, with or without overlaps, by resource. */
export interface Facts {
  timeZone: string;
  service: ServicePlan;
  /** In the clinic's own order, which settles ties. */
  providers: readonly BookableProvider[];
  operatoryIds: readonly string[];
  /** Chosen before all others wherever they are free. */
  preferredIds: readonly string[];
  exceptions: readonly ScheduleException[];
  busy: ReadonlyMap<string, Spans>;
  /** By provider: whole days whose starts they may not lead any more, because a daily cap is reached. */
  full: ReadonlyMap<string, Spans>;
}

/** What one resource does in a visit; minutes since the epoch. */
export interface Part {
  resourceId: string;
  from: number;
  to: number;
  occupied: Span;
}
export interface Plan {
  startsAt: number;
  endsAt: number;
  providerId: string;
  operatoryId: string | null;
  parts: Part[];
}

interface Seat extends ServiceSegment {
  /** Who could sit here, least busy that day first. */
  rankedOn: (dayIndex: number) => readonly Candidate[];
}
interface Candidate {
  id: string;
  isFreeAt: (start: number) => boolean;
  loadOn: (dayIndex: number) => number;
}

/**
 * Every way to start the service at one of `starts` (minutes, ascending): for each start the lead providers who can,
 * the one with least to do that day first, each with the freest helpers and chair. Segments lie in open hours;
 * buffers may reach beyond them, but not into another visit. One pass over hours and visits a resource.
 */
export function plansAt(facts: Facts, starts: readonly number[], mostPerStart = Infinity): Plan[] {
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { timeZone } = facts;
  const dayFrom = addDays(dayIn(instantAt(first), timeZone), -1);
  const dayTo = addDays(dayIn(instantAt(last), timeZone), 2);
  const days = calendarDays(dayFrom, dayTo, timeZone);
  const openOf = remember((id: string) => {
    const provider = facts.providers.find((known) => known.id === id);
    return provider && openSpans(days, provider, facts.exceptions, timeZone);
  });
  const loadOf = remember((id: string) => loadByDay(facts.busy.get(id) ?? [], days));
  const seats = seatsOf(facts, openOf, loadOf);
  const [lead, ...others] = seats;
  if (!lead) return [];

  const plans: Plan[] = [];
  let day = 0;
  for (const start of starts) {
    while ((days[day]?.to ?? Infinity) <= start) day++;
    let found = 0;
    for (const leader of lead.rankedOn(day)) {
      if (found >= mostPerStart) break;
      if (!leader.isFreeAt(start)) continue;
      const helpers = seatOthers(others, [leader.id], start, day);
      if (!helpers) continue;
      plans.push(planOf(facts.service, seats, [leader.id, ...helpers], start));
      found++;
    }
  }
  return plans;
}

/** Whether anybody who may still be given the visit works then, taken or not. */
export const isOpenAt = (facts: Facts, start: number): boolean =>
  plansAt({ ...facts, busy: new Map() }, [start], 1).length > 0;

type Remembered<T> = (id: string) => T;
function remember<T>(compute: Remembered<T>): Remembered<T> {
  const known = new Map<string, T>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const computed = compute(id);
    known.set(id, computed);
    return computed;
  };
}

/** The lead's seat first. Several segments of the lead are one from the first to the last: it is one person. */
function seatsOf(facts: Facts, openOf: Remembered<Span[] | undefined>, loadOf: Remembered<number[]>): Seat[] {
  const { segments, durationMinutes } = facts.service;
  const leads = segments.filter(({ role }) => role === "lead");
  const fromMinute = leads.length > 0 ? Math.min(...leads.map((segment) => segment.fromMinute)) : 0;
  const toMinute = leads.length > 0 ? Math.max(...leads.map((segment) => segment.toMinute)) : durationMinutes;
  const seats = [{ role: "lead", fromMinute, toMinute } as const, ...segments.filter(({ role }) => role !== "lead")];
  return seats.map((seat) => ({
    ...seat,
    rankedOn: rankedByLoad(
      idsFor(seat.role, facts).map((id) => ({
        id,
        isFreeAt: follow(freeStarts(facts, seat, id, openOf)),
        loadOn: (dayIndex) => (facts.preferredIds.includes(id) ? -1 : (loadOf(id)[dayIndex] ?? 0)),
      })),
    ),
  }));
}

function idsFor(role: SegmentRole, { providers, operatoryIds }: Facts): readonly string[] {
  if (role === "operatory") return operatoryIds;
  return providers.filter(({ mayLead, kind }) => (role === "lead" ? mayLead : kind === role)).map(({ id }) => id);
}

/** The starts of the visit at which this resource could take this seat. A chair is open whenever its people are. */
function freeStarts(
  { service, busy, full }: Facts,
  seat: ServiceSegment,
  id: string,
  openOf: Remembered<Span[] | undefined>,
): Span[] {
  const before = seat.fromMinute - service.bufferBeforeMinutes;
  const after = seat.toMinute + service.bufferAfterMinutes;
  const open: Spans = seat.role === "operatory" ? [[-Infinity, Infinity]] : (openOf(id) ?? []);
  const starts = open.map(([from, to]): Span => [from - seat.fromMinute, to - seat.toMinute + 1]);
  const taken = (busy.get(id) ?? []).map(([from, to]): Span => [from - after + 1, to - before]);
  const capped = seat.role === "lead" ? (full.get(id) ?? []) : [];
  return subtract(union(starts), union(capped.length > 0 ? [...taken, ...capped] : taken));
}

/** Minutes taken on each day. */
function loadByDay(busy: Spans, days: readonly { from: number; to: number }[]): number[] {
  const loads: number[] = [];
  const spans = union(busy);
  let at = 0;
  for (const [index, { from, to }] of days.entries()) {
    while (at < spans.length && (spans[at]?.[1] ?? 0) <= from) at++;
    let load = 0;
    for (let next = at; next < spans.length; next++) {
      const [start, end] = spans[next] ?? [to, to];
      if (start >= to) break;
      load += Math.min(end, to) - Math.max(start, from);
    }
    loads[index] = load;
  }
  return loads;
}

/** Ties stay in the clinic's order. Starts go up, so the last day's ranking is all that is worth keeping. */
function rankedByLoad(candidates: readonly Candidate[]): (dayIndex: number) => readonly Candidate[] {
  let [lastDay, ranked] = [-1, candidates];
  return (day) => {
    if (day === lastDay) return ranked;
    [lastDay, ranked] = [day, candidates.toSorted((a, b) => a.loadOn(day) - b.loadOn(day))];
    return ranked;
  };
}

/** A different resource for each seat, the freest first; undefined when the seats can't all be filled. */
function seatOthers(
  seats: readonly Seat[],
  taken: readonly string[],
  start: number,
  day: number,
): string[] | undefined {
  const [seat, ...rest] = seats;
  if (!seat) return [];
  for (const { id, isFreeAt } of seat.rankedOn(day)) {
    if (taken.includes(id) || !isFreeAt(start)) continue;
    const others = seatOthers(rest, [...taken, id], start, day);
    if (others) return [id, ...others];
  }
  return undefined;
}

function planOf(service: ServicePlan, seats: readonly Seat[], ids: readonly string[], start: number): Plan {
  const parts = seats.map((seat, index) => ({
    resourceId: ids[index] ?? "",
    from: start + seat.fromMinute,
    to: start + seat.toMinute,
    occupied: [
      start + seat.fromMinute - service.bufferBeforeMinutes,
      start + seat.toMinute + service.bufferAfterMinutes,
    ] as const,
  }));
  const chair = seats.findIndex(({ role }) => role === "operatory");
  return {
    startsAt: start,
    endsAt: start + service.durationMinutes,
    providerId: ids[0] ?? "",
    operatoryId: ids[chair] ?? null,
    parts,
  };
}
