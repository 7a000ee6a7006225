import { daysAround, openSpans, type CalendarDay, type ScheduleException, type WeeklyHours } from "./open-hours";
import { inOrder, loadByDay, mark, pointsOf, type Points, type Span, type Spans } from "./spans";

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

/** A bookable start: when, who leads, and in which chair. */
export type Slot = Pick<Plan, "startsAt" | "providerId" | "operatoryId">;

interface Seat extends ServiceSegment {
  /** Who could sit here, least busy that day first. */
  rankedOn: (dayIndex: number) => readonly Candidate[];
  /** By index of the start: false where nobody who could sit here works. */
  isOpen: Uint8Array;
}
interface Candidate {
  id: string;
  /** By index of the start: whether they could take this seat then. */
  free: Uint8Array;
}

/**
 * Every way to start the service at one of `starts` (minutes, ascending): for each start the lead providers who can,
 * the one with least to do that day first, each with the freest helpers and chair. Segments lie in open hours;
 * buffers may reach beyond them, but not into another visit. One pass over hours and visits a resource.
 */
export function plansAt(facts: Facts, starts: readonly number[], mostPerStart = Infinity): Plan[] {
  const plans: Plan[] = [];
  search(facts, starts, mostPerStart, (start, seats, lead, others) => {
    plans.push(planOf(facts.service, seats, [lead, ...others], start));
  });
  return plans;
}

/** The same, without what each resource does in the visit: enough to show what is free. */
export function slotsAt(facts: Facts, starts: readonly number[], mostPerStart = Infinity): Slot[] {
  const slots: Slot[] = [];
  const others = facts.service.segments.filter(({ role }) => role !== "lead");
  const chair = others.findIndex(({ role }) => role === "operatory");
  search(facts, starts, mostPerStart, (startsAt, _seats, providerId, helpers) => {
    slots.push({ startsAt, providerId, operatoryId: chair < 0 ? null : (helpers[chair] ?? null) });
  });
  return slots;
}

type Found = (start: number, seats: readonly Seat[], lead: string, others: readonly string[]) => void;

function search(facts: Facts, starts: readonly number[], mostPerStart: number, found: Found): void {
  const [first, last] = [starts[0], starts.at(-1)];
  if (first === undefined || last === undefined) return;
  const days = daysAround(first, last, facts.timeZone);
  const seats = seatsOf(facts, pointsOf(starts), days);
  const [lead, ...others] = seats;
  if (!lead) return;
  let day = 0;
  for (let index = 0; index < starts.length; index++) {
    if (lead.isOpen[index] === 0) continue;
    const start = starts[index] ?? last;
    while ((days[day]?.to ?? Infinity) <= start) day++;
    let count = 0;
    const ranked = lead.rankedOn(day);
    for (let rank = 0; rank < ranked.length && count < mostPerStart; rank++) {
      const leader = ranked[rank];
      if (!leader || leader.free[index] === 0) continue;
      const helpers = others.length === 0 ? NOBODY : seatOthers(others, [leader.id], index, day);
      if (!helpers) continue;
      found(start, seats, leader.id, helpers);
      count++;
    }
  }
}
const NOBODY: readonly string[] = [];

/** Whether anybody who may still be given the visit works then, taken or not. */
export const isOpenAt = (facts: Facts, start: number): boolean =>
  slotsAt({ ...facts, busy: new Map() }, [start], 1).length > 0;

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
function seatsOf(facts: Facts, points: Points, days: readonly CalendarDay[]): Seat[] {
  const { segments, durationMinutes } = facts.service;
  const leads = segments.filter(({ role }) => role === "lead");
  const fromMinute = leads.length > 0 ? Math.min(...leads.map((segment) => segment.fromMinute)) : 0;
  const toMinute = leads.length > 0 ? Math.max(...leads.map((segment) => segment.toMinute)) : durationMinutes;
  const people = new Map(facts.providers.map((provider) => [provider.id, provider]));
  const preferred = new Set(facts.preferredIds);
  const openOf = remember((id) => {
    const provider = people.get(id);
    return provider ? openSpans(days, provider, facts.exceptions, facts.timeZone) : [];
  });
  const busyOf = remember((id) => inOrder(facts.busy.get(id) ?? []));
  const loadsOf = remember((id) =>
    preferred.has(id) ? new Float64Array(days.length).fill(-1) : loadByDay(busyOf(id), days),
  );
  const seatOf = (segment: ServiceSegment): Seat => {
    const isOpen = new Uint8Array(points.minutes.length);
    const free = (id: string) => freeStarts(facts, segment, id, { points, openOf, busyOf, isOpen });
    const candidates = idsFor(segment.role, facts).map((id) => ({ id, free: free(id) }));
    const [only, another] = candidates;
    return { ...segment, rankedOn: rankedByLoad(candidates, loadsOf), isOpen: only && !another ? only.free : isOpen };
  };
  const lead = seatOf({ role: "lead", fromMinute, toMinute });
  return [lead, ...segments.filter(({ role }) => role !== "lead").map(seatOf)];
}

function idsFor(role: SegmentRole, { providers, operatoryIds }: Facts): readonly string[] {
  if (role === "operatory") return operatoryIds;
  return providers.filter(({ mayLead, kind }) => (role === "lead" ? mayLead : kind === role)).map(({ id }) => id);
}

interface Clock {
  points: Points;
  openOf: Remembered<Spans>;
  busyOf: Remembered<Spans>;
  isOpen: Uint8Array;
}

/** At which starts of the visit this resource could take this seat. A chair is open whenever its people are. */
function freeStarts(
  { service, full }: Facts,
  seat: ServiceSegment,
  id: string,
  { points, openOf, busyOf, isOpen }: Clock,
): Uint8Array {
  const free = new Uint8Array(isOpen.length);
  if (seat.role === "operatory") free.fill(1);
  else for (const values of [free, isOpen]) mark(values, 1, points, openOf(id), -seat.fromMinute, 1 - seat.toMinute);
  const before = seat.fromMinute - service.bufferBeforeMinutes;
  const after = seat.toMinute + service.bufferAfterMinutes;
  mark(free, 0, points, busyOf(id), 1 - after, -before);
  if (seat.role === "lead") mark(free, 0, points, full.get(id) ?? [], 0, 0);
  return free;
}

/** Ties stay in the clinic's order. Starts go up, so the last day's ranking is all that is worth keeping. */
function rankedByLoad(
  candidates: readonly Candidate[],
  loadsOf: Remembered<Float64Array>,
): (dayIndex: number) => readonly Candidate[] {
  if (candidates.length < 2) return () => candidates;
  const rivals = candidates.map((candidate) => ({ candidate, loads: loadsOf(candidate.id) }));
  let [lastDay, ranked] = [-1, candidates];
  return (day) => {
    if (day === lastDay) return ranked;
    lastDay = day;
    const order = rivals.toSorted((a, b) => (a.loads[day] ?? 0) - (b.loads[day] ?? 0));
    ranked = order.map(({ candidate }) => candidate);
    return ranked;
  };
}

/** A different resource for each seat, the freest first; undefined when the seats can't all be filled. */
function seatOthers(
  seats: readonly Seat[],
  taken: readonly string[],
  index: number,
  day: number,
): string[] | undefined {
  const [seat, ...rest] = seats;
  if (!seat) return [];
  for (const { id, free } of seat.rankedOn(day)) {
    if (free[index] === 0 || taken.includes(id)) continue;
    const others = seatOthers(rest, [...taken, id], index, day);
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
