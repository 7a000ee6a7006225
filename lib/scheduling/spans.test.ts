import fc from "fast-check";
import { expect, test } from "vitest";
import { follow, subtract, union, type Span } from "./spans";

const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -2, max: 12 }))
  .map(([from, length]): Span => [from, from + length]);
const spans = fc.array(span, { maxLength: 12 });
const minutesOf = (some: readonly Span[]) =>
  new Set(some.flatMap(([from, to]) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)));

test("union, subtract and follow agree with sets of minutes", () => {
  fc.assert(
    fc.property(spans, spans, (some, holes) => {
      const [a, b] = [union(some), union(holes)];
      expect(minutesOf(a)).toEqual(minutesOf(some));
      const left = subtract(a, b);
      const without = [...minutesOf(a)].filter((minute) => !minutesOf(b).has(minute));
      expect(minutesOf(left)).toEqual(new Set(without));
      const has = follow(left);
      for (let minute = -3; minute < 80; minute++) expect(has(minute)).toBe(minutesOf(left).has(minute));
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
