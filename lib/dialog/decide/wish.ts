import { dayIn, timeIn, weekdayOf } from "@/lib/core/zone";
import type { TimeConstraint } from "../schema";

const DAY_FIELDS = ["days", "weekdays", "exceptDays", "exceptWeekdays", "hijri"] as const;
const TIME_FIELDS = [
  "at",
  "anyOf",
  "ambiguousAt",
  "notBefore",
  "notAfter",
  "daypart",
  "approximate",
  "latest",
] as const;

export const namesDay = (wish: TimeConstraint): boolean =>
  Boolean(wish.days?.length || wish.weekdays?.length || wish.exceptDays?.length || wish.exceptWeekdays?.length);
export const namesTime = (wish: TimeConstraint): boolean =>
  Boolean(wish.at || wish.anyOf?.length || wish.ambiguousAt?.length || wish.notBefore || wish.notAfter || wish.latest);

/** Whether it narrows anything; "as soon as possible" and "something later" on their own don't. */
export const isNarrowing = (wish: TimeConstraint): boolean => namesDay(wish) || namesTime(wish);

/**
 * A wish after one more message: a new day keeps the hours asked for before, new hours keep the day, and what is
 * named again replaces what was. "As soon as possible" alone forgets both.
 */
export function mergeWish(before: TimeConstraint | null, next: TimeConstraint): TimeConstraint {
  if (!before || (next.earliest && !isNarrowing(next))) return next;
  if (!isNarrowing(next)) return { ...before, words: next.words, relative: next.relative };
  const keep = [...(namesDay(next) ? [] : DAY_FIELDS), ...(namesTime(next) ? [] : TIME_FIELDS)];
  const kept = Object.fromEntries(
    keep.flatMap((field) => (before[field] === undefined ? [] : [[field, before[field]]])),
  );
  return { ...kept, ...next };
}

/** After a no to a time: the day may still do, the hours don't. */
export function daysOnly(wish: TimeConstraint | null): TimeConstraint | null {
  if (!wish || !namesDay(wish)) return null;
  const { days, weekdays, exceptDays, exceptWeekdays, words } = wish;
  return { days, weekdays, exceptDays, exceptWeekdays, words };
}

const inSpan = (time: string, { notBefore, notAfter }: TimeConstraint) =>
  (!notBefore || time >= notBefore) && (!notAfter || time < notAfter);

/** Whether a start is what was asked for: all that is present holds at once. */
export function fitsWish(startsAt: string, wish: TimeConstraint, timeZone: string): boolean {
  const [day, time] = [dayIn(new Date(startsAt), timeZone), timeIn(new Date(startsAt), timeZone)];
  const weekday = weekdayOf(day);
  if (wish.days?.length && !wish.days.some(({ from, to }) => day >= from && (to === null || day <= to))) return false;
  if (wish.weekdays?.length && !wish.weekdays.includes(weekday)) return false;
  if (wish.exceptDays?.includes(day) || wish.exceptWeekdays?.includes(weekday)) return false;
  const exact = [wish.at, ...(wish.anyOf ?? []), ...(wish.ambiguousAt ?? [])].filter((at) => at !== undefined);
  if (exact.length > 0 && !wish.approximate) return exact.includes(time);
  return inSpan(time, wish);
}
