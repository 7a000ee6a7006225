import { expect, test } from "vitest";
import { stretchPlan } from "./stretch";

const CLEANING = {
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 10,
  segments: [
    { role: "lead", fromMinute: 0, toMinute: 60 },
    { role: "dentist", fromMinute: 45, toMinute: 55 },
    { role: "operatory", fromMinute: 0, toMinute: 60 },
  ],
} as const;

test("a longer visit keeps its lead and chair to the end, and the helper at their own time", () => {
  expect(stretchPlan(CLEANING, 90)).toEqual({
    ...CLEANING,
    durationMinutes: 90,
    segments: [
      { role: "lead", fromMinute: 0, toMinute: 90 },
      { role: "dentist", fromMinute: 45, toMinute: 55 },
      { role: "operatory", fromMinute: 0, toMinute: 90 },
    ],
  });
});

test("in a shorter visit the helper comes early enough to be done, and no segment is empty", () => {
  const short = stretchPlan(CLEANING, 30);
  expect(short.segments.map(({ fromMinute, toMinute }) => [fromMinute, toMinute])).toEqual([
    [0, 30],
    [20, 30],
    [0, 30],
  ]);
  for (const { fromMinute, toMinute } of stretchPlan(CLEANING, 5).segments)
    expect(toMinute).toBeGreaterThan(fromMinute);
});

test("a visit of the service's own length is planned as the service is", () => {
  expect(stretchPlan(CLEANING, 60)).toBe(CLEANING);
});
