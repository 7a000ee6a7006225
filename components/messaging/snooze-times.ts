import { addDays, instantAt, wallOf } from "@/components/scheduling/wall";

const MORNING = 9 * 60;
const HOUR_MS = 3_600_000;
const LATER_HOURS = 3;
const LAST_LATER_MINUTE = 20 * 60;

export const PRESETS = ["later", "tomorrow", "nextWeek", "inAWeek"] as const;
export type Preset = (typeof PRESETS)[number];

/** When a snoozed thread may come back, by the clinic's clock: the mornings at nine. Late in the day there is no later. */
export function snoozeTimes(now: Date, timeZone: string): { preset: Preset; at: Date }[] {
  const { day } = wallOf(now, timeZone);
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  const later = new Date(Math.ceil((now.getTime() + LATER_HOURS * HOUR_MS) / (HOUR_MS / 2)) * (HOUR_MS / 2));
  const laterWall = wallOf(later, timeZone);
  const isToday = laterWall.day === day && laterWall.minutes <= LAST_LATER_MINUTE;
  const morning = (days: number) => instantAt(addDays(day, days), MORNING, timeZone);
  const toMonday = (8 - weekday) % 7 || 7;
  return [
    ...(isToday ? [{ preset: "later" as const, at: later }] : []),
    { preset: "tomorrow", at: morning(1) },
    ...(toMonday > 1 ? [{ preset: "nextWeek" as const, at: morning(toMonday) }] : []),
    ...(toMonday === 7 ? [] : [{ preset: "inAWeek" as const, at: morning(7) }]),
  ];
}
