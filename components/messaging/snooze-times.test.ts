import { expect, test } from "vitest";
import { instantAt } from "@/components/scheduling/wall";
import { snoozeTimes } from "./snooze-times";

const ZONE = "America/New_York";
const inWords = (now: string, zone = ZONE) =>
  Object.fromEntries(snoozeTimes(new Date(now), zone).map(({ preset, at }) => [preset, at.toISOString()]));

test("mornings are nine o'clock by the clinic's clock, across a change to summer time", () => {
  // A Friday; the clocks change on Sunday the 8th.
  expect(inWords("2026-03-06T15:10:00Z")).toEqual({
    later: "2026-03-06T18:30:00.000Z",
    tomorrow: "2026-03-07T14:00:00.000Z",
    nextWeek: "2026-03-09T13:00:00.000Z",
    inAWeek: "2026-03-13T13:00:00.000Z",
  });
});

test("in the evening there is no later today, and no time is offered twice", () => {
  expect(Object.keys(inWords("2026-03-06T23:30:00Z"))).toEqual(["tomorrow", "nextWeek", "inAWeek"]);
  expect(Object.keys(inWords("2026-03-08T15:00:00Z"))).toEqual(["later", "tomorrow", "inAWeek"]); // a Sunday
  expect(Object.keys(inWords("2026-03-09T15:00:00Z"))).toEqual(["later", "tomorrow", "nextWeek"]); // a Monday
});

test("a time that a clock change skips is an hour on; zones off the full hour are met", () => {
  expect(instantAt("2026-03-08", 150, ZONE).toISOString()).toBe("2026-03-08T07:30:00.000Z");
  expect(instantAt("2026-03-08", 540, "Asia/Kolkata").toISOString()).toBe("2026-03-08T03:30:00.000Z");
});
