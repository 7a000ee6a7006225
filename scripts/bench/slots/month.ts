import type { Facts } from "@/lib/scheduling/availability";
import { calendarDays, minuteOn, openSpans, wallStarts, type CalendarDay } from "@/lib/scheduling/open-hours";
import { randomOf } from "@/scripts/guarantees/random";

/** Months with a change of clocks, where the zone has any. */
export const MONTHS = [
  ["America/New_York", "2026-03"],
  ["Europe/Berlin", "2026-03"],
  ["Asia/Riyadh", "2026-03"],
  ["Australia/Lord_Howe", "2026-04"],
  ["Asia/Kathmandu", "2026-03"],
] as const;
export const HOURS = [
  ["08:00", "12:00"],
  ["13:00", "18:00"],
] as const;
export const WORKDAYS = [1, 2, 3, 4, 5, 6];
export const STEP = 15;
export const VISIT = 30;
export const BUFFER_AFTER = 5;

/** A month of a clinic as every contender gets it; instants are minutes since the epoch. */
export interface Month {
  timeZone: string;
  first: string;
  last: string;
  days: readonly CalendarDay[];
  facts: Facts;
  /** The same as sorted numbers, from and to by turns, for whom numbers are all there is. */
  starts: Int32Array;
  open: Int32Array[];
  busy: Int32Array[];
}

export interface OpenSlot {
  startsAt: number;
  providerId: string;
}

/** So many providers with so many half hours taken each, the same ones every time. */
export function makeMonth([timeZone, month]: (typeof MONTHS)[number], providers: number, visits: number): Month {
  const [first, last] = [`${month}-01`, `${month}-30`];
  const days = calendarDays(first, last, timeZone);
  const random = randomOf(visits * 1000 + providers);
  const ids = Array.from({ length: providers }, (_, index) => `provider-${index}`);
  const hours = WORKDAYS.flatMap((weekday) =>
    HOURS.map(([fromTime, toTime]) => ({ weekday, fromTime, toTime, validFrom: null, validTo: null })),
  );
  const halves = days
    .filter(({ weekday }) => WORKDAYS.includes(weekday))
    .flatMap((date) =>
      HOURS.flatMap(([from, to]) => halvesBetween(minuteOn(date, from, timeZone), minuteOn(date, to, timeZone))),
    );
  const taken = ids.map(() => {
    const pool = halves.map((half) => [random.below(1 << 30), half] as const).toSorted((a, b) => a[0] - b[0]);
    return pool.slice(0, visits).map(([, half]) => half).toSorted((a, b) => a - b); // prettier-ignore
  });
  const spans = taken.map((mine) => mine.map((from) => [from, from + VISIT] as const));
  const facts: Facts = {
    timeZone,
    service: {
      ...{ durationMinutes: VISIT, bufferBeforeMinutes: 0, bufferAfterMinutes: BUFFER_AFTER },
      segments: [{ role: "lead", fromMinute: 0, toMinute: VISIT }],
    },
    providers: ids.map((id) => ({ id, kind: "dentist", mayLead: true, hours })),
    ...{ operatoryIds: [], preferredIds: [], exceptions: [] },
    busy: new Map(ids.map((id, index) => [id, spans[index] ?? []])),
    full: new Map(),
  };
  const range = [days[0]?.from ?? 0, days.at(-1)?.to ?? 0] as const;
  const starts = Int32Array.from(wallStarts(days, STEP, range, timeZone), ({ startsAt }) => startsAt);
  const open = facts.providers.map((provider) => Int32Array.from(openSpans(days, provider, [], timeZone).flat()));
  return { timeZone, first, last, days, facts, starts, open, busy: spans.map((mine) => Int32Array.from(mine.flat())) };
}

const halvesBetween = (from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / VISIT) }, (_, index) => from + index * VISIT);
