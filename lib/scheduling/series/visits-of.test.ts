import { expect, test } from "vitest";
import { startsOf } from "./visits-of";

const starts = (startsAt: string, unit: "day" | "week" | "month", every: number, count: number, timeZone: string) =>
  startsOf({ startsAt: new Date(startsAt), unit, every, count }, timeZone).map((at) => at.toISOString());

test("a series keeps its time on the wall when the clocks change between its visits", () => {
  expect(starts("2026-03-02T15:00:00Z", "week", 1, 2, "America/New_York")).toEqual([
    "2026-03-02T15:00:00.000Z",
    "2026-03-09T14:00:00.000Z",
  ]);
  expect(starts("2026-03-27T22:30:00Z", "week", 2, 2, "Australia/Lord_Howe")).toEqual([
    "2026-03-27T22:30:00.000Z",
    "2026-04-10T23:00:00.000Z",
  ]);
});

test("a time that a spring morning leaves out is the one after it", () => {
  expect(starts("2026-03-01T07:30:00Z", "week", 1, 2, "America/New_York")[1]).toBe("2026-03-08T07:30:00.000Z");
});

test("months count from the first visit: the 31st is the last day of shorter months and the 31st again after", () => {
  expect(starts("2026-01-31T10:00:00Z", "month", 1, 4, "Asia/Riyadh")).toEqual([
    "2026-01-31T10:00:00.000Z",
    "2026-02-28T10:00:00.000Z",
    "2026-03-31T10:00:00.000Z",
    "2026-04-30T10:00:00.000Z",
  ]);
});
