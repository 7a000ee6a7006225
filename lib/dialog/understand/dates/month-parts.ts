import { addDays, weekdayOf } from "@/lib/core/zone";
import type { Language } from "@/lib/dialog/schema";
import { ARABIC_MONTH, arabicMonth, W as AW, WEEKDAYS as ARABIC_WEEKDAYS } from "./ar-words";
import { on, type AtomValue, type TimeRule } from "./atoms";
import { aDay, aSpan, monthFrom, monthNamed, mondayOf, nextDayOfMonth, weekAround, dateNamed } from "./calendar";
import { M, MONTHS, ORDINALS, W, WEEKDAYS } from "./en-words";
import { DATES, M as SM, MONTHS as SPANISH_MONTHS, W as SW, WEEKDAYS as SPANISH_WEEKDAYS } from "./es";
import { named, numberOf } from "./numbers";

/** Weeks, weekdays and last days inside a month, in three languages. */

interface Month {
  readonly first: string;
  readonly last: string;
}

/** The month meant: by its name, this one, or the one after it. Null when it is over. */
function monthOf(today: string, month: number | undefined, isNext: boolean): Month | null {
  const value = month === undefined ? aSpan(monthFrom(today, isNext ? 1 : 0)) : monthNamed(today, month);
  if (value.kind !== "span" || value.range.to === null) return null;
  return { first: `${value.range.to.slice(0, 8)}01`, last: value.range.to };
}
const notOver = (today: string, day: string): AtomValue | null => (day >= today ? aDay(day) : null);

/** The n-th of a weekday in a month, -1 for the last; null where the month has none or it is over. */
export function nthWeekday(today: string, n: number, weekday: number, month: Month | null): AtomValue | null {
  if (!month) return null;
  if (n === -1) return notOver(today, addDays(month.last, -((weekdayOf(month.last) - weekday + 7) % 7)));
  const day = addDays(month.first, ((weekday - weekdayOf(month.first) + 7) % 7) + (n - 1) * 7);
  return day <= month.last ? notOver(today, day) : null;
}

/** The n-th week of a month, -1 for the last: a week is the month's that has its Thursday (ISO 8601), its days there. */
export function nthWeek(today: string, n: number, month: Month | null): AtomValue | null {
  if (!month) return null;
  const hasThursday = (monday: string) => addDays(monday, 3).slice(0, 7) === month.first.slice(0, 7);
  const [start, end] = [mondayOf(month.first), mondayOf(month.last)];
  const from =
    n === -1 ? (hasThursday(end) ? end : addDays(end, -7)) : addDays(start, (hasThursday(start) ? n - 1 : n) * 7);
  if (!hasThursday(from)) return null;
  const [earliest, sunday] = [[month.first, today].sort().at(-1) ?? today, addDays(from, 6)];
  const to = sunday < month.last ? sunday : month.last;
  return to < today ? null : aSpan({ from: from < earliest ? earliest : from, to });
}

/** The n-th day of a month from its end: 1 is the last. */
const nthLastDay = (today: string, n: number, month: Month | null): AtomValue | null =>
  month && n >= 1 && n <= 28 ? notOver(today, addDays(month.last, 1 - n)) : null;

function weekOf(value: AtomValue | null): AtomValue | null {
  return value?.kind === "days" && value.ranges[0] ? aSpan(weekAround(value.ranges[0].from)) : null;
}
function weekOfDay(today: string, day: number): AtomValue | null {
  const found = nextDayOfMonth(today, day);
  return found === null ? null : aSpan(weekAround(found));
}

const PLACE = "(first|second|third|fourth|last|[1-4](?= (?:st|nd|rd|th)))(?: (?:st|nd|rd|th))?";
const placeOf = (word: string | undefined) => (word === "last" ? -1 : (numberOf(word, ORDINALS) ?? 1));
const ENGLISH_MONTH = `(?:(${M})|(?:(next)|the|this) month)`;
const english = (today: string, month: string | undefined, next: string | undefined) =>
  monthOf(today, MONTHS.of(month), next !== undefined);

const ENGLISH: readonly TimeRule[] = [
  on(`(?:on )?(?:the )?${PLACE} (${W}) (?:of|in) ${ENGLISH_MONTH}`, ([n, w, m, next], { today }) =>
    nthWeekday(today, placeOf(n), WEEKDAYS.of(w) ?? 1, english(today, m, next)),
  ),
  on(`(?:in |during )?(?:the )?${PLACE} week (?:of|in) ${ENGLISH_MONTH}`, ([n, m, next], { today }) =>
    nthWeek(today, placeOf(n), english(today, m, next)),
  ),
  on(
    `(?:on )?(?:the )?(?:(${ORDINALS.any}|\\d{1,2}(?= (?:st|nd|rd|th)))(?: (?:st|nd|rd|th))? (?:to )?)?last day (?:of|in) ${ENGLISH_MONTH}`,
    ([n, m, next], { today }) => nthLastDay(today, numberOf(n, ORDINALS) ?? 1, english(today, m, next)),
  ),
  on(
    `(?:the )?week (?:of|starting|beginning|commencing)(?: on)? (?:the )?(${M}) (?:the )?(\\d{1,2}|${ORDINALS.any})(?: (?:st|nd|rd|th))?`,
    ([m, d], { today }) => weekOf(dateNamed(today, MONTHS.of(m) ?? 0, numberOf(d, ORDINALS) ?? 0)),
  ),
  on(
    `(?:the )?week (?:of|starting|beginning|commencing)(?: on)? (?:the )?(\\d{1,2})(?: (?:st|nd|rd|th))?`,
    ([d], { today }) => weekOfDay(today, Number(d)),
  ),
];

const SPANISH_PLACE = "(primera?|segund[oa]|tercera?|cuart[oa]|ultim[oa]|[1-4](?= [oa\\u00ba]))(?: [oa\\u00ba])?";
const SPANISH_PLACES = named("primer:1,primera:1,segundo:2,segunda:2,tercer:3,tercera:3,cuarto:4,cuarta:4");
const spanishPlace = (word: string | undefined) =>
  word?.startsWith("ultim") ? -1 : (numberOf(word, SPANISH_PLACES) ?? 1);
const SPANISH_MONTH = `(?:de|del mes de) (?:(${SM})|(?:este )mes)|del (proximo )?mes(?: (que viene|proximo|siguiente))?`;
const spanish = (today: string, [month, next, after]: readonly (string | undefined)[]) =>
  monthOf(today, SPANISH_MONTHS.of(month), (next ?? after) !== undefined);
const SD = `(\\d{1,2}|${DATES.any})(?: [o\\u00ba])?`;

const SPANISH: readonly TimeRule[] = [
  on(`(?:el )?${SPANISH_PLACE} (${SW}) (?:${SPANISH_MONTH})`, ([n, w, ...month], { today }) =>
    nthWeekday(today, spanishPlace(n), SPANISH_WEEKDAYS.of(w) ?? 1, spanish(today, month)),
  ),
  on(`(?:en |durante )?(?:la )?${SPANISH_PLACE} semana (?:${SPANISH_MONTH})`, ([n, ...month], { today }) =>
    nthWeek(today, spanishPlace(n), spanish(today, month)),
  ),
  on(`(?:el )?ultimo dia (?:${SPANISH_MONTH})`, (month, { today }) => nthLastDay(today, 1, spanish(today, month))),
  on(
    `(?:en |para |durante )?(?:la )?semana (?:del?|que (?:inicia|empieza|comienza)(?: el| del)?)(?: dia)? ${SD}(?: de (${SM}))?`,
    ([d, m], { today }) => {
      const day = numberOf(d, DATES) ?? 0;
      return m === undefined ? weekOfDay(today, day) : weekOf(dateNamed(today, SPANISH_MONTHS.of(m) ?? 0, day));
    },
  ),
];

const ARABIC_PLACES = named("اول:1,الاول:1,ثاني:2,تاني:2,الثاني:2,ثالث:3,تالت:3,الثالث:3,رابع:4,الرابع:4");
const ARABIC_PLACE = `(${ARABIC_PLACES.any}|اخر|الاخير)`;
const arabicPlace = (word: string | undefined) => ARABIC_PLACES.of(word) ?? -1;

const ARABIC: readonly TimeRule[] = [
  on(`(?:في )?${ARABIC_PLACE} (?:يوم )?(?:ال)?(${AW}) (?:من |في |ب)?${ARABIC_MONTH}`, ([n, w, ...month], { today }) =>
    nthWeekday(today, arabicPlace(n), ARABIC_WEEKDAYS.of(w) ?? 1, monthOf(today, arabicMonth(month), false)),
  ),
  on(
    `(?:في |خلال )?(?:الاسبوع ${ARABIC_PLACE}|${ARABIC_PLACE} اسبوع) (?:من |في |ب)?${ARABIC_MONTH}`,
    ([n, n2, ...month], { today }) => nthWeek(today, arabicPlace(n ?? n2), monthOf(today, arabicMonth(month), false)),
  ),
  on(`(?:في )?(?:اخر يوم|اليوم الاخير) (?:من |في |ب)?${ARABIC_MONTH}`, (month, { today }) =>
    nthLastDay(today, 1, monthOf(today, arabicMonth(month), false)),
  ),
];

export const MONTH_PARTS: Record<Language, readonly TimeRule[]> = { en: ENGLISH, es: SPANISH, ar: ARABIC };
