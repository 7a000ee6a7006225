import { addDays, dayIn, instantOf, timeIn, weekdayOf } from "@/lib/core/zone";

/** A country's open hours for proactive messages, wall time, `to` excluded (domain.md, outside-world.md). */
interface Window {
  from: string;
  to: string;
}

const EU = new Set("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split(" "));
const GULF = new Set(["SA", "AE", "KW", "QA", "BH", "OM"]);
const SUNDAY = 7;
const FRIDAY = 5;
const DAYS_AHEAD = 8;

/** The window of one day in a country; undefined where that day has none. */
function windowOf(country: string, day: string): Window | undefined {
  if (GULF.has(country)) {
    const hours = isRamadan(day) ? { from: "11:00", to: "23:00" } : { from: "09:00", to: "20:00" };
    return weekdayOf(day) === FRIDAY ? { ...hours, from: "14:00" } : hours;
  }
  if (EU.has(country)) return weekdayOf(day) === SUNDAY ? undefined : { from: "09:00", to: "20:00" };
  return country === "US" ? { from: "09:00", to: "20:00" } : { from: "08:00", to: "21:00" };
}

const hijriMonth = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura-nu-latn", { month: "numeric", timeZone: "UTC" });
const isRamadan = (day: string) => hijriMonth.format(new Date(`${day}T12:00:00Z`)) === "9";

/** The named cast: the runtime has `timeZones`, the compiler's library doesn't list it. */
const zonesOf = (country: string): readonly string[] =>
  (new Intl.Locale(`und-${country}`) as Intl.Locale & { timeZones?: string[] }).timeZones ?? [];

interface Place {
  country: string;
  zone: string;
}

export interface Recipient {
  /** Of the number (ISO 3166), where it tells. */
  numberCountry: string | undefined;
  clinicCountry: string;
  clinicZone: string;
}

/** Where it must be a decent hour: at the number when its country has one zone, and at the clinic when that differs. */
export function placesOf({ numberCountry, clinicCountry, clinicZone }: Recipient): Place[] {
  const country = numberCountry ?? clinicCountry;
  const [zone, ...others] = numberCountry ? zonesOf(numberCountry) : [];
  if (!zone || others.length > 0 || zone === clinicZone) return [{ country, zone: clinicZone }];
  return [
    { country, zone },
    { country: clinicCountry, zone: clinicZone },
  ];
}

/**
 * When a proactive message may next go to this recipient: null is now. Two windows that never meet within a week answer
 * the recipient's own.
 */
export function nextOpening(recipient: Recipient, now: Date): Date | null {
  const places = placesOf(recipient);
  let at = now;
  for (let round = 0; round < 2 * DAYS_AHEAD; round++) {
    const openings = places.map((place) => openFrom(place, at));
    const latest = new Date(Math.max(...openings.map((opening) => opening.getTime())));
    if (latest.getTime() === at.getTime()) return at.getTime() === now.getTime() ? null : at;
    at = latest;
  }
  const [own] = places;
  return own ? openFrom(own, now) : null;
}

/** The first moment from `at` on that is inside the place's window. */
function openFrom({ country, zone }: Place, at: Date): Date {
  const today = dayIn(at, zone);
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead++) {
    const day = addDays(today, ahead);
    const window = windowOf(country, day);
    if (!window) continue;
    const opens = instantOf(day, window.from, zone);
    if (opens > at) return opens;
    if (ahead === 0 && timeIn(at, zone) < window.to) return at;
  }
  return at; // no country is closed for a week
}
