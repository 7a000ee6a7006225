import { expect, test } from "vitest";
import { calendarDays, openSpans } from "./open-hours";

test("hours of a season replace the weekly ones on its days, and exceptions still win", () => {
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    ...{ weekday, fromTime: "09:00", toTime: "17:00", validFrom: null, validTo: null },
  }));
  const season = [1, 2, 3].map((weekday) => ({
    ...{ weekday, fromTime: "21:00", toTime: "24:00", validFrom: "2026-02-18", validTo: "2026-03-19" },
  }));
  const provider = { id: "p1", hours: [...weekly, ...season] };
  const closed = { providerId: null, kind: "closed", fromTime: "22:00", toTime: null } as const;
  const wallsOn = (day: string) => {
    const days = calendarDays(day, day, "Asia/Riyadh");
    const spans = openSpans(days, provider, [{ ...closed, dayFrom: "2026-03-03", dayTo: "2026-03-03" }], "Asia/Riyadh");
    return spans.map(([from, to]) => [from, to].map((minute) => (minute - (days[0]?.from ?? 0)) / 60).join("-"));
  };
  expect(wallsOn("2026-02-17")).toEqual(["9-17"]); // a Tuesday before it
  expect(wallsOn("2026-02-18")).toEqual(["21-24"]);
  expect(wallsOn("2026-02-19")).toEqual([]); // a Thursday, which the season leaves out
  expect(wallsOn("2026-03-03")).toEqual(["21-22"]);
  expect(wallsOn("2026-03-20")).toEqual(["9-17"]);
});
