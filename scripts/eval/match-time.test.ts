import { expect, test } from "vitest";
import { coversReadings, isTime, type ExpectedTime } from "./match-time";

const instant = (from: string, grain: ExpectedTime["grain"]): ExpectedTime => ({
  type: "instant",
  from,
  to: null,
  grain,
});
const interval = (from: string | null, to: string | null, grain: ExpectedTime["grain"]): ExpectedTime => ({
  type: "interval",
  from,
  to,
  grain,
});

test("an instant is right at its grain, and no finer than was said", () => {
  const day = instant("2030-05-06T00:00:00+03:00", "day");
  expect(isTime({ type: "instant", from: "2030-05-06", to: null, grain: "day" }, day)).toBe(true);
  expect(isTime({ type: "instant", from: "2030-05-06T00:00", to: null, grain: "minute" }, day)).toBe(false);
  expect(isTime({ type: "instant", from: "2030-05-07", to: null, grain: "day" }, day)).toBe(false);
});

test("a week is an instant of that grain or the days that it covers", () => {
  const week = instant("2030-05-06T00:00:00", "week");
  expect(isTime({ type: "interval", from: "2030-05-06", to: "2030-05-12", grain: "week" }, week)).toBe(true);
  expect(isTime({ type: "interval", from: "2030-05-06", to: "2030-05-11", grain: "day" }, week)).toBe(false);
});

test("the end of an interval counts inclusive and exclusive, one grain apart and no more", () => {
  const hours = interval("2030-05-06T15:00:00", "2030-05-06T17:00:00", "hour");
  const until = (to: string) => isTime({ type: "interval", from: "2030-05-06T15:00", to, grain: "hour" }, hours);
  expect([until("2030-05-06T17:00"), until("2030-05-06T16:00"), until("2030-05-06T15:00")]).toEqual([
    true,
    true,
    false,
  ]);
});

test("where nothing was said, nothing may come", () => {
  const none: ExpectedTime = { type: "none", from: null, to: null, grain: "day" };
  expect(isTime({ type: "none", from: null, to: null, grain: null }, none)).toBe(true);
  expect(isTime({ type: "instant", from: "2030-05-06", to: null, grain: "day" }, none)).toBe(false);
});

test("open words are right only with all their readings, or when a person is asked", () => {
  const both = [instant("2030-05-06T07:00", "minute"), instant("2030-05-06T19:00", "minute")];
  const one = { type: "instant", from: "2030-05-06T07:00", to: null, grain: "hour" } as const;
  expect(coversReadings(one, both)).toBe(false);
  expect(coversReadings({ ...one, readings: [one, { ...one, from: "2030-05-06T19:00" }] }, both)).toBe(true);
});
