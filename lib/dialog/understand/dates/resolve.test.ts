import fc from "fast-check";
import { expect, test } from "vitest";
import type { Language } from "@/lib/dialog/schema";
import { normalise } from "@/lib/dialog/understand/normalise";
import { resolveTime } from "./resolve";

/** Wednesday, 4 March 2026, ten in the morning. */
const HERE = { today: "2026-03-04", now: "10:00", expectsTime: false, isMoving: false };
const read = (language: Language, text: string, more: Partial<typeof HERE> = {}) => {
  const { time, currentTime } = resolveTime(normalise(text), {
    ...HERE,
    dayFirst: language !== "en",
    languages: [language],
    ...more,
  });
  const { words: _words, ...rest } = time ?? { words: "" };
  return { ...rest, ...(currentTime && { currentTime }) };
};
const on = (...days: string[]) => ({ days: days.map((day) => ({ from: `2026-${day}`, to: `2026-${day}` })) });
const within = (from: string, to: string | null) => ({ days: [{ from: `2026-${from}`, to: to && `2026-${to}` }] });
const morning = { daypart: "morning", notBefore: "06:00", notAfter: "12:00" };

test.each([
  ["today", on("03-04")],
  ["tomorrow at 3", { ...on("03-05"), at: "15:00" }],
  ["tmrw at 3pm", { ...on("03-05"), at: "15:00" }],
  ["day after tomorrow in the morning", { ...on("03-06"), ...morning }],
  ["friday 2:30", { ...on("03-06"), at: "14:30" }],
  ["Wednesday", on("03-11")],
  ["this friday after 4pm", { ...on("03-06"), notBefore: "16:00" }],
  ["next tuesday", on("03-10")],
  ["next week", within("03-09", "03-15")],
  ["the week after next", within("03-16", "03-22")],
  ["next week on Thursday or Friday", on("03-12", "03-13")],
  ["the 15th of March at 10am", { ...on("03-15"), at: "10:00" }],
  ["3/15 at 9", { ...on("03-15"), at: "09:00" }],
  ["2/10", { days: [{ from: "2027-02-10", to: "2027-02-10" }] }],
  ["the 3rd", on("04-03")],
  ["Friday the 13th at 1", { ...on("03-13"), at: "13:00" }],
  ["Tuesdays or Thursdays after 5", { weekdays: [2, 4], notBefore: "17:00" }],
  ["any Tuesday but the 10th", { weekdays: [2], exceptDays: ["2026-03-10"] }],
  ["any weekday morning except Monday", { weekdays: [1, 2, 3, 4, 5], exceptWeekdays: [1], ...morning }],
  ["between 3 and 5 tomorrow", { ...on("03-05"), notBefore: "15:00", notAfter: "17:00" }],
  ["3-5pm on friday", { ...on("03-06"), notBefore: "15:00", notAfter: "17:00" }],
  ["from 9 to 11 next monday", { ...on("03-09"), notBefore: "09:00", notAfter: "11:00" }],
  ["10 to 2 on monday", { ...on("03-09"), notBefore: "10:00", notAfter: "14:00" }],
  ["half past three", { at: "15:30" }],
  ["quarter to four on Monday", { ...on("03-09"), at: "15:45" }],
  ["around 3 on monday", { ...on("03-09"), at: "15:00", approximate: true }],
  ["3 or 4:30 tomorrow", { ...on("03-05"), anyOf: ["15:00", "16:30"] }],
  ["noon on friday", { ...on("03-06"), at: "12:00" }],
  ["at 7", { ambiguousAt: ["07:00", "19:00"] }],
  ["tonight at 7", { ...on("03-04"), at: "19:00", daypart: "evening" }],
  ["today at 9", { ...on("03-04"), at: "21:00" }],
  ["in 2 hours", { ...on("03-04"), at: "12:00" }],
  ["in three days", on("03-07")],
  ["in two weeks", within("03-16", "03-22")],
  ["by friday", within("03-04", "03-06")],
  ["after March 20", within("03-21", null)],
  ["from monday to wednesday", within("03-09", "03-11")],
  ["sometime in April", within("04-01", "04-30")],
  ["as soon as possible", { earliest: true }],
  ["something later", { relative: "later" }],
  ["after work on thursday", { ...on("03-05"), notBefore: "17:00" }],
  ["the last Friday of March", on("03-27")],
  ["the first Monday in April", on("04-06")],
  ["first week of April", within("04-01", "04-05")],
  ["two weeks from tomorrow", on("03-19")],
  ["half an hour from now", { ...on("03-04"), at: "10:30" }],
  ["before the end of the month", within("03-04", "03-31")],
  ["the week of the 16th", within("03-16", "03-22")],
  ["late friday", { ...on("03-06"), daypart: "afternoon", notBefore: "15:00", notAfter: "18:00" }],
  ["8ish tomorrow", { ...on("03-05"), at: "08:00" }],
  ["last monday", { ...on("03-02"), past: true }],
  ["Monday, sorry I mean Wednesday at 10", { ...on("03-11"), at: "10:00" }],
  ["Tuesday doesn't work, what about Thursday", { ...on("03-05"), exceptWeekdays: [2] }],
  ["yes, but at 4, and where do I park?", { at: "16:00" }],
  ["stop by at 4", { at: "16:00" }],
  ["good morning", {}],
  ["it is for 2 people", {}],
])("reads English: %s", (text, expected) => {
  expect(read("en", text)).toEqual(expected);
});

test.each([
  ["mañana", on("03-05")],
  ["mañana por la mañana", { ...on("03-05"), ...morning }],
  ["pasado mañana a las 3 de la tarde", { ...on("03-06"), at: "15:00" }],
  ["el martes por la tarde", { ...on("03-10"), daypart: "afternoon", notBefore: "12:00", notAfter: "20:00" }],
  ["el próximo lunes", on("03-09")],
  ["el jueves de la próxima semana", on("03-12")],
  ["la semana que viene", within("03-09", "03-15")],
  ["entre las tres y las cinco de la tarde", { notBefore: "15:00", notAfter: "17:00" }],
  ["de 3 a 5", { notBefore: "15:00", notAfter: "17:00" }],
  ["3/4", on("04-03")],
  ["viernes 6", on("03-06")],
  ["a las tres y media", { at: "15:30" }],
  ["a las cinco menos cuarto", { at: "16:45" }],
  ["después de las 4", { notBefore: "16:00" }],
  ["cualquier martes menos el 10", { weekdays: [2], exceptDays: ["2026-03-10"] }],
  ["los martes y jueves", { weekdays: [2, 4] }],
  ["lo antes posible", { earliest: true }],
  ["dentro de dos semanas", within("03-16", "03-22")],
  ["el lunes no puedo, mejor el miércoles", { ...on("03-11"), exceptWeekdays: [1] }],
  ["7 de la noche", { at: "19:00" }],
  ["buenos días", {}],
])("reads Spanish: %s", (text, expected) => {
  expect(read("es", text)).toEqual(expected);
});

test.each([
  ["بكرة الساعة ٣ العصر", { ...on("03-05"), at: "15:00" }],
  ["بعد بكرة الصبح", { ...on("03-06"), ...morning }],
  ["الثلاثاء القادم", on("03-10")],
  ["يوم الأحد الأسبوع القادم", on("03-15")],
  ["من ٣ ل ٥", { notBefore: "15:00", notAfter: "17:00" }],
  ["بعد الظهر", { daypart: "afternoon", notBefore: "12:00", notAfter: "18:00" }],
  ["الساعة ثلاثة ونص", { at: "15:30" }],
  ["الساعة 4 الا ربع", { at: "15:45" }],
  ["٣:٣٠ م", { at: "15:30" }],
  ["١٥ مارس", on("03-15")],
  ["15 آذار الساعة 9", { ...on("03-15"), at: "09:00" }],
  ["بعد يومين", on("03-06")],
  ["أقرب موعد", { earliest: true }],
  ["كل الايام ما عدا الخميس", { exceptWeekdays: [4] }],
  ["السبت او الاحد", on("03-07", "03-08")],
  ["بعد المغرب", { notBefore: "18:00" }],
  ["في شوال", { ...within("03-20", "04-17"), hijri: true }],
  ["صباح الخير", {}],
])("reads Arabic: %s", (text, expected) => {
  expect(read("ar", text)).toEqual(expected);
});

test.each([
  ["en", "move my Tuesday appointment to Friday at 3", on("03-10"), { ...on("03-06"), at: "15:00" }],
  ["en", "reschedule my 3pm to 5pm", { at: "15:00" }, { at: "17:00" }],
  ["es", "cambiar mi cita del martes para el viernes a las 10", on("03-10"), { ...on("03-06"), at: "10:00" }],
  ["ar", "نقل موعد الثلاثاء الى الاربعاء", on("03-10"), on("03-11")],
] as const)("tells the old time of a visit from the new one in %s: %s", (language, text, old, wanted) => {
  const { currentTime, ...time } = read(language, text, { isMoving: true });
  expect(time).toEqual(wanted);
  expect(currentTime).toMatchObject(old);
});

test.each([
  ["3", { at: "15:00" }],
  ["1030", { at: "10:30" }],
  ["2 or 3", { anyOf: ["14:00", "15:00"] }],
  ["7", { ambiguousAt: ["07:00", "19:00"] }],
])("takes a number for an hour only when a time was asked for: %s", (text, expected) => {
  expect(read("en", text, { expectsTime: true })).toEqual(expected);
  expect(read("en", text)).toEqual({});
});

test("quotes the words that it read", () => {
  const { time } = resolveTime(normalise("Hi! Could it be Friday, after 4pm please?"), {
    ...HERE,
    dayFirst: false,
    languages: ["en"],
  });
  expect(time?.words).toBe("Friday, after 4pm");
});

test("names no day that is over, except as past, whatever is said", () => {
  const word = fc.constantFrom(
    ..."next last this tuesday friday monday the 3rd march 15 at 4 pm tomorrow not or and from to after before week month in two days 3/4 1/1/2020".split(
      " ",
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 9 }), (parts) => {
      const { time } = resolveTime(normalise(parts.join(" ")), { ...HERE, dayFirst: false, languages: ["en"] });
      if (!time?.past) for (const { from } of time?.days ?? []) expect(from >= HERE.today, parts.join(" ")).toBe(true);
    }),
  );
});
