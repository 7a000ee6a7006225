import fc from "fast-check";
import { expect, test } from "vitest";
import { inOrder, loadByDay, mark, pointsOf, subtract, union, type Span } from "./spans";

const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -2, max: 12 }))
  .map(([from, length]): Span => [from, from + length]);
const spans = fc.array(span, { maxLength: 12 });
const minutesOf = (some: readonly Span[]) =>
  new Set(some.flatMap(([from, to]) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)));

test("union, subtract and mark agree with sets of minutes", () => {
  fc.assert(
    fc.property(spans, spans, (some, holes) => {
      const [a, b] = [union(some), union(holes)];
      expect(minutesOf(a)).toEqual(minutesOf(some));
      const left = subtract(a, b);
      const without = [...minutesOf(a)].filter((minute) => !minutesOf(b).has(minute));
      expect(minutesOf(left)).toEqual(new Set(without));
      const points = Array.from({ length: 42 }, (_, index) => 2 * index - 3);
      const marked = new Uint8Array(points.length);
      mark(marked, 1, pointsOf(points), some, -1, 2);
      const wider = minutesOf(some.map(([from, to]): Span => [from - 1, to + 2]));
      expect([...marked]).toEqual(points.map((point) => Number(wider.has(point))));
    }),
  );
});

test("a set is sorted, and its spans neither touch nor are empty", () => {
  fc.assert(
    fc.property(spans, (some) => {
      const set = union(some);
      for (const [index, [from, to]] of set.entries()) {
        expect(from).toBeLessThan(to);
        expect(set[index + 1]?.[0] ?? Infinity).toBeGreaterThan(to);
      }
    }),
  );
});

test("what is taken of each day counts once, however it overlaps", () => {
  const days = [0, 13, 26, 26, 50].map((from, index, all) => ({ from, to: all[index + 1] ?? 60 }));
  fc.assert(
    fc.property(spans, (some) => {
      const minutes = [...minutesOf(some)];
      const expected = days.map(({ from, to }) => minutes.filter((minute) => minute >= from && minute < to).length);
      expect([...loadByDay(inOrder(some), days)]).toEqual(expected);
    }),
  );
});
