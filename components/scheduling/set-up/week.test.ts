import { expect, test } from "vitest";
import { copied, isSameWeek, minutesIn, problemOf, rowsOf, weekdaysFrom, weekOf, withDayOn, withSpan } from "./week";

const MONDAY = [
  { weekday: 1, from_time: "09:00", to_time: "12:00" },
  { weekday: 1, from_time: "13:00", to_time: "24:00" },
];

test("a week reads and writes the rows that it came from, also when they end at midnight", () => {
  const week = weekOf([...MONDAY].reverse());
  expect(week[1]).toEqual([
    { from: "09:00", to: "12:00" },
    { from: "13:00", to: "00:00" },
  ]);
  expect(rowsOf(week)).toEqual(MONDAY);
  expect(isSameWeek(week, weekOf(MONDAY))).toBe(true);
  expect(minutesIn(week)).toBe(14 * 60);
});

test("a day says what is wrong with it", () => {
  expect(problemOf([])).toBeUndefined();
  expect(problemOf([{ from: "09:00", to: "00:00" }])).toBeUndefined();
  expect(problemOf([{ from: "09:00", to: "" }])).toBe("incomplete");
  expect(problemOf([{ from: "09:00", to: "09:00" }])).toBe("backward");
  expect(problemOf([{ from: "12:00", to: "13:00" }, { from: "09:00", to: "12:30" }])).toBe("overlap"); // prettier-ignore
  expect(problemOf([{ from: "12:00", to: "13:00" }, { from: "09:00", to: "12:00" }])).toBeUndefined(); // prettier-ignore
});

test("every span that is added to a day is sound beside the one before", () => {
  let spans = withSpan([]);
  expect(spans).toEqual([{ from: "09:00", to: "17:00" }]);
  for (let more = 0; more < 3; more++) {
    spans = withSpan(spans);
    expect(problemOf(spans)).toBeUndefined();
  }
  expect(withSpan([{ from: "09:00", to: "12:00" }]).at(-1)).toEqual({ from: "13:00", to: "17:00" });
});

test("a day that is switched on takes the hours of the last working day before it, around the week's end", () => {
  const week = weekOf(MONDAY);
  expect(withDayOn(week, 3)[3]).toEqual(week[1]);
  expect(withDayOn(weekOf([]), 3)[3]).toEqual([{ from: "09:00", to: "17:00" }]);
  expect(copied(week, 1, [2, 7])).toMatchObject({ 2: week[1], 3: [], 7: week[1] });
  expect(weekdaysFrom(7)).toEqual([7, 1, 2, 3, 4, 5, 6]);
});
