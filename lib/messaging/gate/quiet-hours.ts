import { addDays, dayIn, instantOf, timeIn } from "@/lib/core/zone";
import { restsOnHolidays, windowOf, zonesOf, type DayWindow } from "./country-rules";

export interface Recipient {
  /** What the people at this address said (IANA); none: nobody said. */
  saidZones: readonly string[];
  /** Of the number (ISO 3166), where it tells. */
  numberCountry: string | undefined;
  clinicCountry: string;
  clinicZone: string;
  /** The clinic's own, narrower hours. */
  narrowed?: { from: string; until: string };
  /** The clinic's holidays, `YYYY-MM-DD`: they count where the country's rules know holidays. */
  holidays?: readonly string[];
}

interface Place {
  country: string;
  zone: string;
}

/**
 * Where it must be a decent hour (domain.md, The send gate): in the zone that the patient said; else in that of the
 * number, when its country has one zone, and at the clinic as well when they differ; else at the clinic.
 */
export function placesOf({ saidZones, numberCountry, clinicCountry, clinicZone }: Recipient): Place[] {
  const country = numberCountry ?? clinicCountry;
  if (saidZones.length > 0) return [...new Set(saidZones)].map((zone) => ({ country, zone }));
  const [zone, ...others] = numberCountry ? zonesOf(numberCountry) : [];
  const own = zone && others.length === 0 ? zone : clinicZone;
  if (own === clinicZone && country === clinicCountry) return [{ country, zone: clinicZone }];
  return [
    { country, zone: own },
    { country: clinicCountry, zone: clinicZone },
  ];
}

/** When a proactive message may go: now, later, or never, because no hour is decent in all places. */
export type Opening = "now" | "never" | Date;

const DAYS_AHEAD = 15;
const HOUR_MS = 3_600_000;

/** When a proactive message may next go to this recipient. */
export function nextOpening(recipient: Recipient, now: Date): Opening {
  const places = placesOf(recipient);
  if (places.every((place) => isOpen(recipient, place, now))) return "now";
  const next = sharedSpans(recipient, places, now, -1, DAYS_AHEAD).find(([from]) => from > now.getTime());
  return next ? new Date(next[0]) : "never";
}

export interface Reminding {
  wishedAt: Date;
  startsAt: Date;
  /** Hours before the visit that a later moment must still leave: 20 where the reminder asks for the yes, else 2. */
  leavesHours: number;
}

/**
 * When a reminder goes: as planned, at the next opening if that leaves enough time, else in the last hour of the evening
 * before (of the last open hours before the planned moment). Undefined where there is no such hour.
 */
export function whenToRemind(recipient: Recipient, { wishedAt, startsAt, leavesHours }: Reminding): Date | undefined {
  const opening = nextOpening(recipient, wishedAt);
  if (opening === "now") return wishedAt;
  if (opening !== "never" && startsAt.getTime() - opening.getTime() >= leavesHours * HOUR_MS) return opening;
  const before = sharedSpans(recipient, placesOf(recipient), wishedAt, -DAYS_AHEAD, 1);
  const evening = before.filter(([, to]) => to <= wishedAt.getTime()).at(-1);
  return evening && new Date(Math.max(evening[0], evening[1] - HOUR_MS));
}

function isOpen(recipient: Recipient, { country, zone }: Place, at: Date): boolean {
  const window = hoursOf(recipient, country, dayIn(at, zone));
  const time = timeIn(at, zone);
  return window !== undefined && window.from <= time && time < window.to;
}

/** The country's hours of a day, narrowed by the clinic's; undefined where nothing of them is left. */
function hoursOf({ narrowed, holidays }: Recipient, country: string, day: string): DayWindow | undefined {
  const window = restsOnHolidays(country) && holidays?.includes(day) ? undefined : windowOf(country, day);
  if (!window || !narrowed) return window;
  const from = narrowed.from > window.from ? narrowed.from : window.from;
  const to = narrowed.until < window.to ? narrowed.until : window.to;
  return from < to ? { from, to } : undefined;
}

type Span = [from: number, to: number];

/** When it is a decent hour in all places, in order, from so many days before or after a moment to so many after. */
function sharedSpans(recipient: Recipient, places: Place[], at: Date, fromDay: number, toDay: number): Span[] {
  const spansOf = ({ country, zone }: Place): Span[] => {
    const today = dayIn(at, zone);
    return Array.from({ length: toDay - fromDay + 1 }, (_, index) => addDays(today, fromDay + index)).flatMap((day) => {
      const window = hoursOf(recipient, country, day);
      if (!window) return [];
      return [[instantOf(day, window.from, zone).getTime(), instantOf(day, window.to, zone).getTime()] satisfies Span];
    });
  };
  const [first = [], ...others] = places.map(spansOf);
  return others.reduce(
    (shared, spans) => shared.flatMap((one) => spans.flatMap((other) => overlap(one, other))),
    first,
  );
}

function overlap(one: Span, other: Span): Span[] {
  const [from, to] = [Math.max(one[0], other[0]), Math.min(one[1], other[1])];
  return from < to ? [[from, to]] : [];
}
