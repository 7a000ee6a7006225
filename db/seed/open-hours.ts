import { addDays, weekdayOf } from "@/lib/core/zone";
import type { Blueprint, ExceptionPlan } from "./blueprint";
import { isInRamadan } from "./ramadan";

/** Minutes of a day, wall time, half-open. */
export type Span = readonly [from: number, to: number];
export interface DatedException extends ExceptionPlan {
  dayFrom: string;
  dayTo: string;
}

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Around today: as far as visits are planned. */
const REACH_DAYS = 42;

/**
 * The blueprint's exceptions and holidays with their days. A demo that is started on a day off would open on an empty
 * day, so the clinic then works that day.
 */
export function exceptionsFrom(blueprint: Blueprint, today: string): DatedException[] {
  const dated = blueprint.exceptions.map((plan) => {
    let dayFrom = addDays(today, plan.fromDay);
    while (plan.weekday && weekdayOf(dayFrom) !== plan.weekday) dayFrom = addDays(dayFrom, 1);
    return { ...plan, dayFrom, dayTo: addDays(dayFrom, (plan.toDay ?? plan.fromDay) - plan.fromDay) };
  });
  const isHoliday = ([monthDay]: readonly [string, string], day: string) => day.slice(5) === monthDay;
  const around = Array.from({ length: 2 * REACH_DAYS + 1 }, (_, index) => addDays(today, index - REACH_DAYS));
  const holidays = blueprint.holidays.flatMap((holiday) =>
    around
      .filter((day) => isHoliday(holiday, day) && day !== today)
      .map((day): DatedException => ({ kind: "closed", fromDay: 0, dayFrom: day, dayTo: day, reason: holiday[1] })),
  );
  const isDayOff = blueprint.clinic.weekend?.includes(weekdayOf(today)) ?? false;
  const extra = (provider: string): DatedException => ({
    provider,
    kind: "extra",
    fromDay: 0,
    dayFrom: today,
    dayTo: today,
    times: ["09:00", "17:00"],
    reason: blueprint.clinic.defaultLocale === "ar" ? "يوم مفتوح" : "Open day",
  });
  return [...dated, ...holidays, ...(isDayOff ? blueprint.providers.map(({ key }) => extra(key)) : [])];
}

/** When a provider works on a day: the season's or the weekly hours, with extra hours, without time off. */
export function spansOf(blueprint: Blueprint, exceptions: readonly DatedException[], provider: string, day: string): Span[] {
  const usual = blueprint.providers.find(({ key }) => key === provider)?.hours[weekdayOf(day)] ?? [];
  const weekly = blueprint.ramadan && usual.length > 0 && isInRamadan(day) ? blueprint.ramadan : usual;
  const today = exceptions.filter(
    (one) => one.dayFrom <= day && day <= one.dayTo && (one.provider === undefined || one.provider === provider),
  );
  const asSpan = ([from, to]: readonly [string, string]): Span => [minutesOf(from), minutesOf(to)];
  const extra = today.filter(({ kind }) => kind === "extra").map(({ times }) => asSpan(times ?? ["09:00", "17:00"]));
  const closed = today.filter(({ kind }) => kind === "closed").map(({ times }) => asSpan(times ?? ["00:00", "24:00"]));
  return closed.reduce<Span[]>(without, merged([...weekly.map(asSpan), ...extra]));
}

function merged(spans: Span[]): Span[] {
  const joined: Span[] = [];
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], to)];
    else joined.push([from, to]);
  }
  return joined;
}

const without = (spans: Span[], [from, to]: Span): Span[] =>
  spans.flatMap(([start, end]) =>
    [[start, Math.min(end, from)] as const, [Math.max(start, to), end] as const].filter(([a, b]) => a < b),
  );
