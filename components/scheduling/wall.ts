/** A moment as the clinic's clock shows it: `day` is `YYYY-MM-DD`, `minutes` count from midnight on that clock. */
export interface Wall {
  day: string;
  minutes: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  clocks.set(timeZone, clock);
  return clock;
}

export function wallOf(instant: string | Date, timeZone: string): Wall {
  const parts = clockOf(timeZone).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((found) => found.type === type)?.value ?? "0";
  return {
    day: `${part("year")}-${part("month")}-${part("day")}`,
    minutes: Number(part("hour")) * 60 + Number(part("minute")),
  };
}

/** `HH:MM` as minutes from midnight; `24:00` is 1440. */
export function minutesOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

export const isDay = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The instant at which the clinic's clock shows this; a time that a clock change skips is the one after it. */
export function instantAt(day: string, minutes: number, timeZone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  const nearer = (at: number) => {
    const wall = wallOf(new Date(at), timeZone);
    return at + wanted - (Date.parse(`${wall.day}T00:00:00Z`) + wall.minutes * 60_000);
  };
  const found = nearer(nearer(wanted));
  return new Date(Math.max(found, nearer(found))); // the two differ in a gap alone
}

/** A day as a moment that reads as that day in UTC, for formatters. */
export const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`);
