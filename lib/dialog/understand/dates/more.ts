import { addDays } from "@/lib/core/zone";
import type { Language } from "@/lib/dialog/schema";
import { ARABIC_MONTH, arabicMonth, MONTHS as ARABIC_MONTHS } from "./ar-words";
import { clock, daypart, on, op, type AtomValue, type TimeRule } from "./atoms";
import { aDay, aSpan, dateNamed, minutesAhead, monthFrom, monthNamed, weekFrom, weekdayAs } from "./calendar";
import { COUNT, DATES_SPELT, H, HOURS, M, MINUTES_SPELT, MONTHS, N, ORDINALS, W, WEEKDAYS } from "./en-words";
import { DATES, M as SPANISH_M, MONTHS as SPANISH_MONTHS, W as SPANISH_W } from "./es";
import { named, numberOf } from "./numbers";

/** Spans inside a month, days counted by weekdays, and the clock by its quarters: what the first rules leave out. */

/** "The 4th to the 6th of May": both days in the month to come; null when no calendar has them. */
function daysOfMonth(
  today: string,
  month: number | undefined,
  first: number,
  last: number,
  year?: string,
): AtomValue | null {
  const from = dateNamed(today, month ?? 0, first, year === undefined ? undefined : Number(year));
  const to = dateNamed(today, month ?? 0, last, year === undefined ? undefined : Number(year));
  const [start, end] = [from, to].map((one) => (one?.kind === "days" ? one.ranges[0]?.from : undefined));
  return start !== undefined && end !== undefined && start <= end ? aSpan({ from: start, to: end }) : null;
}
const ofThisMonth = (today: string, day: number): AtomValue | null =>
  dateNamed(today, Number(today.slice(5, 7)), day, Number(today.slice(0, 4)));

/** The n-th such weekday from today on. */
const weekdaysAhead = (today: string, n: number, weekday: number | undefined): AtomValue =>
  aDay(addDays(weekdayAs(today, weekday ?? 1, "coming"), (n - 1) * 7));

const D = `(?:the )?(\\d{1,2}|${ORDINALS.any})(?: (?:st|nd|rd|th))?`;
const TO = "(?:to|through|thru|till|til|until|and|-)";
const YEAR = "(?: (?:of )?(\\d{4}))?";
const ordinal = (word: string | undefined) => numberOf(word, ORDINALS) ?? 0;

/** The clock read out: "three oh five", "thirty-six minutes past eight", "two twenty p.m.". */
const SPOKEN_CLOCKS: readonly TimeRule[] = [
  on(`(?:at )?(${HOURS.any}) (?:oh|o) (${HOURS.any})(?: (am|pm))?`, ([h, m, half]) =>
    clock(HOURS.of(h) ?? "", HOURS.of(m), half),
  ),
  on(`at (${HOURS.any}) (${MINUTES_SPELT.any})(?: (am|pm))?`, ([h, m, half]) =>
    clock(HOURS.of(h) ?? "", MINUTES_SPELT.of(m), half),
  ),
  on(`(${HOURS.any}) (${MINUTES_SPELT.any}) (am|pm)`, ([h, m, half]) =>
    clock(HOURS.of(h) ?? "", MINUTES_SPELT.of(m), half),
  ),
  on(`(?:at )?(${MINUTES_SPELT.any}|\\d{1,2}) (?:minutes )?(past|to) (${H})`, ([m, side, h]) => {
    const [minutes, hour] = [numberOf(m, MINUTES_SPELT) ?? 0, numberOf(h, HOURS) ?? 0];
    if (side === "past") return clock(hour, minutes);
    return minutes > 12 || m?.includes(" ") ? clock(hour === 1 ? 12 : hour - 1, 60 - minutes) : null;
  }),
];

const ENGLISH: readonly TimeRule[] = [
  on(`(?:from |between )?${D} ${TO} ${D} (?:of )?(${M})${YEAR}`, ([a, b, m, y], { today }) =>
    daysOfMonth(today, MONTHS.of(m), ordinal(a), ordinal(b), y),
  ),
  on(`(?:from |between )?(${M}) ${D} ${TO} ${D}(?! (?:am|pm))${YEAR}`, ([m, a, b, y], { today }) =>
    daysOfMonth(today, MONTHS.of(m), ordinal(a), ordinal(b), y),
  ),
  on(`(?:on )?${D} of (?:this|the current) month`, ([d], { today }) => ofThisMonth(today, ordinal(d))),
  on(`(${N}) (${W})s? from (?:now|today)`, ([n, w], { today }) =>
    weekdaysAhead(today, numberOf(n, COUNT) ?? 1, WEEKDAYS.of(w)),
  ),
  on(`(?:the )?(${W}) after next`, ([w], { today }) =>
    aDay(addDays(weekdayAs(today, WEEKDAYS.of(w) ?? 1, "coming"), 7)),
  ),
  on(`(?:for )?(?:a )?quarter (?:past|after) (?:noon|midday)`, clock(12, 15, "24") ?? op("or")),
  on(`(?:a )?quarter (?:to|till|before|of) (?:noon|midday)`, clock(11, 45, "24") ?? op("or")),
  on("half past (?:noon|midday)", clock(12, 30, "24") ?? op("or")),
  on("(?:at )?(?:a )?quarter (?:past|after) (\\d{1,2}) (am|pm)", ([h, half]) => clock(h ?? "", 15, half)),
  on("(?:at )?(?:half past|half) (\\d{1,2}) (am|pm)", ([h, half]) => clock(h ?? "", 30, half)),
  on("(?:at )?mid day", clock(12, 0, "24") ?? op("or")),
  on("(\\d{1,2}) in the (am|pm)", ([h, half]) => clock(h ?? "", 0, half)),
  on("at (\\d{1,2}) h ([0-5]\\d)", ([h, m]) => clock(h ?? "", m, "24")),
  on("(\\d{1,2}) h ([0-5]\\d)", ([h, m]) => clock(h ?? "", m, "24")),
  on(`in (${N}) (h|hrs?|mins?)`, ([n, unit], { today, now }) =>
    minutesAhead(today, now, (numberOf(n, COUNT) ?? 0) * (unit?.startsWith("h") ? 60 : 1)),
  ),
  on(`(${N}) (minutes?|mins?|hours?|hrs?) (?:later|hence)`, ([n, unit], { today, now }) =>
    minutesAhead(today, now, (numberOf(n, COUNT) ?? 0) * (unit?.startsWith("h") ? 60 : 1)),
  ),
  on(`(${N}) (days?|weeks?) hence`, ([n, unit], { today }) =>
    aDay(addDays(today, (numberOf(n, COUNT) ?? 0) * (unit?.startsWith("w") ? 7 : 1))),
  ),
  on(`(?:in |over |during )?(?:the )?(?:next (${N})|(${N}) next) (days?|weeks?)`, ([a, b, unit], { today }) =>
    daysToCome(today, numberOf(a ?? b, COUNT) ?? 1, unit?.startsWith("w") ? 7 : 1),
  ),
  on("all week(?: long)?|any time this week", (_, { today }) => aSpan(weekFrom(today, 0))),
  on("(?<!(?:by|before) (?:the )?)(?:the )?(?:eom|end of (?:the )?month)", (_, { today }) =>
    lastDays(monthFrom(today, 0)),
  ),
  on("untill", op("until")),
  on("(?:between|from) (?:right )?now (?:and|until|till|to)", op("until")),
  on(`(?:the )?following (${W})`, ([w], { today }) => aDay(weekdayAs(today, WEEKDAYS.of(w) ?? 1, "following"))),
  on(`(?<= (?:${W}) )the (${ORDINALS.any})`, ([d]) => ({ kind: "dayOfMonth", day: ordinal(d) })),
  on(`(?:on )?(${M}) (?:the )?(${DATES_SPELT.any})${YEAR}`, ([m, d, y], { today }) =>
    dateNamed(today, MONTHS.of(m) ?? 0, DATES_SPELT.of(d) ?? 0, y === undefined ? undefined : Number(y)),
  ),
  on(`(?:on )?(${M}) ${D} of (\\d{4})`, ([m, d, y], { today }) =>
    dateNamed(today, MONTHS.of(m) ?? 0, ordinal(d), Number(y)),
  ),
  on("(?:one|1|some) (morning|afternoon|evening)(?! at )", ([part]) =>
    daypart(part === "morning" || part === "afternoon" ? part : "evening"),
  ),
  on("(?:in |during )?(?:the )?(?:late )?(morning|afternoon|evening) ?ish", ([part]) =>
    daypart(part === "morning" || part === "afternoon" ? part : "evening"),
  ),
  on("(?:the )?(?:next|following) (morning|afternoon|evening|night)", ([part]) =>
    daypart(part === "morning" || part === "afternoon" ? part : "evening", "tomorrow"),
  ),
  on("tomorrows", (_, { today }) => aDay(addDays(today, 1))),
  on(`(?:by|before) (?:the )?(?:eow|end of (?:the |this )?week)`, (_, { today }) => aSpan(weekFrom(today, 0))),
  on(`(?:by|before) (?:the )?(?:eoy|end of (?:the |this )?year)`, (_, { today }) =>
    aSpan({ from: today, to: `${today.slice(0, 4)}-12-31` }),
  ),
  on(`(?:by|before) (?:the )?(?:eom|end of (?:the |this )?month)`, (_, { today }) => aSpan(monthFrom(today, 0))),
  ...SPOKEN_CLOCKS,
  on("(?<= (?:tomorrow|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday) )(am|pm)", ([half]) =>
    daypart(half === "am" ? "morning" : "afternoon"),
  ),
  on("(?:for|not|as of) now|now (?:i|can|could|that|what|lets)|(?:all|everything) for (?:now|today)", {
    kind: "nothing",
  }),
  on("christmas(?: day)?|xmas(?: day)?", (_, { today }) => dateNamed(today, 12, 25)),
  on("christmas eve|xmas eve", (_, { today }) => dateNamed(today, 12, 24)),
  on("(?:next )?new years? day|new year", (_, { today }) => dateNamed(today, 1, 1)),
  on("new years? eve", (_, { today }) => dateNamed(today, 12, 31)),
  on("valentines?(?: day)?", (_, { today }) => dateNamed(today, 2, 14)),
  on("halloween", (_, { today }) => dateNamed(today, 10, 31)),
];

const daysToCome = (today: string, n: number, each: number): AtomValue =>
  aSpan({ from: addDays(today, 1), to: addDays(today, Math.min(n * each, 180)) });

/** The last third of a month, from the 21st. */
const lastDays = ({ from, to }: { from: string; to: string | null }): AtomValue | null =>
  to === null ? null : aSpan({ from: from > `${to.slice(0, 8)}21` ? from : `${to.slice(0, 8)}21`, to });

const SD = `(\\d{1,2}|${DATES.any})(?: [o\\u00ba])?`;
const spanishDay = (word: string | undefined) => (word === "segundo" ? 2 : (numberOf(word, DATES) ?? 0));

const SPANISH: readonly TimeRule[] = [
  on(
    `(?:del?|desde el|entre el|el)? ?${SD} (?:al?|hasta el|y el|-) ${SD} (?:de |del )?(${SPANISH_M})(?: (?:de |del )?(\\d{4}))?`,
    ([a, b, m, y], { today }) => daysOfMonth(today, SPANISH_MONTHS.of(m), spanishDay(a), spanishDay(b), y),
  ),
  on(`(${SPANISH_M}) (\\d{1,2}) (?:al?|-) (\\d{1,2})`, ([m, a, b], { today }) =>
    daysOfMonth(today, SPANISH_MONTHS.of(m), Number(a), Number(b)),
  ),
  on(`(?:el )?segundo de (${SPANISH_M})`, ([m], { today }) => dateNamed(today, SPANISH_MONTHS.of(m) ?? 0, 2)),
  on(`(?:el )?(?:${SPANISH_W}) ${SD} (?:de |del )?(${SPANISH_M})(?: (?:de |del )?(\\d{4}))?`, ([d, m, y], { today }) =>
    dateNamed(today, SPANISH_MONTHS.of(m) ?? 0, spanishDay(d), y === undefined ? undefined : Number(y)),
  ),
  on("(?:en |dentro de )(\\d{1,3}) (mins?|minut[oe]s?|h|hs|hrs?|horas?|hours)", ([n, unit], { today, now }) =>
    minutesAhead(today, now, Number(n) * (unit?.startsWith("h") ? 60 : 1)),
  ),
  on("(\\d{1,3}) (minutos?|horas?) (?:despues|mas tarde|a partir de ahora)", ([n, unit], { today, now }) =>
    minutesAhead(today, now, Number(n) * (unit?.startsWith("h") ? 60 : 1)),
  ),
  on("(\\d{1,2}|un|dos|tres|cuatro|cinco) dias? (?:a partir de|despues de|desde) hoy", ([n], { today }) =>
    aDay(addDays(today, numberOf(n, COUNTS) ?? 1)),
  ),
  on(
    "(?:en |durante )?(?:los |las )?(?:proxim[oa]s (\\d{1,2}|dos|tres|cuatro|cinco)|(\\d{1,2}|dos|tres|cuatro|cinco) (?:siguientes|proxim[oa]s)) (dias|semanas)|(?:los |las )?(\\d{1,2}|dos|tres|cuatro|cinco) (dias|semanas) (?:siguientes|proxim[oa]s|que vienen)",
    ([a, b, unit, c, unit2], { today }) =>
      daysToCome(today, numberOf(a ?? b ?? c, COUNTS) ?? 1, (unit ?? unit2)?.startsWith("s") ? 7 : 1),
  ),
  on("(?:el |al )?dia siguiente", (_, { today }) => aDay(addDays(today, 1))),
  on(`(?:el )?(\\d{1,2}) del (1[0-2]|0?[1-9])(?: (?:de |del )?(\\d{4}))?`, ([d, m, y], { today }) =>
    dateNamed(today, Number(m), Number(d), y === undefined ? undefined : Number(y)),
  ),
  on("(?:entre|desde) ahora (?:y|hasta|a)", op("until")),
  on("proximas semana", (_, { today }) => aSpan(weekFrom(today, 1))),
  on("(?:la |en |dia de )*navidad", (_, { today }) => dateNamed(today, 12, 25)),
  on("nochebuena", (_, { today }) => dateNamed(today, 12, 24)),
  on("(?:el |dia de )*ano nuevo", (_, { today }) => dateNamed(today, 1, 1)),
  on("nochevieja|fin de ano", (_, { today }) => dateNamed(today, 12, 31)),
];
const COUNTS = named("un:1,uno:1,dos:2,tres:3,cuatro:4,cinco:5");

const ARABIC_ORDINALS = named(
  "الاول:1,الاولى:1,اول:1,الثاني:2,ثاني:2,الثالث:3,ثالث:3,الرابع:4,رابع:4,الخامس:5,خامس:5,السادس:6,السابع:7,الثامن:8,التاسع:9,العاشر:10,الحادي عشر:11,الثاني عشر:12,الثالث عشر:13,الثالث عشرة:13,الرابع عشر:14,الخامس عشر:15,السادس عشر:16,السابع عشر:17,الثامن عشر:18,التاسع عشر:19,العشرين:20,العشرون:20,الحادي والعشرين:21,الثاني والعشرين:22,الثالث والعشرين:23,الرابع والعشرين:24,الخامس والعشرين:25,السادس والعشرين:26,السابع والعشرين:27,الثامن والعشرين:28,التاسع والعشرين:29,الثلاثين:30,الحادي والثلاثين:31",
);
const AM = ARABIC_MONTHS.any;
const AO = ARABIC_ORDINALS.any;
const arabicDay = (word: string | undefined) => numberOf(word, ARABIC_ORDINALS) ?? 0;
const WEEKDAY_BEFORE = "(?:(?:ال)?(?:اثنين|اتنين|ثلاثاء|اربعاء|خميس|جمعة|سبت|احد) (?:الموافق )?)?";

const ARABIC: readonly TimeRule[] = [
  on(
    `(?:في |يوم |اليوم )?${WEEKDAY_BEFORE}(${AO}) (?:يوم )?(?:من |في |ب)${ARABIC_MONTH}(?: (\\d{4}))?`,
    ([d, m, n, y], { today }) =>
      dateNamed(today, arabicMonth([m, n]), arabicDay(d), y === undefined ? undefined : Number(y)),
  ),
  on(`(?:في |يوم )?${WEEKDAY_BEFORE}(${AO}|\\d{1,2}) من (?:هذا الشهر|الشهر الحالي|الشهر الجاري)`, ([d], { today }) =>
    ofThisMonth(today, arabicDay(d)),
  ),
  on(
    `(?:من )?(?:يوم )?(\\d{1,2}) (?:الى|إلى|لغاية|حتى|ل|-) (\\d{1,2}) (?:من )?(?:شهر )?(${AM})`,
    ([a, b, m], { today }) => daysOfMonth(today, ARABIC_MONTHS.of(m), Number(a), Number(b)),
  ),
  on(`(${AM}) (\\d{1,2}) (?:الى|إلى|حتى|-) (\\d{1,2})`, ([m, a, b], { today }) =>
    daysOfMonth(today, ARABIC_MONTHS.of(m), Number(a), Number(b)),
  ),
  on(`(?:في |ب)?(?:اوائل|أوائل|بداية|مطلع|اول) (?:شهر )?(${AM})`, ([m], { today }) => thirdOf(today, m, 1, 10)),
  on(`(?:في |ب)?(?:اواسط|منتصف|وسط|نص) (?:شهر )?(${AM})`, ([m], { today }) => thirdOf(today, m, 11, 20)),
  on(`(?:في |ب)?(?:اواخر|أواخر|نهاية|اخر) (?:شهر )?(${AM})`, ([m], { today }) => thirdOf(today, m, 21, 31)),
  on("من (?:الان|الحين|هلا|دلوقتي) (?:الى|حتى|لحد|لغاية|ل)", op("until")),
  on("(?:ليلة|مساء) (?:الغد|غد|بكرة)", daypart("evening", "tomorrow")),
  on("(?:في|بعد) (\\d{1,3}) (دقائق|دقايق|دقيقة|ساعات|ساعة)", ([n, unit], { today, now }) =>
    minutesAhead(today, now, Number(n) * (unit?.startsWith("ساع") ? 60 : 1)),
  ),
];

function thirdOf(today: string, month: string | undefined, first: number, last: number): AtomValue | null {
  const whole = monthNamed(today, ARABIC_MONTHS.of(month) ?? 1);
  if (whole.kind !== "span" || whole.range.to === null) return null;
  const { to } = whole.range;
  const end = `${to.slice(0, 8)}${String(last).padStart(2, "0")}`;
  return aSpan({ from: `${to.slice(0, 8)}${String(first).padStart(2, "0")}`, to: end < to ? end : to });
}

export const MORE_TIME: Record<Language, readonly TimeRule[]> = { en: ENGLISH, es: SPANISH, ar: ARABIC };
