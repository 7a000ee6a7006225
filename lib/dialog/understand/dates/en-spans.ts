import { addDays, weekdayOf } from "@/lib/core/zone";
import { clock, daypart, on, type AtomValue, type TimeRule } from "./atoms";
import {
  aDay,
  aSpan,
  minutesAhead,
  monthFrom,
  monthNamed,
  nextDayOfMonth,
  weekAround,
  weekFrom,
  weekdayAs,
} from "./calendar";
import { COUNT, HOURS, M, MONTHS, N, ORDINALS, W, WEEKDAYS } from "./en-words";
import { numberOf } from "./numbers";

/** The less common English ways: "the last Friday of March", "two weeks from Monday", "before the end of the month". */

const weeksFrom = (today: string, weeks: number, from: string | undefined): AtomValue => {
  const weekday = WEEKDAYS.of(from);
  const start =
    from === "tomorrow" ? addDays(today, 1) : weekday === undefined ? today : weekdayAs(today, weekday, "coming");
  return aDay(addDays(start, weeks * 7));
};

/** The n-th of a weekday in a month, -1 for the last; null where the month has none or it is over. */
function nthWeekday(today: string, n: number, weekday: number, month: number | undefined): AtomValue | null {
  const value = month === undefined ? aSpan(monthFrom(today, 1)) : monthNamed(today, month);
  if (value.kind !== "span" || value.range.to === null) return null;
  const { to } = value.range;
  const first = `${to.slice(0, 8)}01`;
  if (n === -1) return notOver(today, addDays(to, -((weekdayOf(to) - weekday + 7) % 7)));
  const day = addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7);
  return day <= to ? notOver(today, day) : null;
}
const notOver = (today: string, day: string): AtomValue | null => (day >= today ? aDay(day) : null);

function weekOfMonth(today: string, n: number, month: string | undefined): AtomValue | null {
  const value = month === undefined ? aSpan(monthFrom(today, 1)) : monthNamed(today, MONTHS.of(month) ?? 1);
  if (value.kind !== "span" || value.range.to === null) return null;
  const { to } = value.range;
  const from = n === -1 ? addDays(to, -6) : addDays(`${to.slice(0, 8)}01`, (n - 1) * 7);
  const end = n === -1 ? to : addDays(from, 6);
  return end < today ? null : aSpan({ from: from < today ? today : from, to: end });
}

const placeOf = (word: string | undefined) => (word === "last" ? -1 : (numberOf(word, ORDINALS) ?? 1));
const PLACE = "(first|second|third|fourth|last|[1-4](?= (?:st|nd|rd|th)))(?: (?:st|nd|rd|th))?";

function weekOfDay(today: string, day: number): AtomValue | null {
  const named = nextDayOfMonth(today, day);
  return named === null ? null : aSpan(weekAround(named));
}

export const ENGLISH_SPANS: readonly TimeRule[] = [
  on("half an hour from now|in a half hour", (_, { today, now }) => minutesAhead(today, now, 30)),
  on(`(${N}) weeks? from (tomorrow|${W})`, ([n, from], { today }) => weeksFrom(today, numberOf(n, COUNT) ?? 1, from)),
  on("(?:in )?a fortnight(?: from (?:now|today))?", (_, { today }) => aSpan(weekAround(addDays(today, 14)))),
  on(`(?:on )?(?:the )?${PLACE} (${W}) (?:of|in) (?:(${M})|next month)`, ([n, w, m], { today }) =>
    nthWeekday(today, placeOf(n), WEEKDAYS.of(w) ?? 1, MONTHS.of(m)),
  ),
  on(`(?:in )?(?:the )?${PLACE} week (?:of|in) (?:(${M})|next month)`, ([n, m], { today }) =>
    weekOfMonth(today, placeOf(n), m),
  ),
  on("(?:the )?week of (?:the )?(\\d{1,2})(?: (?:st|nd|rd|th))?", ([d], { today }) => weekOfDay(today, Number(d))),
  on("(?:before|by) (?:the )?end of (?:the|this) week", (_, { today }) => aSpan(weekFrom(today, 0))),
  on("(?:before|by) (?:the )?end of next week", (_, { today }) => aSpan({ from: today, to: weekFrom(today, 1).to })),
  on("(?:before|by) (?:the )?end of (?:the|this) month", (_, { today }) => aSpan(monthFrom(today, 0))),
  on(`early(?= (?:tomorrow|today|on (?:${W})|${W})(?= ))`, daypart("earlyMorning")),
  on(`late(?= (?:tomorrow|today|on (?:${W})|${W})(?= ))`, daypart("lateAfternoon")),
  on(`(?:at )?(\\d{1,2}|${HOURS.any}) ish`, ([h]) => clock(numberOf(h, HOURS) ?? "")),
];
