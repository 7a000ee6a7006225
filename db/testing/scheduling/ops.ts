import fc from "fast-check";

/** Who acts: staff of two ranks, the patient, or the bot for them. */
export type Who = "owner" | "staff" | "patient" | "bot";

interface Place {
  by: Who;
  service: number;
  patient: number;
  /** Index of a provider or chair, or none asked for. */
  provider: number | null;
  chair: number | null;
  /** Local day and minute of the day. */
  day: number;
  at: number;
}
interface OfVisit {
  by: Who;
  visit: number;
}
type Move = OfVisit & Pick<Place, "provider" | "chair" | "day" | "at">;
type Step =
  "confirm" | "confirmHold" | "release" | "cancel" | "checkIn" | "complete" | "noShow" | "undo" | "decline" | "late";

/** One thing that somebody does to the book. Providers, chairs and visits are named by number, counted round. */
export type Op =
  | ({ kind: "book" } & Place)
  | ({ kind: "hold"; minutes: number } & Place)
  | ({ kind: "move" } & Move)
  | ({ kind: "swap"; other: number } & OfVisit)
  | ({ kind: "step"; step: Step } & OfVisit)
  /** The sweep leaves alone what somebody has in hand at that moment. */
  | { kind: "sweep"; spared?: readonly string[] }
  | { kind: "close"; extra: boolean; provider: number | null; day: number; from: number; to: number }
  | { kind: "pass"; minutes: number };

/** The first day of every sequence, a Monday, in days since the epoch; its clock starts at 07:00 local time. */
export const FIRST_DAY = Math.floor(Date.parse("2026-03-02T00:00:00Z") / 86_400_000);

const who = fc.constantFrom<Who>("owner", "staff", "patient", "bot");
const index = fc.nat({ max: 9 });
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null, freq: 2 });
/** Few starts on two short days, so that many want the same; a few far off, in the past or at odd minutes. */
const often = <T>(usual: T, ...others: T[]) => fc.constantFrom(...Array.from({ length: 12 }, () => usual), ...others);
const when = fc.record({
  day: often(FIRST_DAY, FIRST_DAY + 1, FIRST_DAY + 1, FIRST_DAY - 1, FIRST_DAY + 95),
  at: fc.oneof(
    { weight: 8, arbitrary: fc.nat({ max: 5 }).map((quarter) => 540 + 15 * quarter) },
    { weight: 3, arbitrary: fc.nat({ max: 20 }).map((quarter) => 525 + 15 * quarter) },
    { weight: 1, arbitrary: fc.integer({ min: 500, max: 900 }) },
  ),
});
/** Mostly who does such things; dentists are the first two providers, the hygienist is the third. */
const sought = fc.oneof(
  { weight: 6, arbitrary: fc.record({ by: who, service: fc.nat({ max: 1 }), provider: maybe(fc.nat({ max: 1 })) }) },
  {
    weight: 2,
    arbitrary: fc.record({ by: fc.constant<Who>("staff"), service: fc.constant(2), provider: maybe(fc.constant(2)) }),
  },
  { weight: 1, arbitrary: fc.record({ by: who, service: index, provider: maybe(index) }) },
);
const place = fc
  .tuple(sought, fc.record({ patient: index, chair: fc.option(index, { nil: null, freq: 4 }) }), when)
  .map(([what, rest, start]): Place => ({ ...what, ...rest, ...start }));
const STEPS: readonly Step[] = [
  ...(["confirm", "confirmHold", "confirmHold", "release", "cancel", "cancel", "cancel"] as const),
  ...(["checkIn", "complete", "noShow", "undo", "undo", "undo", "decline", "late"] as const),
];

const changing = [
  { weight: 6, arbitrary: place.map((rest): Op => ({ kind: "book", ...rest })) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(place, fc.constantFrom(0, 10, 30))
      .map(([rest, minutes]): Op => ({ kind: "hold", minutes, ...rest })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(who, index, maybe(fc.nat({ max: 2 })), maybe(index), when)
      .map(([by, visit, provider, chair, start]): Op => ({ kind: "move", by, visit, provider, chair, ...start })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(who, index, index).map(([by, visit, other]): Op => ({ kind: "swap", by, visit, other })),
  },
  {
    weight: 9,
    arbitrary: fc
      .tuple(who, index, fc.constantFrom(...STEPS))
      .map(([by, visit, step]): Op => ({ kind: "step", by, visit, step })),
  },
  { weight: 1, arbitrary: fc.constant<Op>({ kind: "sweep", spared: [] }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.boolean(), maybe(index), fc.constantFrom(0, 1), fc.nat({ max: 8 }), fc.integer({ min: 1, max: 4 }))
      .map(([extra, provider, day, from, length]): Op => {
        const start = (extra ? 690 : 540) + 30 * from;
        return { kind: "close", extra, provider, day: FIRST_DAY + day, from: start, to: start + 30 * length };
      }),
  },
] satisfies fc.WeightedArbitrary<Op>[];

/** What may be fired at once: all but the passing of time. */
export const anyChange: fc.Arbitrary<Op> = fc.oneof(...changing);
/** Longer than any life. */
const LASTS_MINUTES = 100_000;
/**
 * A hold that doesn't run out. What a crowd does to late holds, which everybody may end and nobody waits for, has more
 * answers than an order can explain; `late-holds.db.test.ts` makes such crowds one by one.
 */
export const inTime = (op: Op): Op => (op.kind === "hold" ? { ...op, minutes: LASTS_MINUTES } : op);
/** Several things at once, about half of them for the same start. */
export const anyCrowd = (most: number): fc.Arbitrary<Op[]> =>
  fc
    .tuple(when, fc.boolean(), fc.array(anyChange.map(inTime), { minLength: 2, maxLength: most, size: "max" }))
    .map(([{ day, at }, isOne, ops]) => (isOne ? ops.map((op) => ("at" in op ? { ...op, day, at } : op)) : ops));
export const anyOp: fc.Arbitrary<Op> = fc.oneof(...changing, {
  weight: 3,
  arbitrary: fc.constantFrom(5, 5, 15, 15, 35, 35, 400).map((minutes): Op => ({ kind: "pass", minutes })),
});
