import { Temporal } from "temporal-polyfill";
import { addDays, weekdayOf } from "@/lib/core/zone";
import type { DayRange } from "@/lib/dialog/schema";
import type { AtomValue, WhichWeekday } from "./atoms";

/** Days as people name them, resolved against today; all are `YYYY-MM-DD` in the clinic's zone. Weeks start on Monday. */

export const single = (day: string): DayRange => ({ from: day, to: day });
export const aDay = (day: string, past = false): AtomValue => ({
  kind: "days",
  ranges: [single(day)],
  ...(past && { past }),
});
export const aSpan = (range: DayRange, past = false): AtomValue => ({ kind: "span", range, ...(past && { past }) });

export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day));

/** The week `weeks` from this one; this week begins today. */
export function weekFrom(today: string, weeks: number): DayRange {
  const monday = addDays(mondayOf(today), weeks * 7);
  return { from: weeks === 0 ? today : monday, to: addDays(monday, 6) };
}

/** The week that a day lies in. */
export const weekAround = (day: string): DayRange => ({ from: mondayOf(day), to: addDays(mondayOf(day), 6) });

/** The month `months` from this one; this month begins today. */
export function monthFrom(today: string, months: number): DayRange {
  const first = Temporal.PlainDate.from(today).with({ day: 1 }).add({ months });
  return { from: months === 0 ? today : first.toString(), to: lastOf(first) };
}

const lastOf = (date: Temporal.PlainDate) => date.with({ day: date.daysInMonth }).toString();

/** A month by name: the one that runs, else the next to come; a year said settles it. */
export function monthNamed(today: string, month: number, year?: number): AtomValue {
  const now = Temporal.PlainDate.from(today);
  const first = Temporal.PlainDate.from({ year: year ?? now.year + (month < now.month ? 1 : 0), month, day: 1 });
  const last = lastOf(first);
  return aSpan({ from: first.toString() < today && last >= today ? today : first.toString(), to: last }, last < today);
}

/** A part of a span: its first, middle or last third. */
export function thirdOf(range: DayRange, third: "early" | "mid" | "late"): DayRange {
  if (range.to === null) return range;
  const length = Temporal.PlainDate.from(range.from).until(range.to).days;
  const step = Math.floor(length / 3);
  if (third === "early") return { from: range.from, to: addDays(range.from, step) };
  if (third === "late") return { from: addDays(range.to, -step), to: range.to };
  return { from: addDays(range.from, step), to: addDays(range.to, -step) };
}

/** A date by month and day: the next to come, unless a year is said; null when no calendar has it. */
export function dateNamed(today: string, month: number, day: number, year?: number): AtomValue | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const thisYear = Number(today.slice(0, 4));
  if (year !== undefined) {
    const full = year < 100 ? 2000 + year : year;
    const named = dayOf(full, month, day);
    return named === null ? null : aDay(named, named < today);
  }
  for (let ahead = 0; ahead <= 4; ahead += 1) {
    const named = dayOf(thisYear + ahead, month, day);
    if (named !== null && named >= today) return aDay(named);
  }
  return null;
}

function dayOf(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2200) return null;
  if (day > Temporal.PlainYearMonth.from({ year, month }).daysInMonth) return null;
  return Temporal.PlainDate.from({ year, month, day }).toString();
}

/** "The 3rd": the next month that has it, today or later; on a weekday where one was said. */
export function nextDayOfMonth(today: string, day: number, weekday?: number): string | null {
  if (day < 1 || day > 31) return null;
  const start = Temporal.PlainDate.from(today).toPlainYearMonth();
  for (let ahead = 0; ahead <= 12; ahead += 1) {
    const month = start.add({ months: ahead });
    if (day > month.daysInMonth) continue;
    const named = month.toPlainDate({ day }).toString();
    if (named >= today && (weekday === undefined || weekdayOf(named) === weekday)) return named;
  }
  return null;
}

/**
 * A weekday as a day. A bare one is the next to come and never today, which people call "today"; "next Tuesday" is the
 * one of next week; "this Tuesday" may be today.
 */
export function weekdayAs(today: string, weekday: number, which: WhichWeekday): string {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  if (which === "this") return addDays(today, ahead);
  if (which === "nextWeek") return addDays(mondayOf(today), 7 + weekday - 1);
  if (which === "following") return addDays(today, (ahead || 7) + 7);
  if (which === "afterNext") return addDays(mondayOf(today), 14 + weekday - 1);
  if (which === "last") return addDays(today, ahead - 7);
  return addDays(today, ahead || 7);
}

/** Saturday and Sunday of the week `weeks` from this one; Friday and Saturday where those are the weekend. */
export function weekend(today: string, weeks: number, startsOn: 5 | 6 = 6): DayRange {
  const first = addDays(mondayOf(today), startsOn - 1 + weeks * 7);
  const last = addDays(first, 1);
  if (last < today) return weekend(today, weeks + 1, startsOn);
  return { from: first < today ? today : first, to: last };
}

/** Days, weeks or months from now. Weeks and months are loose in speech: the week around the day. */
export function ahead(today: string, n: number, unit: "day" | "week" | "month"): AtomValue | null {
  if (n < 0 || n > 400) return null;
  if (unit === "day") return aDay(addDays(today, n));
  const day = Temporal.PlainDate.from(today).add(unit === "week" ? { weeks: n } : { months: n });
  return aSpan(weekAround(day.toString()));
}

/** A moment some minutes from now. */
export function minutesAhead(today: string, now: string, minutes: number): AtomValue | null {
  if (minutes < 0 || minutes > 10_080) return null;
  const at = Temporal.PlainDateTime.from(`${today}T${now}`).add({ minutes });
  return {
    kind: "moment",
    day: at.toPlainDate().toString(),
    time: at.toPlainTime().toString({ smallestUnit: "minute" }),
  };
}
