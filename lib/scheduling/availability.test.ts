import fc from "fast-check";
import { expect, test } from "vitest";
import { propertyRuns } from "@/db/testing/property-runs";
import { wallOf } from "@/db/testing/scheduling/reference";
import { hhmm, playScene, scenes } from "@/db/testing/scheduling/scenes";
import { isOpenAt, plansAt, type Facts } from "./availability";
import { calendarDays, wallStarts } from "./open-hours";
import { minuteOf } from "./spans";

/** With PROPERTY_RUNS as many cases as it says, which may take minutes. */
const LONG = { timeout: 3_600_000 };

test("the engine offers the starts and leads that a minute-by-minute search finds, the least busy first", LONG, () => {
  fc.assert(
    fc.property(scenes, (scene) => {
      const { plans, reference: ask } = playScene(scene);
      const reference = ask();
      const offered = new Map<number, string[]>();
      for (const { startsAt, providerId } of plans)
        offered.set(startsAt, [...(offered.get(startsAt) ?? []), providerId]);
      expect([...offered]).toEqual([...reference.offers]);
      for (const plan of plans) expect(reference.problemsOf(plan)).toEqual([]);
    }),
    { numRuns: propertyRuns(200) },
  );
});

test("taking an offer leaves every other offer that it doesn't touch", LONG, () => {
  fc.assert(
    fc.property(scenes, fc.nat(), (scene, choice) => {
      const { facts, plans } = playScene(scene);
      const taken = plans[choice % Math.max(1, plans.length)];
      if (!taken) return;
      const busy = new Map(facts.busy);
      for (const { resourceId, occupied } of taken.parts)
        busy.set(resourceId, [...(busy.get(resourceId) ?? []), occupied]);
      const after = plansAt({ ...facts, busy }, [taken.startsAt]);
      const isTouched = new Set(taken.parts.map(({ resourceId }) => resourceId));
      for (const plan of after) expect(plan.parts.some(({ resourceId }) => isTouched.has(resourceId))).toBe(false);
      const others = plans.filter(
        ({ startsAt, parts }) =>
          startsAt === taken.startsAt && parts.every(({ resourceId }) => !isTouched.has(resourceId)),
      );
      const leads = after.map(({ providerId }) => providerId);
      for (const { providerId } of others) expect(leads).toContain(providerId);
    }),
    { numRuns: propertyRuns(50) },
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
