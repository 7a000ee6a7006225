import { expect, test } from "vitest";
import type { Language } from "@/lib/dialog/schema";
import { normalise } from "@/lib/dialog/understand/normalise";
import { resolveTime } from "./resolve";

/** Wednesday, 4 March 2026, ten in the morning. */
const timeOf = (language: Language, text: string) =>
  resolveTime(normalise(text), {
    ...{ today: "2026-03-04", now: "10:00", expectsTime: false, isMoving: false },
    dayFirst: language !== "en",
    languages: [language],
  }).time;

test.each([
  ["en", "could we do 4pm tomorrow for 45 minutes", { at: "16:00", lastsMinutes: 45 }],
  ["en", "I need the chair for half an hour from 2pm", { at: "14:00", lastsMinutes: 30 }],
  ["en", "from 9am for 2 hours", { at: "09:00", lastsMinutes: 120 }],
  ["es", "mañana a las 11 por media hora", { at: "11:00", lastsMinutes: 30 }],
  ["ar", "بكرة الساعة 4 لمدة ساعتين", { at: "16:00", lastsMinutes: 120 }],
] as const)("%s: %s starts then, whatever its length", (language, text, expected) => {
  expect(timeOf(language, text)).toMatchObject(expected);
});

test.each([
  ["en", "I am away for 4 days starting from next Friday", "2026-03-13", "2026-03-16"],
  ["en", "April 6th for 5 days", "2026-04-06", "2026-04-10"],
  ["es", "del 6 de abril por 5 días", "2026-04-06", "2026-04-10"],
  ["en", "sometime in the next 3 working days", "2026-03-05", "2026-03-09"],
  ["ar", "خلال 3 اسابيع", "2026-03-04", "2026-03-25"],
] as const)("%s: %s is a span of days", (language, text, from, to) => {
  expect(timeOf(language, text)?.days).toEqual([{ from, to }]);
});

test("how long it has hurt is no time for a visit", () => {
  expect(timeOf("en", "it has been aching for 3 days")).toBeUndefined();
  expect(timeOf("en", "aching for 3 days, Friday please")?.days).toEqual([{ from: "2026-03-06", to: "2026-03-06" }]);
  expect(timeOf("es", "me duele desde hace rato, por 3 días")).toBeUndefined();
});

test.each([
  ["en", "two weeks after next Monday", "2026-03-23"],
  ["en", "3 days before Easter week ends? no, 3 days before April 10th", "2026-04-07"],
  ["en", "one month after March 31", "2026-04-30"],
  ["es", "dos semanas después del 10 de marzo", "2026-03-24"],
  ["es", "tres días antes de navidad", "2026-12-22"],
] as const)("%s: %s is counted from the day named", (language, text, day) => {
  expect(timeOf(language, text)?.days).toEqual([{ from: day, to: day }]);
});

test.each([
  ["en", "anything in the next two hours?", "12:00"],
  ["en", "within the next 90 minutes", "11:30"],
  ["es", "en las próximas 3 horas", "13:00"],
  ["ar", "خلال ساعتين", "12:00"],
] as const)("%s: %s is from now until then", (language, text, notAfter) => {
  const today = { from: "2026-03-04", to: "2026-03-04" };
  expect(timeOf(language, text)).toMatchObject({ days: [today], notBefore: "10:00", notAfter });
});
