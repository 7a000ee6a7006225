import { daysBetween, weekdayOf } from "@/lib/core/zone";
import type { WallStart } from "./open-hours";
import type { SlotWish } from "./schema";

const NEAR_MINUTES = 60;
/** How far away in time of day an hour of another day counts as near: asked Tuesday at 4, Tuesday at 9 still leads. */
const DAY_COSTS_MINUTES = 480;

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const timesOf = ({ at, anyOf = [], ambiguousAt = [] }: SlotWish) =>
  [...(at === undefined ? [] : [at]), ...anyOf, ...ambiguousAt].map(minutesOf);

const isIn = (day: string, { from, to }: { from: string; to: string | null }) =>
  from <= day && (to === null || day <= to);

/** Whether a day is ruled out altogether; not even the nearest others are offered on it. */
export const isExcluded = ({ exceptDays = [], exceptWeekdays = [] }: SlotWish, day: string): boolean =>
  exceptDays.includes(day) || exceptWeekdays.includes(weekdayOf(day));

export const isWantedDay = (wish: SlotWish, day: string): boolean =>
  !isExcluded(wish, day) &&
  (!wish.days || wish.days.length === 0 || wish.days.some((range) => isIn(day, range))) &&
  (!wish.weekdays || wish.weekdays.length === 0 || wish.weekdays.includes(weekdayOf(day)));

/** Whether an offer is what was asked for. */
export function fits(wish: SlotWish, { day, wall }: WallStart): boolean {
  if (!isWantedDay(wish, day)) return false;
  if (wish.notBefore !== undefined && wall < minutesOf(wish.notBefore)) return false;
  if (wish.notAfter !== undefined && wall >= minutesOf(wish.notAfter)) return false;
  const times = timesOf(wish);
  const slack = wish.approximate ? NEAR_MINUTES : 0;
  return times.length === 0 || times.some((time) => Math.abs(wall - time) <= slack);
}

/**
 * At most `limit` of what fits, in time order: spread over the days asked for and over the hours of the day, the
 * first one among them. "As soon as possible" takes the first ones, "as late as possible" the last of each day.
 */
export function spread<T extends WallStart>(offers: readonly T[], wish: SlotWish, limit: number): T[] {
  if (offers.length <= limit) return [...offers];
  if (wish.earliest) return offers.slice(0, limit);
  const days = byDay(offers);
  if (wish.latest) return lastOfEach(days, limit);
  const times = timesOf(wish);
  if (times.length > 0) return nearest(offers.slice(0, 200), wish, limit);
  const asked = wish.days?.every(({ to }) => to !== null) && wish.days.length > 0 ? days : days.slice(0, limit);
  const chosen = evenly(asked, limit);
  const picked = chosen.flatMap((day, index) => at(day, chosen.length > 1 ? index / (chosen.length - 1) : 0));
  return inOrder(fill(picked, asked.flat(), limit));
}

/** The nearest to what was asked for, where nothing fits: by day first, then by time; apart where that can be. */
export function nearest<T extends WallStart>(offers: readonly T[], wish: SlotWish, limit: number): T[] {
  const ranked = offers
    .filter(({ day }) => !isExcluded(wish, day))
    .map((offer) => ({ offer, distance: distanceOf(wish, offer) }))
    .sort((a, b) => a.distance - b.distance || a.offer.startsAt - b.offer.startsAt)
    .map(({ offer }) => offer);
  const apart: T[] = [];
  for (const offer of ranked) {
    if (apart.length >= limit) break;
    if (apart.every((other) => Math.abs(other.startsAt - offer.startsAt) >= NEAR_MINUTES)) apart.push(offer);
  }
  return inOrder(fill(apart, ranked, limit));
}

function distanceOf(wish: SlotWish, { day, wall }: WallStart): number {
  return daysAway(wish, day) * DAY_COSTS_MINUTES + minutesAway(wish, wall);
}

function daysAway({ days = [], weekdays = [] }: SlotWish, day: string): number {
  const away = days.map(({ from, to }) =>
    day < from ? daysBetween(day, from) : to !== null && day > to ? daysBetween(to, day) : 0,
  );
  const weekdaysAway = weekdays.map((weekday) => {
    const ahead = (weekday - weekdayOf(day) + 7) % 7;
    return Math.min(ahead, 7 - ahead);
  });
  return Math.max(away.length > 0 ? Math.min(...away) : 0, weekdaysAway.length > 0 ? Math.min(...weekdaysAway) : 0);
}

function minutesAway(wish: SlotWish, wall: number): number {
  const times = timesOf(wish);
  const toTime = times.length > 0 ? Math.min(...times.map((time) => Math.abs(wall - time))) : 0;
  const early = wish.notBefore === undefined ? 0 : Math.max(0, minutesOf(wish.notBefore) - wall);
  const late = wish.notAfter === undefined ? 0 : Math.max(0, wall - minutesOf(wish.notAfter));
  return Math.max(toTime, early, late);
}

function byDay<T extends WallStart>(offers: readonly T[]): T[][] {
  const days = new Map<string, T[]>();
  for (const offer of offers) {
    const day = days.get(offer.day);
    if (day) day.push(offer);
    else days.set(offer.day, [offer]);
  }
  return [...days.values()];
}

const lastOfEach = <T extends WallStart>(days: T[][], limit: number): T[] => {
  const latest = days.slice(0, limit).flatMap((day) => day.slice(-1));
  return inOrder(fill(latest, days.slice(0, limit).flat().reverse(), limit));
};

/** `count` of a row, its ends among them; several of the same where the row is shorter. */
function evenly<T>(row: readonly T[], count: number): T[] {
  const [first] = row;
  if (first === undefined) return [];
  return Array.from({ length: count }, (_, index) => {
    const place = count > 1 ? Math.round((index * (row.length - 1)) / (count - 1)) : 0;
    return row[place] ?? first;
  });
}

function at<T>(row: readonly T[], fraction: number): T[] {
  const found = row[Math.round(fraction * (row.length - 1))];
  return found === undefined ? [] : [found];
}

/** What was picked, once each, filled up from the rest in its order. */
function fill<T extends WallStart>(picked: readonly T[], rest: readonly T[], limit: number): T[] {
  const chosen = new Map<number, T>();
  for (const offer of [...picked, ...rest]) {
    if (chosen.size >= limit) break;
    chosen.set(offer.startsAt, offer);
  }
  return [...chosen.values()];
}

const inOrder = <T extends WallStart>(offers: readonly T[]): T[] => offers.toSorted((a, b) => a.startsAt - b.startsAt);
