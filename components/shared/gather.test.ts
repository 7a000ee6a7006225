import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gather } from "./gather";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the changes of one moment make one round, soon", () => {
  const rounds: number[][] = [];
  const changes = gather<number>(120, 500, (items) => rounds.push(items));
  changes.add(1);
  changes.add(2);
  vi.advanceTimersByTime(120);
  expect(rounds).toEqual([[1, 2]]);
});

test("a flood makes two rounds a second at most, and none of it is lost", () => {
  const rounds: number[][] = [];
  const changes = gather<number>(120, 500, (items) => rounds.push(items));
  for (let at = 0; at < 1000; at++) {
    changes.add(at);
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(500);
  expect(rounds.length).toBeLessThanOrEqual(21);
  expect(rounds.flat()).toHaveLength(1000);
});
