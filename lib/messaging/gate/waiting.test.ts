import fc from "fast-check";
import { expect, test } from "vitest";
import { WAITING, waitingOf, type WaitFacts } from "./waiting";

const now = new Date("2026-03-02T09:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const facts = (more: Partial<WaitFacts>): WaitFacts => ({
  ...{ lastError: null, dueAt: now, breakerUntil: null, pacedUntil: null, now },
  ...more,
});

test.each([
  ["planned", { dueAt: at(600) }],
  ["quiet_hours", { dueAt: at(600), lastError: "quiet_hours" }],
  ["paced", { dueAt: at(600), lastError: "paced:130429" }],
  ["cap", { dueAt: at(600), lastError: "paced:131049" }],
  ["down", { dueAt: at(600), lastError: "down:503" }],
  ["retry", { dueAt: at(600), lastError: "retry:30001" }],
  ["retry", { dueAt: at(600), lastError: "threw" }],
  ["turn", { pacedUntil: at(600) }],
  ["down", { breakerUntil: at(600), lastError: "quiet_hours" }],
] as const)("a wait is told as %s", (reason, more) => {
  expect(waitingOf(facts(more))).toEqual({ reason, until: at(600) });
});

test("what goes at any moment waits for nothing, whatever was before", () => {
  expect(waitingOf(facts({ lastError: "retry:500", dueAt: at(-5) }))).toBeUndefined();
  expect(waitingOf(facts({ pacedUntil: at(1), breakerUntil: at(-60) }))).toBeUndefined();
});

test("whatever is told, it is until the last of what stands in the way", () => {
  const instant = fc.option(fc.integer({ min: -900, max: 900 }).map(at));
  fc.assert(
    fc.property(instant, instant, fc.integer({ min: -900, max: 900 }), (breakerUntil, pacedUntil, due) => {
      const waiting = waitingOf(facts({ breakerUntil, pacedUntil, dueAt: at(due) }));
      if (!waiting) return;
      expect(WAITING).toContain(waiting.reason);
      for (const one of [breakerUntil, pacedUntil, at(due)]) expect(waiting.until >= (one ?? now)).toBe(true);
    }),
    { numRuns: 50 },
  );
});
