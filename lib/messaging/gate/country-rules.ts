import { weekdayOf } from "@/lib/core/zone";

/** Wall time, `to` excluded. */
export interface DayWindow {
  from: string;
  to: string;
}

const EU = new Set("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split(" "));
const GULF = new Set(["SA", "AE", "KW", "QA", "BH", "OM"]);
const SUNDAY = 7;
const FRIDAY = 5;

export type Region = "us" | "eu" | "gulf" | "other";

export function regionOf(country: string): Region {
  if (country === "US") return "us";
  if (EU.has(country)) return "eu";
  return GULF.has(country) ? "gulf" : "other";
}

/** The hours of one day in which proactive messages may go out, by a country's rules; undefined where it has none. */
export function windowOf(country: string, day: string): DayWindow | undefined {
  switch (regionOf(country)) {
    case "gulf": {
      const hours = isRamadan(day) ? { from: "11:00", to: "23:00" } : { from: "09:00", to: "20:00" };
      return weekdayOf(day) === FRIDAY ? { ...hours, from: "14:00" } : hours;
    }
    case "eu":
      return weekdayOf(day) === SUNDAY ? undefined : { from: "09:00", to: "20:00" };
    case "us":
      return { from: "09:00", to: "20:00" };
    default:
      return { from: "08:00", to: "21:00" };
  }
}

const hijriMonth = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura-nu-latn", { month: "numeric", timeZone: "UTC" });
const isRamadan = (day: string) => hijriMonth.format(new Date(`${day}T12:00:00Z`)) === "9";

/** The days on which a country's proactive messages also rest when the clinic says that they are holidays. */
export const restsOnHolidays = (country: string): boolean => regionOf(country) === "eu";

/**
 * What a yes to marketing needs (outside-world.md): everywhere by opt-in. In the US the words of the consent are kept,
 * because it must have been given expressly and in writing; in the Gulf and the EU its source is enough.
 */
export const marketingNeedsWords = (country: string): boolean => regionOf(country) === "us";

/** The named cast: the runtime has `timeZones`, the compiler's library doesn't list it. */
export const zonesOf = (country: string): readonly string[] =>
  (new Intl.Locale(`und-${country}`) as Intl.Locale & { timeZones?: string[] }).timeZones ?? [];
