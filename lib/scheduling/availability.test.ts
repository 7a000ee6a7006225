import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { isOpenAt, plansAt, type Facts, type Plan, type ServicePlan } from "./availability";
import { calendarDays, wallStarts, type ScheduleException, type WeeklyHours } from "./open-hours";
import { minuteOf, type Span } from "./spans";

/** Zones with and without clock changes, a half-hour change, and offsets that are no whole hours; months with the day of the change. */
const MONTHS = [
  ["America/New_York", "2026-03", 8],
  ["America/New_York", "2026-11", 1],
  ["Europe/Berlin", "2026-03", 29],
  ["Europe/Berlin", "2026-10", 25],
  ["Asia/Riyadh", "2026-03", 1],
  ["Australia/Lord_Howe", "2026-04", 5],
  ["Australia/Lord_Howe", "2026-10", 4],
  ["Asia/Kathmandu", "2026-05", 1],
] as const;

/**
 * The slow reference. It shares nothing with the engine: it asks, minute by minute and in wall-clock terms, whether
 * each person works and whether each resource is taken, and tries every seating.
 */
function referenceStarts(facts: Facts, from: number, to: number, step: number): Set<number> {
  const starts = new Set<number>();
  for (let minute = from; minute < to; minute++) {
    const { wall, isFirst } = wallOf(minute, facts.timeZone);
    if (wall % step === 0 && isFirst && canSeat(facts, minute)) starts.add(minute);
  }
  return starts;
}

/** The calendar is asked the same again and again; it may remember. */
function remember<A extends (string | number)[], T>(compute: (...asked: A) => T): (...asked: A) => T {
  const known = new Map<string, T>();
  return (...asked) => {
    const key = asked.join(" ");
    if (!known.has(key)) known.set(key, compute(...asked));
    return known.get(key) ?? compute(...asked);
  };
}

const wallOf = remember((minute: number, zone: string) => {
  const zoned = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(zone);
  const first = zoned.toPlainDateTime().toZonedDateTime(zone, { disambiguation: "earlier" }).epochMilliseconds;
  const [day, weekday] = [zoned.toPlainDate().toString(), zoned.dayOfWeek];
  return { day, weekday, wall: zoned.hour * 60 + zoned.minute, isFirst: first === minute * 60_000 };
});

function canSeat(facts: Facts, start: number): boolean {
  const { service, providers, operatoryIds } = facts;
  const seats = service.segments;
  const place = (seat: number, used: string[]): boolean => {
    const segment = seats[seat];
    if (!segment) return true;
    const ids =
      segment.role === "operatory"
        ? operatoryIds
        : providers.filter((p) => (segment.role === "lead" ? p.mayLead : p.kind === segment.role)).map((p) => p.id);
    return ids.some((id) => {
      if (used.includes(id)) return false;
      const [from, to] = [start + segment.fromMinute, start + segment.toMinute];
      if (segment.role !== "operatory" && !worksThrough(facts, id, from, to)) return false;
      const [low, high] = [from - service.bufferBeforeMinutes, to + service.bufferAfterMinutes];
      if ((facts.busy.get(id) ?? []).some(([a, b]) => a < high && b > low)) return false;
      return place(seat + 1, [...used, id]);
    });
  };
  return place(0, []);
}

function worksThrough(facts: Facts, id: string, from: number, to: number): boolean {
  for (let minute = from; minute < to; minute++) if (!worksAt(facts, id, minute)) return false;
  return true;
}

function worksAt(facts: Facts, id: string, minute: number): boolean {
  const { day, weekday } = wallOf(minute, facts.timeZone);
  const isWithin = (from: string | null, to: string | null) =>
    minute >= instantOf(day, from ?? "00:00", facts.timeZone) && minute < instantOf(day, to ?? "24:00", facts.timeZone);
  const exceptions = facts.exceptions.filter(
    (one) => (one.providerId === null || one.providerId === id) && one.dayFrom <= day && day <= one.dayTo,
  );
  if (exceptions.some((one) => one.kind === "closed" && isWithin(one.fromTime, one.toTime))) return false;
  if (exceptions.some((one) => one.kind === "extra" && isWithin(one.fromTime, one.toTime))) return true;
  const hours = facts.providers.find((provider) => provider.id === id)?.hours ?? [];
  const inSeason = (one: WeeklyHours) =>
    (one.validFrom !== null || one.validTo !== null) && day >= (one.validFrom ?? "") && day <= (one.validTo ?? "9");
  const isSeason = hours.some(inSeason);
  const isUndated = (one: WeeklyHours) => one.validFrom === null && one.validTo === null;
  return hours.some(
    (one) =>
      one.weekday === weekday && (isSeason ? inSeason(one) : isUndated(one)) && isWithin(one.fromTime, one.toTime),
  );
}

const instantOf = remember((day: string, time: string, zone: string) => {
  const date = Temporal.PlainDate.from(day);
  const [on, clock] = time === "24:00" ? [date.add({ days: 1 }), "00:00"] : [date, time];
  return on.toZonedDateTime({ timeZone: zone, plainTime: clock }).epochMilliseconds / 60_000;
});

const hhmm = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const stretch = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 40 }))
  .map(([from, length]) => ({ fromTime: hhmm(from * 15), toTime: hhmm(Math.min(1440, (from + length) * 15)) }));
const dayOf = (month: string) =>
  fc.integer({ min: 1, max: 28 }).map((day) => `${month}-${String(day).padStart(2, "0")}`);

const hoursIn = (month: string): fc.Arbitrary<WeeklyHours[]> =>
  fc
    .array(
      fc.record({
        span: stretch,
        weekday: fc.integer({ min: 1, max: 7 }),
        validFrom: fc.option(dayOf(month), { freq: 5 }),
        validTo: fc.option(dayOf(month), { freq: 5 }),
      }),
      { minLength: 2, maxLength: 9 },
    )
    .map((rows) => rows.map(({ span, ...row }) => ({ ...row, ...span })));

const exceptionIn = (month: string, ids: string[]): fc.Arbitrary<ScheduleException> =>
  fc
    .record({
      providerId: fc.option(fc.constantFrom(...ids)),
      kind: fc.constantFrom("closed", "extra"),
      dayFrom: dayOf(month),
      length: fc.integer({ min: 0, max: 3 }),
      span: fc.option(stretch),
    })
    .map(({ span, length, ...row }) => ({
      ...row,
      dayTo: Temporal.PlainDate.from(row.dayFrom).add({ days: length }).toString(),
      fromTime: span?.fromTime ?? null,
      toTime: span?.toTime ?? null,
    }));

const SERVICES: fc.Arbitrary<ServicePlan> = fc
  .record({
    durationMinutes: fc.constantFrom(20, 30, 45, 60),
    bufferBeforeMinutes: fc.constantFrom(0, 5),
    bufferAfterMinutes: fc.constantFrom(0, 10),
    hasCheck: fc.boolean(),
    hasChair: fc.boolean(),
  })
  .map(({ hasCheck, hasChair, ...service }) => ({
    ...service,
    segments: [
      { role: "lead", fromMinute: 0, toMinute: service.durationMinutes },
      ...(hasCheck ? [{ role: "dentist", fromMinute: 10, toMinute: 20 } as const] : []),
      ...(hasChair ? [{ role: "operatory", fromMinute: 0, toMinute: service.durationMinutes } as const] : []),
    ],
  }));

const scenes = fc.constantFrom(...MONTHS).chain(([timeZone, month, change]) => {
  const providerIds = ["p1", "p2", "p3"];
  const operatoryIds = ["o1", "o2"];
  const days = calendarDays(`${month}-01`, `${month}-30`, timeZone);
  const [first, last] = [days[0]?.from ?? 0, days.at(-1)?.to ?? 0];
  const busy = fc
    .array(fc.tuple(fc.integer({ min: first, max: last }), fc.integer({ min: 5, max: 180 })), { maxLength: 25 })
    .map((rows) => rows.map(([from, length]): Span => [from, from + length]));
  return fc.record({
    timeZone: fc.constant(timeZone),
    month: fc.constant(month),
    service: SERVICES,
    kinds: fc.tuple(...providerIds.map(() => fc.constantFrom("dentist", "hygienist"))),
    leads: fc.tuple(...providerIds.map(() => fc.boolean())),
    hours: fc.tuple(...providerIds.map(() => hoursIn(month))),
    exceptions: fc.array(exceptionIn(month, providerIds), { maxLength: 4 }),
    busy: fc.tuple(...[...providerIds, ...operatoryIds].map(() => busy)),
    firstDay: fc.oneof(fc.integer({ min: 0, max: 27 }), fc.constant(Math.max(0, change - 2))),
    step: fc.constantFrom(10, 15, 30),
    ids: fc.constant({ providerIds, operatoryIds, days }),
  });
});
type Scene = typeof scenes extends fc.Arbitrary<infer T> ? T : never;

const factsOf = ({ ids, ...scene }: Scene): Facts => ({
  timeZone: scene.timeZone,
  service: scene.service,
  providers: ids.providerIds.map((id, index) => ({
    id,
    kind: scene.kinds[index] ?? "dentist",
    mayLead: scene.leads[index] ?? false,
    hours: scene.hours[index] ?? [],
  })),
  operatoryIds: ids.operatoryIds,
  preferredIds: [],
  exceptions: scene.exceptions,
  busy: new Map([...ids.providerIds, ...ids.operatoryIds].map((id, index) => [id, scene.busy[index] ?? []])),
  full: new Map(),
});

/** Two days of a scene: every start that the engine offers, with its plan. */
function offered(scene: Scene) {
  const facts = factsOf(scene);
  const days = scene.ids.days.slice(scene.firstDay, scene.firstDay + 2);
  const range: Span = [days[0]?.from ?? 0, days.at(-1)?.to ?? 0];
  const starts = wallStarts(days, scene.step, range, scene.timeZone).map(({ startsAt }) => startsAt);
  return { facts, range, plans: plansAt(facts, starts, 1) };
}

test("the engine offers exactly the starts that a minute-by-minute search finds", () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { facts, range, plans } = offered(scene);
      const expected = referenceStarts(facts, range[0], range[1], scene.step);
      expect(plans.map(({ startsAt }) => startsAt)).toEqual([...expected]);
    }),
    { numRuns: 50, seed: 20_260_302 },
  );
});

test("no plan overlaps what is taken, seats anybody twice, or starts at a time that no clock shows", () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { facts, plans } = offered(scene);
      for (const plan of plans) expect(problemsOf(facts, plan)).toEqual([]);
    }),
    { numRuns: 150, seed: 7 },
  );
});

function problemsOf(facts: Facts, plan: Plan): string[] {
  const problems: string[] = [];
  const ids = plan.parts.map(({ resourceId }) => resourceId);
  if (new Set(ids).size !== ids.length) problems.push("seated twice");
  for (const { resourceId, occupied } of plan.parts)
    if ((facts.busy.get(resourceId) ?? []).some(([from, to]) => from < occupied[1] && to > occupied[0]))
      problems.push(`${resourceId} is taken`);
  if (!wallOf(plan.startsAt, facts.timeZone).isFirst) problems.push("a wall time that comes again");
  return problems;
}

test("taking the first offer leaves every other offer that it doesn't touch", () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { facts, plans } = offered(scene);
      const [first] = plans;
      if (!first) return;
      const busy = new Map(facts.busy);
      for (const { resourceId, occupied } of first.parts)
        busy.set(resourceId, [...(busy.get(resourceId) ?? []), occupied]);
      const after = plansAt({ ...facts, busy }, [first.startsAt], Infinity);
      const taken = new Set(first.parts.map(({ resourceId }) => resourceId));
      for (const plan of after) expect(plan.parts.some(({ resourceId }) => taken.has(resourceId))).toBe(false);
    }),
    { numRuns: 100, seed: 11 },
  );
});

const ALL_WEEK = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  ...{ weekday, fromTime: "00:00", toTime: "24:00", validFrom: null, validTo: null },
}));
const allDay = (timeZone: string): Facts => ({
  timeZone,
  service: {
    durationMinutes: 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    segments: [{ role: "lead", fromMinute: 0, toMinute: 30 }],
  },
  providers: [{ id: "p1", kind: "dentist", mayLead: true, hours: ALL_WEEK }],
  operatoryIds: [],
  preferredIds: [],
  exceptions: [],
  busy: new Map(),
  full: new Map(),
});

test.each([
  ["America/New_York", "2026-03-08", ["01:30", "03:00"], 46],
  ["Europe/Berlin", "2026-03-29", ["01:30", "03:00"], 46],
  ["Australia/Lord_Howe", "2026-10-04", ["01:30", "02:30"], 47],
  ["America/New_York", "2026-11-01", ["01:30", "02:00"], 48],
  ["Asia/Riyadh", "2026-03-08", ["01:30", "02:00"], 48],
] as const)("in %s on %s the starts around the change are %j, and %i in all", (zone, day, around, count) => {
  const days = calendarDays(day, day, zone);
  const starts = wallStarts(days, 30, [days[0]?.from ?? 0, days[0]?.to ?? 0], zone);
  const plans = plansAt(
    allDay(zone),
    starts.map(({ startsAt }) => startsAt),
  );
  const walls = plans.map(({ startsAt }) => hhmm(wallOf(startsAt, zone).wall));
  expect(walls).toHaveLength(count);
  const at = walls.indexOf(around[0]);
  expect(walls.slice(at, at + 2)).toEqual(around);
});

test("a service without a named lead segment takes its lead from start to end", () => {
  const facts = { ...allDay("Asia/Riyadh"), service: { ...allDay("Asia/Riyadh").service, segments: [] } };
  const start = minuteOf(new Date("2026-03-02T10:00:00Z"));
  expect(plansAt(facts, [start])[0]?.parts).toMatchObject([{ resourceId: "p1", from: start, to: start + 30 }]);
  expect(isOpenAt(facts, start)).toBe(true);
});
