import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "@/lib/core/zone";
import { fits, nearest, spread } from "./choose-offers";
import type { WallStart } from "./open-hours";
import type { SlotWish } from "./schema";

const MONDAY = "2026-03-02";
const offersOn = (dayNumbers: readonly number[], walls: readonly number[]): WallStart[] =>
  dayNumbers.flatMap((number) =>
    walls.map((wall) => ({ startsAt: number * 1440 + wall, day: addDays(MONDAY, number), wall })),
  );

const offers = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 }),
    fc.uniqueArray(
      fc.integer({ min: 32, max: 72 }).map((quarter) => quarter * 15),
      { minLength: 1, maxLength: 20 },
    ),
  )
  .map(([days, walls]) =>
    offersOn(
      days.toSorted((a, b) => a - b),
      walls.toSorted((a, b) => a - b),
    ),
  );
const time = fc.integer({ min: 8, max: 18 }).map((hour) => `${String(hour).padStart(2, "0")}:00`);
const wishes: fc.Arbitrary<SlotWish> = fc.record(
  {
    days: fc.constantFrom([{ from: "2026-03-03", to: "2026-03-09" }], [{ from: "2026-03-12", to: null }]),
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
    exceptDays: fc.constant(["2026-03-04"]),
    at: time,
    notBefore: time,
    earliest: fc.boolean(),
    latest: fc.boolean(),
    approximate: fc.boolean(),
  },
  { requiredKeys: [] },
);

test("what is offered is at most what was asked, in time order, each once, and really free", () => {
  fc.assert(
    fc.property(offers, wishes, fc.integer({ min: 1, max: 5 }), (all, wish, limit) => {
      const fitting = all.filter((offer) => fits(wish, offer));
      const chosen = spread(fitting, wish, limit);
      expect(chosen).toHaveLength(Math.min(limit, fitting.length));
      expect(chosen.every((offer) => fitting.includes(offer))).toBe(true);
      const starts = chosen.map(({ startsAt }) => startsAt);
      expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => a - b));
    }),
  );
});

test("the first that fits is always offered, unless the last or a certain hour was asked for", () => {
  fc.assert(
    fc.property(offers, wishes, (all, { latest: _, at: __, ...wish }) => {
      const fitting = all.filter((offer) => fits(wish, offer));
      if (fitting[0]) expect(spread(fitting, wish, 3)).toContain(fitting[0]);
    }),
  );
});

test("the nearest others keep off the days ruled out", () => {
  fc.assert(
    fc.property(offers, wishes, (all, wish) => {
      const found = nearest(all, wish, 3);
      expect(found.map(({ day }) => day)).not.toContain(wish.exceptDays?.[0] ?? "none");
      const allowed = all.filter(({ day }) => !wish.exceptDays?.includes(day));
      expect(found).toHaveLength(Math.min(3, allowed.length));
    }),
  );
});

test("another hour of the day asked for is nearer than the same hour of another day, up to a third of a day", () => {
  const wish = { days: [{ from: "2026-03-03", to: "2026-03-03" }], at: "12:00" };
  const [morning, nextNoon] = [...offersOn([1], [540]), ...offersOn([2], [720])];
  expect(
    nearest(
      [nextNoon, morning].flatMap((offer) => offer ?? []),
      wish,
      1,
    ),
  ).toEqual([morning]);
});

test("of several hours named any will do, and around an hour means within one", () => {
  const [three] = offersOn([0], [15 * 60]);
  if (!three) throw new Error("no offer");
  expect(fits({ anyOf: ["15:00", "16:30"] }, three)).toBe(true);
  expect(fits({ ambiguousAt: ["03:00", "15:00"] }, three)).toBe(true);
  expect(fits({ at: "14:00" }, three)).toBe(false);
  expect(fits({ at: "14:00", approximate: true }, three)).toBe(true);
  expect(fits({ notBefore: "15:00", notAfter: "15:00" }, three)).toBe(false);
});
