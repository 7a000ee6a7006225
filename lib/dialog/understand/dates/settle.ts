import { addDays, daysBetween, weekdayOf } from "@/lib/core/zone";
import type { DayRange, TimeConstraint } from "@/lib/dialog/schema";
import type { Part, Place } from "./atoms";
import { nextDayOfMonth, single, weekdayAs } from "./calendar";
import { edge, readings, span } from "./clock";
import type { Draft } from "./draft";
import { PARTS } from "./atoms";

type Settled = Omit<TimeConstraint, "words">;

/** Settles a draft: weekdays become days, hours get their half of the day, parts of the day their hours. */
export function settle(draft: Draft, place: Place): Settled {
  const days = settleDays(draft, place.today);
  return {
    ...days,
    ...settleHours(draft, place, days.days),
    ...(draft.exceptWeekdays.length > 0 && { exceptWeekdays: unique(draft.exceptWeekdays) }),
    ...exceptDays(draft, place.today),
    ...(draft.minutes !== null && { lastsMinutes: draft.minutes }),
    ...(draft.approximate && { approximate: true }),
    ...(draft.earliest && { earliest: true }),
    ...(draft.latest && { latest: true }),
    ...(draft.relative && { relative: draft.relative }),
    ...(draft.past && { past: true }),
    ...(draft.hijri && { hijri: true }),
  };
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

function exceptDays(draft: Draft, today: string): Pick<Settled, "exceptDays"> {
  const weekday = draft.weekdays[0]?.weekday;
  const named = draft.exceptMonthDays.flatMap((day) => {
    const soon = nextDayOfMonth(today, day, weekday);
    return (soon && daysBetween(today, soon) <= 60 ? soon : nextDayOfMonth(today, day)) ?? [];
  });
  const days = unique([...draft.exceptDays, ...named]);
  return days.length > 0 ? { exceptDays: days } : {};
}

function settleDays(draft: Draft, today: string): Pick<Settled, "days" | "weekdays"> {
  const within = draft.spans[0];
  const isWeek = within?.to != null && daysBetween(within.from, within.to) <= 7;
  const loose = draft.weekdays.filter(({ which, edge: at }) => which === "any" && !at).map(({ weekday }) => weekday);
  const fixed = draft.weekdays.filter(({ which, edge: at }) => which !== "any" || at);
  const ranges: DayRange[] = [...draft.dates, ...draft.bounds.flatMap((bound) => fromToday(bound, today))];
  const repeated = [...loose];
  const hasDate = ranges.length > 0 && draft.bounds.length === 0;

  for (const { weekday, which, edge: at } of fixed) {
    if (within && !isWeek && !at) repeated.push(weekday);
    else if (!isNamedByDate(draft, ranges, weekday, hasDate, today)) {
      const day =
        isWeek && (which === "coming" || which === "this") ? inWeek(within, weekday) : weekdayAs(today, weekday, which);
      ranges.push(...(at ? fromToday(bounded(day, at, today), today) : [single(day)]));
    }
  }
  for (const day of draft.monthDays) ranges.push(...monthDay(draft, day, within, today));
  const days = narrowed(ranges, draft.spans);
  return {
    ...(days.length > 0 && { days: mergeSame(days) }),
    ...(repeated.length > 0 && { weekdays: unique(repeated).sort() }),
  };
}

const fromToday = (bound: DayRange, today: string): DayRange[] =>
  bound.to !== null && bound.to < today ? [] : [{ from: bound.from < today ? today : bound.from, to: bound.to }];

/** "Tuesday the 3rd", "Tuesday, March 3": the date says it all. */
function isNamedByDate(
  draft: Draft,
  ranges: readonly DayRange[],
  weekday: number,
  hasDate: boolean,
  today: string,
): boolean {
  if (draft.monthDays.some((day) => nextDayOfMonth(today, day, weekday) !== null)) return true;
  return hasDate && ranges.some(({ from, to }) => from === to && weekdayOf(from) === weekday);
}

function monthDay(draft: Draft, day: number, within: DayRange | undefined, today: string): DayRange[] {
  if (within) {
    const inSpan = nextDayOfMonth(within.from, day);
    if (inSpan && within.to !== null && inSpan <= within.to) return [single(inSpan)];
  }
  const weekday = draft.weekdays.find(({ which }) => which !== "any")?.weekday;
  const named = (weekday === undefined ? null : nextDayOfMonth(today, day, weekday)) ?? nextDayOfMonth(today, day);
  return named ? [single(named)] : [];
}

const inWeek = (week: DayRange, weekday: number): string =>
  addDays(week.from, (weekday - weekdayOf(week.from) + 7) % 7);

function bounded(day: string, at: "after" | "from" | "until" | "before", today: string): DayRange {
  if (at === "after") return { from: addDays(day, 1), to: null };
  if (at === "from") return { from: day, to: null };
  return { from: today, to: at === "until" ? day : addDays(day, -1) };
}

/** Spans stand alone, or narrow the open ranges said beside them ("next week, after Wednesday"). */
function narrowed(ranges: readonly DayRange[], spans: readonly DayRange[]): DayRange[] {
  if (ranges.length === 0) return [...spans];
  const span = spans[0];
  if (!span) return [...ranges];
  return ranges.map((range) => {
    if (range.from === range.to) return range;
    const from = range.from > span.from ? range.from : span.from;
    const to = range.to === null || (span.to !== null && span.to < range.to) ? span.to : range.to;
    return to !== null && to < from ? range : { from, to };
  });
}

const mergeSame = (ranges: readonly DayRange[]): DayRange[] =>
  ranges.filter((range, index) => ranges.findIndex(({ from, to }) => from === range.from && to === range.to) === index);

type Hours = Pick<Settled, "at" | "anyOf" | "ambiguousAt" | "notBefore" | "notAfter" | "daypart">;

function settleHours(draft: Draft, place: Place, days: readonly DayRange[] | undefined): Hours {
  const parts = draft.parts.filter((part) => part !== PARTS.work && part !== PARTS.school);
  const hint = parts[0];
  const window = windowOf(draft, parts, hint);
  if (draft.clocks.length === 0 && draft.times.length === 0) return window;
  const isToday = days?.length === 1 && days[0]?.from === place.today && days[0].to === place.today;
  const choices = draft.clocks.map((clock) =>
    stillAhead(readings(clock, hint), isToday && clock.half === null && hint?.name !== "morning", place.now),
  );
  const starts = unique([...draft.times, ...choices.flatMap((times) => (times.length === 1 ? times : []))]);
  const open = choices.find((times) => times.length > 1);
  const edges = draft.hours.between || draft.hours.notBefore || draft.hours.notAfter ? pickEdges(window) : {};
  if (open && starts.length === 0) return { ...edges, ambiguousAt: open };
  return {
    ...edges,
    ...(starts.length === 1 ? { at: starts[0] } : { anyOf: starts }),
    ...(hint && { daypart: hint.name }),
  };
}

const pickEdges = ({ notBefore, notAfter }: Hours): Hours => ({
  ...(notBefore && { notBefore }),
  ...(notAfter && { notAfter }),
});

/** Today, the reading that is over isn't meant, nor is a morning hour once it has gone by. */
function stillAhead(times: readonly string[], isToday: boolean, now: string): string[] {
  if (!isToday) return [...times];
  const ahead = times.filter((time) => time > now);
  if (ahead.length > 0) return ahead;
  const [hour, rest] = [Number(times[0]?.slice(0, 2)), times[0]?.slice(2) ?? ""];
  const evening = `${hour + 12}${rest}`;
  return hour < 12 && hour > 0 && evening > now ? [evening] : [...times];
}

function windowOf(draft: Draft, parts: readonly Part[], hint: Part | undefined): Hours {
  const { between, notBefore, notAfter } = draft.hours;
  const said = between
    ? span(between[0], between[1], hint)
    : {
        ...(notBefore && { notBefore: typeof notBefore === "string" ? notBefore : edge(notBefore, hint) }),
        ...(notAfter && { notAfter: typeof notAfter === "string" ? notAfter : edge(notAfter, hint) }),
      };
  if (!hint) return said;
  // "6 to 8 in the morning": the part of the day says which half the hours are in, and cuts nothing off them.
  if (between) return { ...said, daypart: hint.name };
  const from = parts.map((part) => part.from).sort()[0] ?? hint.from;
  const to =
    parts
      .map((part) => part.to)
      .sort()
      .at(-1) ?? hint.to;
  const start = said.notBefore && said.notBefore > from ? said.notBefore : from;
  const end = said.notAfter && said.notAfter < to ? said.notAfter : to;
  if (start >= end) return said;
  return {
    notBefore: start,
    notAfter: end,
    ...(unique(parts.map(({ name }) => name)).length === 1 && { daypart: hint.name }),
  };
}
