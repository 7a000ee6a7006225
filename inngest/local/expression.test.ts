import { expect, test } from "vitest";
import { evaluate, holds } from "./expression";

const event = { data: { id: 5, who: "Ana O'Hara", nested: { on: true }, none: null } };
const scope = { event, async: { data: { id: 5, n: 7 } } };

test.each([
  ["event.data.id == async.data.id", true],
  ["event.data.id == 5 && async.data.n != 7", false],
  ["event.data.id == 6 || async.data.n == 7", true],
  ["event.data.nested.on", true],
  ["!event.data.nested.on", false],
  ['event.data.who == "Ana O\'Hara"', true],
  ["event.data.who == 'Ana O\\'Hara'", true],
  ["(event.data.id == 6 || async.data.n == 7) && event.data.id == 5", true],
  ["async.data.n >= 7 && async.data.n < 8 && async.data.n > -1", true],
  ["event.data.id < 'a'", false],
  ["event.data.missing == null && event.data.none == null", true],
  ["event.data.missing.deeper == 1", false],
])("%s is %s", (source, expected) => {
  expect(holds(source, scope)).toBe(expected);
});

test("no condition always holds", () => {
  expect(holds(undefined, scope)).toBe(true);
  expect(holds(null, scope)).toBe(true);
});

test("a path's value can be a key", () => {
  expect(evaluate("event.data.who", scope)).toBe("Ana O'Hara");
});

test("members that every object inherits are not data", () => {
  expect(evaluate("event.constructor", scope)).toBeUndefined();
});

test.each(["has(event.data.id)", "event.data.tags[0] == 1", "a ==", "a b", "1 + 2", "size(x) > 1", "(a", "'open"])(
  "refuses %s rather than guess",
  (source) => {
    expect(() => evaluate(source, scope)).toThrow(/not supported/);
  },
);
