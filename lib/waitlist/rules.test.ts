import fc from "fast-check";
import { expect, test } from "vitest";
import {
  expiryOf,
  mayBeOffered,
  mayCascade,
  nextStep,
  rank,
  scoreOf,
  stopsAt,
  suits,
  type Candidate,
  type Wanted,
} from "./rules";

const NOW = new Date("2026-03-02T12:00:00Z");
const ANY: Wanted = { providerIds: [], weekdays: [], notBefore: null, notAfter: null, firstDay: null, lastDay: null };

const candidate: fc.Arbitrary<Candidate> = fc.record({
  entryId: fc.uuid(),
  patientId: fc.uuid(),
  serviceMinutes: fc.constantFrom(15, 30, 45, 60, 90),
  hasNamedProvider: fc.boolean(),
  urgency: fc.constantFrom("flexible", "normal", "urgent"),
  askedAt: fc.nat(60 * 24 * 60).map((minutes) => new Date(NOW.getTime() - minutes * 60_000)),
  offersLately: fc.nat(5),
});
const crowd = fc.uniqueArray(candidate, { selector: ({ entryId }) => entryId, maxLength: 12 });

test("the order is the same whatever order they are read in, and names everybody once", () => {
  fc.assert(
    fc.property(crowd, fc.infiniteStream(fc.nat()), (ones, draws) => {
      const keyed = ones.map((one) => ({ one, key: draws.next().value ?? 0 }));
      const mixed = keyed.toSorted((a, b) => a.key - b.key).map(({ one }) => one);
      expect(rank(mixed, 60, NOW)).toEqual(rank(ones, 60, NOW));
      expect(new Set(rank(ones, 60, NOW))).toEqual(new Set(ones));
    }),
  );
});

test("who waits longer, is more urgent, fits better or was offered less never stands lower for it", () => {
  const betterBy: ((one: Candidate) => Candidate)[] = [
    (one) => ({ ...one, askedAt: new Date(one.askedAt.getTime() - 86_400_000) }),
    (one) => ({ ...one, urgency: "urgent" }),
    (one) => ({ ...one, hasNamedProvider: true }),
    (one) => ({ ...one, serviceMinutes: 60 }),
    (one) => ({ ...one, offersLately: 0 }),
  ];
  fc.assert(
    fc.property(candidate, fc.constantFrom(...betterBy), fc.constantFrom(15, 30, 60), (one, better, minutes) => {
      expect(scoreOf(better(one), minutes, NOW)).toBeGreaterThanOrEqual(scoreOf(one, minutes, NOW));
    }),
  );
});

test("a batch waits for the last of its answers, and nobody new is asked in the last two hours", () => {
  const minutesAhead = fc.integer({ min: -60, max: 600 });
  fc.assert(
    fc.property(minutesAhead, fc.array(fc.integer({ min: -40, max: 20 }), { maxLength: 3 }), (ahead, ends) => {
      const startsAt = new Date(NOW.getTime() + ahead * 60_000);
      const until = ends.map((minutes) => new Date(NOW.getTime() + minutes * 60_000));
      const next = nextStep(startsAt, until, NOW);
      const stillOpen = ends.filter((minutes) => minutes > 0);
      if (stillOpen.length > 0)
        expect(next).toEqual({ step: "wait", until: new Date(NOW.getTime() + Math.max(...stillOpen) * 60_000) });
      else expect(next).toEqual(ahead > 120 ? { step: "offer" } : { step: "end", because: "too_late" });
    }),
  );
});

test("the numbers are those of the rules: 20 minutes, 2 hours, 2 open, 1 new a day, 3 slots", () => {
  expect(expiryOf(NOW).getTime() - NOW.getTime()).toBe(20 * 60_000);
  expect(NOW.getTime() - stopsAt(NOW).getTime()).toBe(2 * 3_600_000);
  expect([
    mayBeOffered({ open: 1, today: 0 }),
    mayBeOffered({ open: 2, today: 0 }),
    mayBeOffered({ open: 0, today: 1 }),
  ]).toEqual([true, false, false]);
  expect([0, 1, 2, 3].map(mayCascade)).toEqual([true, true, true, false]);
});

test("days, hours and providers are the clinic's wall time and the patient's own words", () => {
  const zone = "America/New_York";
  const tuesdayAtFour = { startsAt: new Date("2026-03-03T21:00:00Z"), providerId: "ada" };
  const isFine = (wanted: Partial<Wanted>) => suits({ ...ANY, ...wanted }, tuesdayAtFour, zone);
  expect(isFine({})).toBe(true);
  expect([isFine({ providerIds: ["ada", "sam"] }), isFine({ providerIds: ["sam"] })]).toEqual([true, false]);
  expect([isFine({ weekdays: [2] }), isFine({ weekdays: [3] })]).toEqual([true, false]);
  expect([isFine({ notBefore: "16:00" }), isFine({ notBefore: "16:01" })]).toEqual([true, false]);
  expect([isFine({ notAfter: "16:01" }), isFine({ notAfter: "16:00" })]).toEqual([true, false]);
  expect([isFine({ firstDay: "2026-03-03", lastDay: "2026-03-03" }), isFine({ firstDay: "2026-03-04" })]).toEqual([
    true,
    false,
  ]);
  expect(isFine({ lastDay: "2026-03-02" })).toBe(false);
});
