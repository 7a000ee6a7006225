import { expect, test } from "vitest";
import { nextOpening, placesOf } from "./quiet-hours";

const inNewYork = { numberCountry: "US", clinicCountry: "US", clinicZone: "America/New_York" };
const inRiyadh = { numberCountry: "SA", clinicCountry: "SA", clinicZone: "Asia/Riyadh" };
const opening = (recipient: Parameters<typeof nextOpening>[0], at: string) =>
  nextOpening(recipient, new Date(at))?.toISOString() ?? null;

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

test("nothing goes to the EU on a Sunday", () => {
  const inBerlin = { numberCountry: "DE", clinicCountry: "DE", clinicZone: "Europe/Berlin" };
  expect(opening(inBerlin, "2026-03-01T12:00:00Z")).toBe("2026-03-02T08:00:00.000Z");
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
