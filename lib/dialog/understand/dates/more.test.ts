import { expect, test } from "vitest";
import { understand } from "@/lib/dialog/understand/understand";

/** Wednesday the 4th of March 2026, nine in the morning in Chicago. */
const timeOf = (text: string, locale: string) =>
  understand({
    text,
    locale,
    referenceTime: new Date("2026-03-04T15:00:00Z"),
    timeZone: "America/Chicago",
    services: [],
    providers: [],
    channel: "whatsapp",
  }).slots.time;

test.each([
  ["en", "anything from the 9th to the 12th of June?", "2026-06-09", "2026-06-12"],
  ["en", "we are free April 20 through 24", "2026-04-20", "2026-04-24"],
  ["es", "puedo del 9 al 12 de junio", "2026-06-09", "2026-06-12"],
  ["ar", "من 9 الى 12 يونيو", "2026-06-09", "2026-06-12"],
  ["en", "sometime in the next 4 days", "2026-03-05", "2026-03-08"],
  ["es", "en los próximos 4 días", "2026-03-05", "2026-03-08"],
  ["ar", "في أواخر مايو", "2026-05-21", "2026-05-31"],
])("%s: %s is a span of days", (locale, text, from, to) => {
  expect(timeOf(text, locale)?.days).toEqual([{ from, to }]);
});

test.each([
  ["en", "two Mondays from now", "2026-03-16"],
  ["en", "the 27th of this month", "2026-03-27"],
  ["en", "ten days hence", "2026-03-14"],
  ["es", "viernes 8 de mayo", "2026-05-08"],
  ["es", "dos días a partir de hoy", "2026-03-06"],
  ["ar", "الخامس من أبريل", "2026-04-05"],
  ["ar", "السابع عشر من هذا الشهر", "2026-03-17"],
])("%s: %s is a day", (locale, text, day) => {
  expect(timeOf(text, locale)?.days).toEqual([{ from: day, to: day }]);
});

test.each([
  ["tomorrow, a quarter past noon", "12:15"],
  ["tomorrow a quarter past 4 pm", "16:15"],
  ["tomorrow at 16h45", "16:45"],
  ["tomorrow mid-day", "12:00"],
])("%s is a time of day", (text, at) => {
  expect(timeOf(text, "en")?.at).toBe(at);
});

test("a half of the day after a day is that part of it", () => {
  expect(timeOf("tmrw am works", "en")).toMatchObject({ days: [{ from: "2026-03-05" }], daypart: "morning" });
  expect(timeOf("Friday pm?", "en")).toMatchObject({ days: [{ from: "2026-03-06" }], daypart: "afternoon" });
});
