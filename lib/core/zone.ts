import { Temporal } from "temporal-polyfill";

/**
 * Wall-clock arithmetic in IANA zones. A wall time that does not exist moves forward and one that occurs
 * twice means the first (domain.md): Temporal's "compatible" disambiguation is that rule.
 */

/** The instant of a wall time; `day` is `YYYY-MM-DD`, `time` is `HH:MM`. `24:00` is the next day's midnight. */
export function instantOf(day: string, time: string, timeZone: string): Date {
  if (time === "24:00") return instantOf(addDays(day, 1), "00:00", timeZone);
  const wall = Temporal.PlainDateTime.from(`${day}T${time}`);
  return new Date(wall.toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds);
}

/** Whether a wall time exists on that day in that zone; false inside a spring-forward gap. */
export function wallTimeExists(day: string, time: string, timeZone: string): boolean {
  const at = instantOf(day, time, timeZone);
  return dayIn(at, timeZone) === day && timeIn(at, timeZone) === time;
}

const zoned = (instant: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
export const dayIn = (instant: Date, timeZone: string): string => zoned(instant, timeZone).toPlainDate().toString();

/** The wall time of an instant in a zone, `HH:MM`. */
export const timeIn = (instant: Date, timeZone: string): string =>
  zoned(instant, timeZone).toPlainTime().toString({ smallestUnit: "minute" });

/** ISO weekday of a day: Monday 1 … Sunday 7. */
export const weekdayOf = (day: string): number => Temporal.PlainDate.from(day).dayOfWeek;

export const addDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString();

/** The same day of a later month, or that month's last day. */
export const addMonths = (day: string, months: number): string =>
  Temporal.PlainDate.from(day).add({ months }).toString();

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" }).days;

/** Start and end instants of a calendar day in a zone: 23, 24 or 25 hours apart (or by half hours). */
export function dayBounds(day: string, timeZone: string): { start: Date; end: Date } {
  return { start: instantOf(day, "00:00", timeZone), end: instantOf(addDays(day, 1), "00:00", timeZone) };
}

export function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
