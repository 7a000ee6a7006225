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
  ["en", "the third week of April works", "2026-04-13", "2026-04-19"],
  ["en", "last week of May please", "2026-05-25", "2026-05-31"],
  ["en", "the first week of next month", "2026-04-01", "2026-04-05"],
  ["en", "the week starting June 8th", "2026-06-08", "2026-06-14"],
  ["en", "any day in the week of the 17th", "2026-03-16", "2026-03-22"],
  ["es", "la última semana de mayo", "2026-05-25", "2026-05-31"],
  ["es", "en la 2ª semana de abril", "2026-04-06", "2026-04-12"],
  ["es", "la semana que empieza el 11 de mayo", "2026-05-11", "2026-05-17"],
  ["ar", "الاسبوع الثالث من ابريل", "2026-04-13", "2026-04-19"],
  ["ar", "اخر اسبوع من شهر 5", "2026-05-25", "2026-05-31"],
  ["en", "by the end of this month", "2026-03-04", "2026-03-31"],
] as const)("%s: %s is a week, or what the month has of it", (language, text, from, to) => {
  expect(timeOf(language, text)?.days).toContainEqual({ from, to });
});

test.each([
  ["en", "the last day of April", "2026-04-30"],
  ["en", "the second to last day of April", "2026-04-29"],
  ["en", "first Tuesday of next month", "2026-04-07"],
  ["es", "el segundo jueves de abril", "2026-04-09"],
  ["es", "el último día del mes", "2026-03-31"],
  ["es", "puedo el 22 del 4", "2026-04-22"],
  ["ar", "اول خميس من شهر 4", "2026-04-02"],
  ["ar", "خامس يوم من شهر ستة", "2026-06-05"],
  ["ar", "اخر يوم من شهر 4", "2026-04-30"],
  ["en", "June twenty third", "2026-06-23"],
  ["en", "June twenty three", "2026-06-23"],
  ["en", "can I come 4 - 21", "2026-04-21"],
  ["es", "puedo ir 21 - 4", "2026-04-21"],
  ["en", "the $40 cleaning on May 12", "2026-05-12"],
  ["en", "Thursday the twenty sixth", "2026-03-26"],
] as const)("%s: %s is a day", (language, text, day) => {
  expect(timeOf(language, text)?.days).toEqual([{ from: day, to: day }]);
});

test.each([
  ["en", "tomorrow at twenty-five minutes past two", "14:25"],
  ["en", "tomorrow at nine oh five", "09:05"],
  ["en", "tomorrow two forty p.m.", "14:40"],
  ["en", "tomorrow at 11:20a", "11:20"],
  ["en", "tomorrow 5p", "17:00"],
  ["ar", "بكرة الساعة العاشرة واربعين دقيقة", "10:40"],
  ["ar", "بكرة الساعة 9 العشاء", "21:00"],
] as const)("%s: %s is a time of day", (language, text, at) => {
  expect(timeOf(language, text)?.at).toBe(at);
});

test.each([
  ["en", "friday 14h30-16h", "14:30", "16:00"],
  ["en", "friday between 0815-0945", "08:15", "09:45"],
  ["en", "friday 9:30 to 9:10 pm", "09:30", "21:10"],
  ["en", "friday six to 8 in the morning", "06:00", "08:00"],
  ["es", "lunes 7-9 de la mañana", "07:00", "09:00"],
] as const)("%s: %s is from one hour to the other", (language, text, notBefore, notAfter) => {
  expect(timeOf(language, text)).toMatchObject({ notBefore, notAfter });
});

test("a morning hour that is over stays a morning hour", () => {
  expect(timeOf("en", "this morning at 8")?.at).toBe("08:00");
  expect(timeOf("en", "today at 8")?.at).toBe("20:00");
});

test("the next morning is tomorrow's", () => {
  const tomorrow = { from: "2026-03-05", to: "2026-03-05" };
  expect(timeOf("en", "the next morning")).toMatchObject({ days: [tomorrow], daypart: "morning" });
  expect(timeOf("ar", "مساء الغد")).toMatchObject({ days: [tomorrow], daypart: "evening" });
});
