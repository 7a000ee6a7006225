import { Temporal } from "temporal-polyfill";
import { dayIn } from "@/lib/core/zone";
import type { Language } from "../schema";
import type { ClinicFact } from "../decide/facts";

/** How days and times are written to a patient: in the clinic's zone, the Gregorian calendar, the clinic's digits. */
export interface Writing {
  readonly language: Language;
  readonly timeZone: string;
  readonly digits: ClinicFact["digits"];
}

const LOCALE = { en: "en-US", es: "es", ar: "ar" } as const satisfies Record<Language, string>;

const formats = new Map<string, Intl.DateTimeFormat>();

function format({ language, timeZone, digits }: Writing, options: Intl.DateTimeFormatOptions, at: Date): string {
  const numbers = language === "ar" ? digits : "latn";
  const key = JSON.stringify([language, timeZone, numbers, options]);
  const made =
    formats.get(key) ??
    new Intl.DateTimeFormat(`${LOCALE[language]}-u-ca-gregory-nu-${numbers}`, { timeZone, ...options });
  formats.set(key, made);
  // Engines put narrow and non-breaking spaces here, which a text message pays for in Unicode segments.
  return made
    .format(at)
    .replace(/[\u00a0\u202f\u2009]/g, " ")
    .replace(/[\u200e\u200f\u061c]/g, "");
}

/** "Tuesday, March 3", "martes 3 de marzo", "الثلاثاء 3 مارس". */
export function dayOf(writing: Writing, at: Date): string {
  const day = format(writing, { weekday: "long", day: "numeric", month: "long" }, at);
  if (writing.language === "es") return day.replace(",", "");
  return writing.language === "ar" ? day.replace("،", "") : day;
}

/** "4:30 PM", "16:30", "4:30 م". */
export const timeOf = (writing: Writing, at: Date): string =>
  format(writing, { hour: "numeric", minute: "2-digit", hour12: writing.language !== "es" }, at);

/** "Tue, Mar 3, 4:30 PM" without its commas: a day and a time that fit a button. Arabic weekdays have no short form. */
export function shortMomentOf(writing: Writing, at: Date): string {
  const weekday = writing.language === "ar" ? {} : ({ weekday: "short" } as const);
  const day = format(writing, { ...weekday, day: "numeric", month: "short" }, at);
  return `${day.replace(/[,،.]/g, "")} ${timeOf(writing, at)}`;
}

export const weekdayName = (writing: Writing, weekday: number, width: "long" | "short" = "long"): string =>
  format({ ...writing, timeZone: "UTC" }, { weekday: width }, new Date(Date.UTC(2026, 0, 4 + weekday)));

/** A calendar day and a wall time that belong to no instant, such as those of a wish. */
export const dayWritten = (writing: Writing, day: string): string =>
  dayOf({ ...writing, timeZone: "UTC" }, new Date(`${day}T12:00:00Z`));

export const wallTimeWritten = (writing: Writing, time: string): string =>
  timeOf({ ...writing, timeZone: "UTC" }, new Date(`2026-01-01T${time === "24:00" ? "00:00" : time}:00Z`));

/** A number with the clinic's digits. */
export const numberWritten = ({ language, digits }: Writing, value: number): string =>
  new Intl.NumberFormat(`${LOCALE[language]}-u-nu-${language === "ar" ? digits : "latn"}`).format(value);

/** Days from the reader's today to the instant's day, in the clinic's zone. */
export function daysAhead({ timeZone }: Writing, now: Date, at: Date): number {
  const [from, to] = [dayIn(now, timeZone), dayIn(at, timeZone)];
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" }).days;
}
