import { Temporal } from "temporal-polyfill";
import type { Facts, ServiceSegment } from "@/lib/scheduling/availability";

/**
 * The slow reference of the availability engine, of which it shares nothing but the shape of the facts: it asks minute
 * by minute, in wall-clock terms, whether each person works and whether each resource is taken, and tries every seating.
 */
export interface Reference {
  /** Who could lead from each start that a clock shows, the one with least to do that day first. */
  offers: Map<number, string[]>;
  problemsOf: (plan: {
    startsAt: number;
    parts: readonly { resourceId: string; from: number; to: number }[];
  }) => string[];
}

/** How many visits a day is given, and those that it has: minutes since the epoch. */
export interface Caps {
  serviceId: string;
  ofService: number | null;
  ofProvider: Readonly<Record<string, number | null>>;
  visits: readonly { providerId: string; serviceId: string; at: number }[];
}

export function referenceOf(facts: Facts, [from, to]: readonly [number, number], step: number, caps: Caps): Reference {
  const tables = tablesOf(facts, from - REACH, to + REACH);
  const loadOf = remember((id: string, day: string) => loadOn(tables, id, day, facts.timeZone));
  const offers = new Map<number, string[]>();
  for (let minute = from; minute < to; minute++) {
    const { wall, isFirst, day } = wallOf(minute, facts.timeZone);
    if (wall % step !== 0 || !isFirst) continue;
    const leads = facts.providers
      .filter(
        ({ id, mayLead }) => mayLead && hasRoom(caps, id, day, facts.timeZone) && canLead(facts, tables, id, minute),
      )
      .map(({ id }) => id);
    if (leads.length > 0)
      offers.set(
        minute,
        leads.toSorted((a, b) => loadOf(a, day) - loadOf(b, day)),
      );
  }
  return { offers, problemsOf: (plan) => problemsOf(facts, tables, plan) };
}

/** A visit with its buffers reaches less far than this from its start. */
const REACH = 180;

interface Tables {
  first: number;
  works: Map<string, Uint8Array>;
  taken: Map<string, Uint8Array>;
}

function tablesOf(facts: Facts, first: number, last: number): Tables {
  const minutes = Array.from({ length: last - first }, (_, index) => first + index);
  const planOf = remember((id: string, day: string, weekday: number) => workOn(facts, id, day, weekday));
  const worksAt = (id: string, minute: number) => {
    const { day, weekday } = wallOf(minute, facts.timeZone);
    const { closed, extra, weekly } = planOf(id, day, weekday);
    const isIn = ([a, b]: readonly [number, number]) => a <= minute && minute < b;
    return !closed.some(isIn) && (extra.some(isIn) || weekly.some(isIn));
  };
  const works = facts.providers.map(
    ({ id }) => [id, Uint8Array.from(minutes, (at) => Number(worksAt(id, at)))] as const,
  );
  const ids = [...facts.providers.map(({ id }) => id), ...facts.operatoryIds];
  const isTaken = (id: string, at: number) => (facts.busy.get(id) ?? []).some(([a, b]) => a <= at && at < b);
  const taken = ids.map((id) => [id, Uint8Array.from(minutes, (at) => Number(isTaken(id, at)))] as const);
  return { first, works: new Map(works), taken: new Map(taken) };
}

/** From when to when somebody works on a day, and does not: minutes since the epoch. */
function workOn(facts: Facts, id: string, day: string, weekday: number) {
  type Times = { fromTime: string | null; toTime: string | null };
  const between = ({ fromTime, toTime }: Times) =>
    [instantOf(day, fromTime ?? "00:00", facts.timeZone), instantOf(day, toTime ?? "24:00", facts.timeZone)] as const;
  const exceptions = facts.exceptions.filter(
    (one) => (one.providerId === null || one.providerId === id) && one.dayFrom <= day && day <= one.dayTo,
  );
  const rows = facts.providers.find((provider) => provider.id === id)?.hours ?? [];
  const isDated = (one: (typeof rows)[number]) => one.validFrom !== null || one.validTo !== null;
  const season = rows.filter((one) => isDated(one) && day >= (one.validFrom ?? day) && day <= (one.validTo ?? day));
  const counting = season.length > 0 ? season : rows.filter((one) => !isDated(one));
  return {
    closed: exceptions.filter(({ kind }) => kind === "closed").map(between),
    extra: exceptions.filter(({ kind }) => kind === "extra").map(between),
    weekly: counting.filter((one) => one.weekday === weekday).map(between),
  };
}

const all = (table: Uint8Array | undefined, first: number, from: number, to: number, wanted: 0 | 1): boolean => {
  for (let minute = from; minute < to; minute++) if (table?.[minute - first] !== wanted) return false;
  return true;
};

/** Whether a resource is free for a part of a visit: it works through it, and nothing is in it or its buffers. */
function canSit({ service }: Facts, { first, works, taken }: Tables, id: string, from: number, to: number): boolean {
  const isOpen = works.has(id) ? all(works.get(id), first, from, to, 1) : true;
  return isOpen && all(taken.get(id), first, from - service.bufferBeforeMinutes, to + service.bufferAfterMinutes, 0);
}

function canLead(facts: Facts, tables: Tables, lead: string, start: number): boolean {
  const { segments, durationMinutes } = facts.service;
  const own = segments.filter(({ role }) => role === "lead");
  const from = own.length > 0 ? Math.min(...own.map(({ fromMinute }) => fromMinute)) : 0;
  const to = own.length > 0 ? Math.max(...own.map(({ toMinute }) => toMinute)) : durationMinutes;
  if (!canSit(facts, tables, lead, start + from, start + to)) return false;
  const seat = ([segment, ...rest]: readonly ServiceSegment[], used: readonly string[]): boolean => {
    if (!segment) return true;
    const ids =
      segment.role === "operatory"
        ? facts.operatoryIds
        : facts.providers.filter(({ kind }) => kind === segment.role).map(({ id }) => id);
    const [a, b] = [start + segment.fromMinute, start + segment.toMinute];
    return ids.some((id) => !used.includes(id) && canSit(facts, tables, id, a, b) && seat(rest, [...used, id]));
  };
  return seat(
    segments.filter(({ role }) => role !== "lead"),
    [lead],
  );
}

function hasRoom({ serviceId, ofService, ofProvider, visits }: Caps, id: string, day: string, zone: string): boolean {
  const that = visits.filter(({ at }) => wallOf(at, zone).day === day);
  const cap = ofProvider[id] ?? Infinity;
  return (
    that.filter(({ providerId }) => providerId === id).length < cap &&
    that.filter((visit) => visit.serviceId === serviceId).length < (ofService ?? Infinity)
  );
}

/** Minutes of the day that a resource is taken. */
function loadOn({ first, taken }: Tables, id: string, day: string, zone: string): number {
  const minutes = [...(taken.get(id) ?? [])];
  return minutes.filter((isTaken, index) => isTaken === 1 && wallOf(first + index, zone).day === day).length;
}

function problemsOf(facts: Facts, tables: Tables, plan: Parameters<Reference["problemsOf"]>[0]): string[] {
  const ids = plan.parts.map(({ resourceId }) => resourceId);
  const seatless = plan.parts.filter(({ resourceId, from, to }) => !canSit(facts, tables, resourceId, from, to));
  return [
    ...(new Set(ids).size === ids.length ? [] : ["somebody is seated twice"]),
    ...seatless.map(({ resourceId }) => `${resourceId} is not free`),
    ...(wallOf(plan.startsAt, facts.timeZone).isFirst ? [] : ["a wall time that comes again"]),
  ];
}

/** The calendar is asked the same again and again; it may remember. */
function remember<A extends readonly (string | number)[], T>(compute: (...asked: A) => T): (...asked: A) => T {
  const known = new Map<string, T>();
  return (...asked) => {
    const key = asked.join(" ");
    const before = known.get(key);
    if (before !== undefined) return before;
    const computed = compute(...asked);
    known.set(key, computed);
    return computed;
  };
}

const calendarOf = remember((_zone: string) => new Map<number, Wall>());
type Wall = ReturnType<typeof readWall>;
const QUARTER = 15;

/**
 * What calendar and clock of a zone show, and whether they show it for the first time. The zone database is asked once
 * a quarter of an hour: no clock is changed within one.
 */
export function wallOf(minute: number, zone: string): Wall {
  const known = calendarOf(zone);
  const quarter = Math.floor(minute / QUARTER) * QUARTER;
  const wall = known.get(quarter) ?? readWall(quarter, zone);
  known.set(quarter, wall);
  return minute === quarter ? wall : { ...wall, wall: wall.wall + minute - quarter };
}

function readWall(minute: number, zone: string) {
  const zoned = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(zone);
  const first = zoned.toPlainDateTime().toZonedDateTime(zone, { disambiguation: "earlier" }).epochMilliseconds;
  const [day, weekday] = [zoned.toPlainDate().toString(), zoned.dayOfWeek];
  return { day, weekday, wall: zoned.hour * 60 + zoned.minute, isFirst: first === minute * 60_000 };
}

const instantOf = remember((day: string, time: string, zone: string) => {
  const date = Temporal.PlainDate.from(day);
  const [on, clock] = time === "24:00" ? [date.add({ days: 1 }), "00:00"] : [date, time];
  return on.toZonedDateTime({ timeZone: zone, plainTime: clock }).epochMilliseconds / 60_000;
});
