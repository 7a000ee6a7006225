import fc from "fast-check";
import { expect, test } from "vitest";
import { nextOpening, placesOf, whenToRemind, type Recipient } from "./quiet-hours";

const inNewYork: Recipient = {
  saidZones: [],
  numberCountry: "US",
  clinicCountry: "US",
  clinicZone: "America/New_York",
};
const inRiyadh = { ...inNewYork, numberCountry: "SA", clinicCountry: "SA", clinicZone: "Asia/Riyadh" };
const inBerlin = { ...inNewYork, numberCountry: "DE", clinicCountry: "DE", clinicZone: "Europe/Berlin" };
const onLordHowe = { ...inNewYork, numberCountry: "AU", clinicCountry: "AU", clinicZone: "Australia/Lord_Howe" };
const wordOf = (opening: ReturnType<typeof nextOpening>) =>
  opening instanceof Date ? opening.toISOString() : opening === "now" ? null : opening;
const opening = (recipient: Recipient, at: string) => wordOf(nextOpening(recipient, new Date(at)));

test.each([
  ["2026-03-02T13:59:00Z", "2026-03-02T14:00:00.000Z"], // 08:59
  ["2026-03-02T14:00:00Z", null], // 09:00
  ["2026-03-03T00:59:59Z", null], // 19:59:59
  ["2026-03-03T01:00:00Z", "2026-03-03T14:00:00.000Z"], // 20:00
  ["2026-03-08T06:30:00Z", "2026-03-08T13:00:00.000Z"], // the night of the spring change: 09:00 is an hour earlier
])("US numbers at %s", (at, opens) => expect(opening(inNewYork, at)).toBe(opens));

test("Gulf numbers wait on Friday until two, and in Ramadan for eleven", () => {
  expect(opening(inRiyadh, "2026-05-01T07:00:00Z")).toBe("2026-05-01T11:00:00.000Z");
  expect(opening(inRiyadh, "2026-05-02T05:00:00Z")).toBe("2026-05-02T06:00:00.000Z");
  expect(opening(inRiyadh, "2026-03-03T06:30:00Z")).toBe("2026-03-03T08:00:00.000Z");
  expect(opening(inRiyadh, "2026-03-03T19:30:00Z")).toBeNull();
});

test("nothing goes to the EU on a Sunday, nor on a holiday of the clinic; elsewhere holidays are days like others", () => {
  expect(opening(inBerlin, "2026-03-01T12:00:00Z")).toBe("2026-03-02T08:00:00.000Z");
  const holidays = ["2026-03-02", "2026-03-03"];
  expect(opening({ ...inBerlin, holidays }, "2026-03-01T12:00:00Z")).toBe("2026-03-04T08:00:00.000Z");
  expect(opening({ ...inNewYork, holidays }, "2026-03-02T14:00:00Z")).toBeNull();
});

test("a number of a country with one zone counts there and at the clinic, one of several at the clinic", () => {
  expect(placesOf({ ...inNewYork, numberCountry: "SA" })).toEqual([
    { country: "SA", zone: "Asia/Riyadh" },
    { country: "US", zone: "America/New_York" },
  ]);
  expect(placesOf(inNewYork)).toEqual([{ country: "US", zone: "America/New_York" }]);
  expect(placesOf({ ...inNewYork, numberCountry: undefined })).toHaveLength(1);
  // 09:00 in New York is 17:00 in Riyadh: both open from there until 20:00 in Riyadh.
  expect(opening({ ...inNewYork, numberCountry: "SA" }, "2026-05-04T08:00:00Z")).toBe("2026-05-04T13:00:00.000Z");
  expect(opening({ ...inNewYork, numberCountry: "SA" }, "2026-05-04T17:30:00Z")).toBe("2026-05-05T13:00:00.000Z");
});

test("what the patient said of their zone goes before number and clinic; a family's zones must all be awake", () => {
  const inTokyo = { ...inNewYork, saidZones: ["Asia/Tokyo"] };
  expect(placesOf(inTokyo)).toEqual([{ country: "US", zone: "Asia/Tokyo" }]);
  expect(opening(inTokyo, "2026-03-02T01:00:00Z")).toBeNull(); // 10:00 in Tokyo, 20:00 in New York
  const both = { ...inNewYork, saidZones: ["America/New_York", "America/Los_Angeles"] };
  expect(opening(both, "2026-03-02T15:00:00Z")).toBe("2026-03-02T17:00:00.000Z");
});

test("where no hour is decent both there and here, nothing goes", () =>
  expect(opening({ ...inNewYork, numberCountry: "TH" }, "2026-01-12T15:00:00Z")).toBe("never"));

test("a clinic narrows the hours and never widens them", () => {
  const narrow = { ...inNewYork, narrowed: { from: "10:00", until: "18:00" } };
  expect(opening(narrow, "2026-03-02T14:30:00Z")).toBe("2026-03-02T15:00:00.000Z");
  expect(opening(narrow, "2026-03-02T23:30:00Z")).toBe("2026-03-03T15:00:00.000Z");
  const wide = { ...inNewYork, narrowed: { from: "06:00", until: "23:00" } };
  expect(opening(wide, "2026-03-02T12:00:00Z")).toBe("2026-03-02T14:00:00.000Z");
});

/** The same question asked of Intl alone: hour and weekday of a moment in a zone. */
const wall = (at: number, zone: string) => {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    weekday: "short",
    hourCycle: "h23",
  });
  const of = Object.fromEntries(parts.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  return { hour: Number(of.hour), weekday: of.weekday };
};
const decent: Record<string, (at: number) => boolean> = {
  us: (at) => between(9, 20, wall(at, "America/New_York").hour),
  eu: (at) => between(9, 20, wall(at, "Europe/Berlin").hour) && wall(at, "Europe/Berlin").weekday !== "Sun",
  other: (at) => between(8, 21, wall(at, "Australia/Lord_Howe").hour),
};
const between = (from: number, to: number, hour: number) => from <= hour && hour < to;
/** A year that holds every clock change of the three zones, quarter by quarter of an hour. */
const moment = fc.integer({ min: 0, max: 366 * 96 }).map((quarter) => Date.UTC(2026, 0, 1) + quarter * 900_000);

test.each([
  ["us", inNewYork],
  ["eu", inBerlin],
  ["other", { ...onLordHowe, numberCountry: undefined }],
] as const)("never opens at a quiet hour and never later than the first decent one: %s", (region, recipient) => {
  const isDecent = decent[region] ?? (() => false);
  fc.assert(
    fc.property(moment, (at) => {
      const opens = nextOpening(recipient, new Date(at));
      if (opens === "now") return isDecent(at);
      if (opens === "never" || isDecent(at) || !isDecent(opens.getTime())) return false;
      for (let quarter = at; quarter < opens.getTime(); quarter += 900_000) if (isDecent(quarter)) return false;
      return true;
    }),
    { numRuns: 100 },
  );
});

test.each([
  // wished, visit, hours left, goes at
  ["2026-03-02T15:00:00Z", "2026-03-02T18:00:00Z", 2, "2026-03-02T15:00:00.000Z"], // by day: as planned
  ["2026-03-02T13:00:00Z", "2026-03-02T16:00:00Z", 2, "2026-03-02T14:00:00.000Z"], // 08:00 for 11:00: at 09:00
  ["2026-03-02T12:00:00Z", "2026-03-02T15:00:00Z", 2, "2026-03-02T00:00:00.000Z"], // 07:00 for 10:00: 19:00 before
  ["2026-03-02T01:30:00Z", "2026-03-03T01:30:00Z", 20, "2026-03-02T00:00:00.000Z"], // 20:30 the day before, asks
  ["2026-03-02T13:00:00Z", "2026-03-03T13:00:00Z", 20, "2026-03-02T14:00:00.000Z"], // opening leaves 23 h
])("a reminder wished at %s for %s that must leave %i h", (wishedAt, startsAt, leavesHours, at) =>
  expect(
    whenToRemind(inNewYork, { wishedAt: new Date(wishedAt), startsAt: new Date(startsAt), leavesHours })?.toISOString(),
  ).toBe(at),
);

test("the evening before a Monday is a Saturday in the EU", () => {
  const monday = { wishedAt: new Date("2026-03-02T06:30:00Z"), startsAt: new Date("2026-03-02T09:30:00Z") };
  expect(whenToRemind(inBerlin, { ...monday, leavesHours: 2 })?.toISOString()).toBe("2026-02-28T18:00:00.000Z");
});
