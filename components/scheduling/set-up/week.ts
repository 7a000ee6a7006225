import { minutesOf } from "../wall";

/** A span of a day as it is typed: an end of `00:00` is the day's end. */
export interface Span {
  from: string;
  to: string;
}
export interface HoursRow {
  weekday: number;
  from_time: string;
  to_time: string;
}
/** Spans by ISO weekday. */
export type Week = Readonly<Record<number, readonly Span[]>>;

const END = "24:00";
const MIDNIGHT = "00:00";

export const weekdaysFrom = (weekStart: number): number[] =>
  Array.from({ length: 7 }, (_, index) => ((weekStart - 1 + index) % 7) + 1);

export function weekOf(rows: readonly HoursRow[]): Week {
  const spans = (weekday: number) =>
    rows
      .filter((row) => row.weekday === weekday)
      .map((row) => ({ from: row.from_time, to: row.to_time === END ? MIDNIGHT : row.to_time }))
      .sort((a, b) => a.from.localeCompare(b.from));
  return Object.fromEntries(weekdaysFrom(1).map((weekday) => [weekday, spans(weekday)]));
}

const endOf = (to: string) => (to === MIDNIGHT ? END : to);

export const rowsOf = (week: Week): HoursRow[] =>
  weekdaysFrom(1).flatMap((weekday) =>
    [...(week[weekday] ?? [])]
      .sort((a, b) => a.from.localeCompare(b.from))
      .map(({ from, to }) => ({ weekday, from_time: from, to_time: endOf(to) })),
  );

export const isSameWeek = (a: Week, b: Week): boolean => JSON.stringify(rowsOf(a)) === JSON.stringify(rowsOf(b));

export type Problem = "incomplete" | "backward" | "overlap";

/** What is wrong with a day's spans; a week with a problem is not saved. */
export function problemOf(spans: readonly Span[]): Problem | undefined {
  if (spans.some(({ from, to }) => !from || !to)) return "incomplete";
  if (spans.some(({ from, to }) => from >= endOf(to))) return "backward";
  const sorted = [...spans].sort((a, b) => a.from.localeCompare(b.from));
  const isOverlap = sorted.some(({ from }, index) => index > 0 && from < endOf(sorted[index - 1]?.to ?? from));
  return isOverlap ? "overlap" : undefined;
}

export const isSound = (week: Week): boolean =>
  weekdaysFrom(1).every((day) => problemOf(week[day] ?? []) === undefined);

const timeAt = (minutes: number) =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** One more span: an hour after the last, until five or for an hour; on an empty day nine to five. */
export function withSpan(spans: readonly Span[]): readonly Span[] {
  const last = spans.at(-1);
  if (!last) return [{ from: "09:00", to: "17:00" }];
  const from = Math.min(minutesOf(endOf(last.to)) + 60, 23 * 60);
  return [
    ...spans,
    { from: timeAt(from), to: timeAt(Math.max(Math.min(from + 60, 1440), from < 17 * 60 ? 17 * 60 : 0)) },
  ];
}

/** Switching a day on gives it the hours of the nearest day before it that has some. */
export function withDayOn(week: Week, weekday: number): Week {
  const before = weekdaysFrom(weekday)
    .reverse()
    .map((day) => week[day] ?? [])
    .find((spans) => spans.length > 0);
  return { ...week, [weekday]: before ?? withSpan([]) };
}

export const copied = (week: Week, from: number, to: readonly number[]): Week => ({
  ...week,
  ...Object.fromEntries(to.map((weekday) => [weekday, week[from] ?? []])),
});

/** Minutes that a week adds up to. */
export const minutesIn = (week: Week): number =>
  rowsOf(week).reduce((sum, row) => sum + Math.max(0, minutesOf(row.to_time) - minutesOf(row.from_time)), 0);
