import { Temporal } from "temporal-polyfill";
import { addDays, weekdayOf } from "@/lib/core/zone";
import { fold } from "@/lib/dialog/understand/fold";
import type { DayRange, TimeConstraint } from "@/lib/dialog/schema";
import { NO_TIME, type Grain, type Moment, type SpokenTime } from "./line";

export interface Now {
  /** `YYYY-MM-DD` and `HH:MM` of the clinic's zone. */
  readonly today: string;
  readonly now: string;
}

/** The time that a message speaks of, as one moment or span, from the constraint that it puts on a visit. */
export function spokenTime(time: TimeConstraint | undefined, now: Now): SpokenTime {
  if (!time) return NO_TIME;
  const range = dayOf(time, now);
  const starts = startsOf(time);
  if (starts.length > 0) return lastingFor(time.lastsMinutes, atHours(starts, range, time, now));
  if (time.notBefore !== undefined || time.notAfter !== undefined) return withHalves(time, range, now);
  if (!range) return NO_TIME;
  if (NOW_SAID.test(fold(time.words)) && range.from === now.today) {
    return { type: "instant", from: `${now.today}T${now.now}`, to: null, grain: "minute" };
  }
  if (DEADLINE.test(fold(time.words)) && range.from === now.today && range.to !== null)
    return { type: "interval", from: `${range.from}T${now.now}`, to: `${range.to}T23:59:59`, grain: "second" };
  return ofDays(isWeeksAhead(time.words, range) ? sameWeekday(range, now.today) : range);
}

/** "By the end of the month": from now until that day is over. */
const DEADLINE = /^(?:by|within|before the end|خلال|قبل نهاي|antes de(?:l| que)? (?:fin|termin))/;
const NOW_SAID = /^(?:(?:right )?now|ahora(?: mismo)?|ahorita|الان|الحين|دلوقتي)$/;
const WEEKS_AHEAD =
  /^(?:(?:in|after|en|dentro de) .*(?:weeks?|fortnights?|semanas?)|.* (?:weeks?|fortnight) (?:from now|from today|later|out)|بعد .*(?:اسبوع|اسبوعين|اسابيع))/;

/** "In two weeks": the search is loose about the day, the words name the one fourteen days from now. */
const isWeeksAhead = (words: string, { from, to }: DayRange): boolean =>
  WEEKS_AHEAD.test(fold(words)) && weekdayOf(from) === 1 && addDays(from, 6) === to;
function sameWeekday({ from }: DayRange, today: string): DayRange {
  const day = addDays(from, weekdayOf(today) - 1);
  return { from: day, to: day };
}

const dayOf = ({ days, weekdays }: TimeConstraint, { today }: Now): DayRange | undefined => {
  const [first] = [...(days ?? [])].sort((a, b) => (a.from < b.from ? -1 : 1));
  const weekday = weekdays?.map((one) => (one - weekdayOf(first?.from ?? today) + 7) % 7).sort((a, b) => a - b)[0];
  if (weekday === undefined) return first;
  const day = addDays(first?.from ?? today, first ? weekday : weekday || 7);
  return { from: day, to: day };
};

/** The starts named: an hour that the words leave to either half of the day comes as both. */
function startsOf({ at, anyOf, ambiguousAt, daypart, words }: TimeConstraint): readonly string[] {
  if (ambiguousAt) return ambiguousAt;
  if (at === undefined) return anyOf ?? [];
  return isHalfOpen(words) && daypart === undefined && at !== "12:00" && at !== "00:00" ? halvesOf(at) : [at];
}

const HALF_SAID =
  /[ap] ?\.? ?m|\b(?:morning|afternoon|evening|night|noon|midday|midnight|tonite|tonight|lunch|manana|mediodia|medianoche|tarde|noche|madrugada|horas|h|hrs|military|o clock in)\b|صبح|صباح|ظهر|عصر|مسا|ليل|ضحي|فجر|عشا|مغرب|ضهر|\b(?:1[3-9]|2[0-4]|0\d):?|\d{4}h|\b(?:in|after|dentro de|en)\b \w+ (?:hours?|minutes?|mins?|horas?|minutos?)|بعد|خلال|\bnow\b|\bahora\b|الان|حالا/;
const isHalfOpen = (words: string): boolean => !HALF_SAID.test(fold(words));

const otherHalf = (at: string): string =>
  `${String((Number(at.slice(0, 2)) + 12) % 24).padStart(2, "0")}${at.slice(2)}`;
const halvesOf = (at: string): string[] => [at, otherHalf(at)].sort();

const hourGrain = (at: string): Grain => (at.endsWith(":00") ? "hour" : "minute");

function atHours(
  starts: readonly string[],
  range: DayRange | undefined,
  { ambiguousAt, at }: TimeConstraint,
  now: Now,
): SpokenTime {
  const moments = starts
    .map((start): Moment => ({
      type: "instant",
      from: `${dayFor(start, range, now)}T${start}`,
      to: null,
      grain: hourGrain(start),
    }))
    .sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1));
  const ahead = moments.find(({ from }) => (from ?? "") > `${now.today}T${now.now}`) ?? moments[0];
  if (!ahead) return NO_TIME;
  if (moments.length === 1) return ahead;
  return { ...ahead, type: ambiguousAt && at === undefined && range ? "ask" : "instant", readings: moments };
}

/** The day of a bare clock time: the next on which it is still to come. */
const dayFor = (start: string, range: DayRange | undefined, { today, now }: Now): string =>
  range?.from ?? (start > now ? today : addDays(today, 1));

/** "At 4 for half an hour": from the hour to its end. */
function lastingFor(minutes: number | undefined, time: SpokenTime): SpokenTime {
  if (minutes === undefined || time.from === null || time.readings) return time;
  const to = Temporal.PlainDateTime.from(time.from).add({ minutes }).toString({ smallestUnit: "minute" });
  return { type: "interval", from: time.from, to, grain: "minute" };
}

/** "From 3 to 4": the clinic's hours say which half of the day is meant, the words leave it open. */
function withHalves(time: TimeConstraint, range: DayRange | undefined, now: Now): SpokenTime {
  const said = window(time, range, now);
  const { notBefore, notAfter, daypart, words } = time;
  if (notBefore === undefined || notAfter === undefined || daypart !== undefined || !isHalfOpen(words)) return said;
  const [from, to] = [otherHalf(notBefore), otherHalf(notAfter)];
  return { ...said, readings: [said, window({ ...time, notBefore: from, notAfter: to }, range, now)] };
}

function window({ notBefore, notAfter }: TimeConstraint, range: DayRange | undefined, now: Now): SpokenTime {
  const isOver = notAfter !== undefined && notAfter <= now.now && (notBefore ?? "") < notAfter;
  const from = range?.from ?? (isOver ? addDays(now.today, 1) : now.today);
  const lastDay = range ? (range.to ?? range.from) : from;
  const isOvernight = notBefore !== undefined && notAfter !== undefined && notAfter < notBefore;
  return {
    type: "interval",
    from: notBefore === undefined ? (range ? null : `${now.today}T${now.now}`) : `${from}T${notBefore}`,
    to: notAfter === undefined ? null : `${isOvernight ? addDays(lastDay, 1) : lastDay}T${notAfter}`,
    grain: [notBefore, notAfter].every((edge) => edge === undefined || edge.endsWith(":00")) ? "hour" : "minute",
  };
}

function ofDays({ from, to }: DayRange): SpokenTime {
  if (from === to) return { type: "instant", from, to: null, grain: "day" };
  return { type: "interval", from, to, grain: to === null ? "day" : grainOf(from, to) };
}

function grainOf(from: string, to: string): Grain {
  if (weekdayOf(from) === 1 && addDays(from, 6) === to) return "week";
  const isWholeMonth = from.endsWith("-01") && from.slice(0, 7) === to.slice(0, 7) && addDays(to, 1).endsWith("-01");
  if (isWholeMonth) return "month";
  return from.endsWith("-01-01") && to === `${from.slice(0, 4)}-12-31` ? "year" : "day";
}
