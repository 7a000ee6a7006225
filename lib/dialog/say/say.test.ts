import { expect, test } from "vitest";
import { FACTS, NINE, TEN } from "@/db/testing/decide-stage";
import ar from "@/messages/ar.json";
import en from "@/messages/en.json";
import es from "@/messages/es.json";
import type { SayItem } from "../decide/items";
import type { TimeConstraint } from "../schema";
import { accountsFor } from "./check";
import { renderReply } from "./say";
import { segmentsOf } from "./segments";
import { wishWritten } from "./wish";

const item = (key: string, values: SayItem["values"] = {}, extra: Partial<SayItem> = {}): SayItem => ({
  key,
  values,
  variant: 0,
  ...extra,
});
const offers = { is: "offers", offers: [NINE, TEN], withProvider: true } as const;
const writing = (language: "en" | "es" | "ar") => ({ language, timeZone: "America/New_York", digits: "latn" as const });

test("a time, a date or a price that no fact accounts for is found", () => {
  const said = [{ item: item("answer"), facts: ["10:00 AM"] }];
  const claims = (text: string) => accountsFor(text, said, FACTS).map(({ words }) => words);
  expect(claims("See you at 10:00 AM")).toEqual([]);
  expect(claims("See you at 10:30 AM on March 5")).toEqual(["10:30", "march 5"]);
  expect(claims("It costs $80, or 90 ريال")).toEqual(["$80", "90 ريال"]);
  expect(claims("تم الحجز")).toEqual(["تم الحجز"]);
});

test("what a knowledge entry says of prices and hours counts as given", () => {
  const answer = { is: "text", text: "A cleaning is $120 and takes until 10:30 with Dr. Ada Moreno." } as const;
  expect(renderReply([item("answer", { answer }, { proof: "entry" })], FACTS, "en").unaccounted).toEqual([]);
});

test("a dentist's name that isn't among the values is a claim, and the plain words go out instead", () => {
  const facts = { ...FACTS, clinic: { ...FACTS.clinic, name: "x" }, providers: [{ id: "w", name: "What can I do" }] };
  const reply = renderReply([item("whatToDo")], facts, "en");
  expect(reply.unaccounted).toEqual([{ kind: "provider", words: "What can I do" }]);
  expect(reply.text).toContain(FACTS.clinic.phone);
});

test("'booked' without the row that proves it is a claim", () => {
  const values = {
    service: { is: "service", id: "clean" },
    moment: { is: "moment", at: NINE.startsAt },
    provider: { is: "provider", id: "ada" },
  } as const;
  expect(renderReply([item("booked", values)], FACTS, "en").unaccounted).toEqual([
    { kind: "booked", words: "you're booked" },
  ]);
  expect(renderReply([item("booked", values, { proof: "visit" })], FACTS, "en").unaccounted).toEqual([]);
});

test.each([
  ["en", "1) Tuesday, March 3, 9:00 AM, Dr. Ada Moreno"],
  ["es", "1) martes 3 de marzo, 9:00, Dr. Ada Moreno"],
  ["ar", "1) الثلاثاء 3 مارس، 9:00 ص، Dr. Ada Moreno"],
] as const)("offers are numbered with ASCII digits, days and times in the clinic's zone, in %s", (language, line) => {
  const apart = { ...offers, offers: [NINE, { ...TEN, startsAt: "2026-03-04T15:00:00.000Z" }] };
  expect(renderReply([item("offerFits", { offers: apart })], FACTS, language).text).toContain(line);
});

test("what all offers share is said once", () => {
  expect(renderReply([item("offerFits", { offers })], FACTS, "en").text).toContain(
    "Tuesday, March 3:\n1) 9:00 AM, Dr. Ada Moreno\n2) 10:00 AM, Dr. Samir Haddad",
  );
});

test("Arabic digits are the clinic's choice, and never those of options", () => {
  const facts = { ...FACTS, clinic: { ...FACTS.clinic, digits: "arab" as const } };
  const { text, unaccounted } = renderReply([item("offerFits", { offers })], facts, "ar");
  expect(text).toContain("1) ٩:٠٠ ص");
  expect(unaccounted).toEqual([]);
});

test("an SMS has at most 3 GSM or 5 Unicode segments, and keeps its introduction and its question", () => {
  const long = item(
    "answer",
    { answer: { is: "text", text: "Parking is behind the house. ".repeat(40) } },
    { proof: "entry" },
  );
  const intro = item("introSms", { clinic: { is: "text", text: "Test Dental" } });
  for (const language of ["en", "es", "ar"] as const) {
    const { text } = renderReply([intro, long, item("offerFits", { offers })], FACTS, language);
    const { encoding, count } = segmentsOf(text);
    expect(count).toBeLessThanOrEqual(encoding === "gsm" ? 3 : 5);
    expect(text).toContain("STOP");
    expect(text).toContain("1) ");
  }
});

test("English replies stay in the cheap alphabet", () => {
  const { text } = renderReply([item("flagged"), item("whatToDo")], FACTS, "en");
  expect(segmentsOf(text).encoding).toBe("gsm");
  expect(segmentsOf("don’t").encoding).toBe("unicode");
});

test.each([
  [
    { days: [{ from: "2026-03-03", to: "2026-03-03" }], notBefore: "16:00", words: "" },
    "Tuesday, March 3, after 4:00 PM",
  ],
  [
    { weekdays: [2, 4], daypart: "morning", notBefore: "08:00", notAfter: "12:00", words: "" },
    "Tuesday or Thursday, in the morning",
  ],
  [{ days: [{ from: "2026-03-06", to: null }], words: "" }, "From Friday, March 6"],
  [{ at: "15:00", approximate: true, words: "" }, "Around 3:00 PM"],
  [{ ambiguousAt: ["07:00", "19:00"], words: "" }, "At 7:00 AM or 7:00 PM"],
  [{ exceptWeekdays: [1], notBefore: "09:00", notAfter: "11:00", words: "" }, "Not Monday, 9:00 AM to 11:00 AM"],
] satisfies [TimeConstraint, string][])("a wish is said back as it was understood: %#", (wish, expected) => {
  expect(wishWritten(writing("en"), wish)).toBe(expected);
});

test("every text to a patient offers digits, never a carrier's word or YES, as an answer to type", () => {
  const FIXED = new Set(["introSms", "help", "helpBySms", "stopped", "stoppedBySms"]);
  const texts = (node: object): string[] =>
    Object.values(node).flatMap((value) => (typeof value === "string" ? [value] : texts(value)));
  for (const language of [en, es, ar])
    for (const [key, value] of Object.entries(language.dialog.say)) {
      if (FIXED.has(key)) continue;
      const all = typeof value === "string" ? [value] : texts(value);
      const bad = all.filter((text) => /\b(?:STOP|CANCEL|END|QUIT|YES|UNSUBSCRIBE)\b/.test(text));
      if (key !== "short") expect(bad, key).toEqual([]);
    }
});
