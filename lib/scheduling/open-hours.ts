import { addDays, daysBetween, instantOf, wallTimeExists, weekdayOf } from "@/lib/core/zone";
import { minuteOf, subtract, union, type Span } from "./spans";

/**
 * Weekly hours of one provider, wall time in the clinic's zone. ISO weekday; `HH:MM`, the end may be `24:00`.
 *
 * Rows with a first or a last day are a season: on every day that one of a provider's dated rows covers, whatever its
 * weekday, their undated rows are set aside and the dated ones alone count. A weekday that a season has no row for is
 * off while it lasts. Several seasons on one day count together.
 */
export interface WeeklyHours {
  weekday: number;
  fromTime: string;
  toTime: string;
  validFrom: string | null;
  validTo: string | null;
}

/** Closed or extra time on some days; without a provider the whole clinic's, without times the whole day. */
export interface ScheduleException {
  providerId: string | null;
  kind: "closed" | "extra";
  dayFrom: string;
  dayTo: string;
  fromTime: string | null;
  toTime: string | null;
}

/** A calendar day of a zone on the line of minutes: 1440 of them unless a clock change falls into it. */
export interface CalendarDay {
  day: string;
  weekday: number;
  from: number;
  to: number;
}

const known = new Map<string, readonly CalendarDay[]>();
const MOST_KNOWN = 500;

/** The days from `first` to `last`, both included. Remembered: rivals for one day ask the zone database once. */
export function calendarDays(first: string, last: string, timeZone: string): readonly CalendarDay[] {
  const key = `${first} ${last} ${timeZone}`;
  const before = known.get(key);
  if (before) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const days = daysFrom(first, daysBetween(first, last) + 1, timeZone);
  known.set(key, days);
  return days;
}

/**
 * The days that a stretch of minutes touches, and some around them. Found by the days of UTC, from which no zone is two
 * days away: the zone database is not asked.
 */
export const daysAround = (first: number, last: number, timeZone: string): readonly CalendarDay[] =>
  calendarDays(utcDay(first, -2), utcDay(last, 2), timeZone);

const utcDay = (minute: number, days: number) =>
  new Date((Math.floor(minute / 1440) + days) * 86_400_000).toISOString().slice(0, 10);

function daysFrom(first: string, count: number, timeZone: string): CalendarDay[] {
  const days: CalendarDay[] = [];
  let [day, from, weekday] = [first, minuteOf(instantOf(first, "00:00", timeZone)), weekdayOf(first)];
  for (let index = 0; index < count; index++) {
    const next = addDays(day, 1);
    const to = minuteOf(instantOf(next, "00:00", timeZone));
    days.push({ day, weekday, from, to });
    [day, from, weekday] = [next, to, (weekday % 7) + 1];
  }
  return days;
}

const isPlain = ({ from, to }: CalendarDay) => to - from === 1440;
const wallMinutesOf = new Map<string, number>();
/** Remembered: there are few times at which people begin and end. */
function wallMinutes(time: string): number {
  const before = wallMinutesOf.get(time);
  if (before !== undefined) return before;
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  wallMinutesOf.set(time, minutes);
  return minutes;
}
const wallTime = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** A wall time on that day; one that does not exist moves forward, one that occurs twice is the first (domain.md). */
export const minuteOn = (date: CalendarDay, time: string, timeZone: string): number =>
  isPlain(date) ? date.from + wallMinutes(time) : minuteOf(instantOf(date.day, time, timeZone));

/**
 * When a provider can be booked: the weekly hours of the season and extra time, less everything closed. Closing wins,
 * whichever was entered first: a visit in a closed clinic costs more than a slot not offered.
 */
export function openSpans(
  days: readonly CalendarDay[],
  provider: { id: string; hours: readonly WeeklyHours[] },
  exceptions: readonly ScheduleException[],
  timeZone: string,
): readonly Span[] {
  const [open, closed]: [Span[], Span[]] = [[], []];
  const own = exceptions.filter(({ providerId }) => providerId === null || providerId === provider.id);
  const weekly = weeklyHoursBy(provider.hours);
  for (const date of days) {
    for (const hours of weekly(date)) open.push(stretchOf(date, hours, timeZone));
    for (const exception of own)
      if (exception.dayFrom <= date.day && date.day <= exception.dayTo)
        (exception.kind === "closed" ? closed : open).push(stretchOf(date, exception, timeZone));
  }
  return closed.length > 0 ? subtract(union(open), union(closed)) : union(open);
}

/** Between two wall times of a day, and never beyond it: one that does not exist can move forward into the next. */
function stretchOf(
  date: CalendarDay,
  { fromTime, toTime }: { fromTime: string | null; toTime: string | null },
  timeZone: string,
): Span {
  return [
    fromTime === null ? date.from : minuteOn(date, fromTime, timeZone),
    toTime === null ? date.to : Math.min(date.to, minuteOn(date, toTime, timeZone)),
  ];
}

/** The rows that count on a day: those of its season, where there is one, else the undated ones; by their start. */
export function weeklyHoursBy<T extends WeeklyHours>(
  hours: readonly T[],
): (date: Pick<CalendarDay, "day" | "weekday">) => readonly T[] {
  const isDated = ({ validFrom, validTo }: T) => validFrom !== null || validTo !== null;
  const [dated, undated] = [hours.filter(isDated), hours.filter((row) => !isDated(row))];
  const usual = Array.from({ length: 8 }, (_, weekday) => onWeekday(undated, weekday));
  if (dated.length === 0) return ({ weekday }) => usual[weekday] ?? [];
  return ({ day, weekday }) => {
    const season = dated.filter((row) => isValidOn(row, day));
    return season.length > 0 ? onWeekday(season, weekday) : (usual[weekday] ?? []);
  };
}

const onWeekday = <T extends WeeklyHours>(rows: readonly T[], weekday: number): T[] =>
  rows
    .filter((row) => row.weekday === weekday)
    .sort((a, b) => Number(a.fromTime > b.fromTime) - Number(a.fromTime < b.fromTime));

const isValidOn = ({ validFrom, validTo }: WeeklyHours, day: string) =>
  (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);

/** A start that may be offered: its minute since the epoch, its day and its wall time in minutes since midnight. */
export interface WallStart {
  startsAt: number;
  day: string;
  wall: number;
}

const minutesOf = new WeakMap<readonly WallStart[], readonly number[]>();
/** The starts as minutes; remembered with them. */
export function minutesIn(starts: readonly WallStart[]): readonly number[] {
  const minutes = minutesOf.get(starts) ?? starts.map(({ startsAt }) => startsAt);
  minutesOf.set(starts, minutes);
  return minutes;
}

const grids = new WeakMap<readonly CalendarDay[], Map<string, readonly WallStart[]>>();

/**
 * Every start that may be offered: multiples of the step on the wall clock, in `from` ≤ start < `to`. A wall time
 * that does not exist is never one; one that occurs twice is offered once, the first time. Remembered with its days.
 */
export function wallStarts(
  days: readonly CalendarDay[],
  stepMinutes: number,
  [from, to]: Span,
  timeZone: string,
): readonly WallStart[] {
  const known = grids.get(days) ?? new Map<string, readonly WallStart[]>();
  const key = `${stepMinutes} ${timeZone}`;
  const grid = known.get(key) ?? days.flatMap((date) => startsOn(date, stepMinutes, timeZone));
  grids.set(days, known.set(key, grid));
  const [first, end] = [firstFrom(grid, from), firstFrom(grid, to)];
  return first === 0 && end === grid.length ? grid : grid.slice(first, end);
}

/** The place of the first start that is not before a minute. */
function firstFrom(grid: readonly WallStart[], minute: number): number {
  let [low, high] = [0, grid.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((grid[middle]?.startsAt ?? Infinity) < minute) low = middle + 1;
    else high = middle;
  }
  return low;
}

function startsOn(date: CalendarDay, stepMinutes: number, timeZone: string): WallStart[] {
  const starts: WallStart[] = [];
  for (let wall = 0; wall < 1440; wall += stepMinutes) {
    const startsAt = startOn(date, wall, timeZone);
    if (startsAt !== undefined) starts.push({ startsAt, day: date.day, wall });
  }
  return starts;
}

function startOn(date: CalendarDay, wall: number, timeZone: string): number | undefined {
  if (isPlain(date)) return date.from + wall;
  const time = wallTime(wall);
  return wallTimeExists(date.day, time, timeZone) ? minuteOn(date, time, timeZone) : undefined;
}
