import { addDays, instantOf } from "@/lib/core/zone";
import type { AtomValue } from "./atoms";
import { single } from "./calendar";

const HIJRI = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura-nu-latn", {
  day: "numeric",
  month: "numeric",
  timeZone: "UTC",
});

/**
 * A date of the Hijri calendar (Umm al-Qura) as the next Gregorian day, or its month as a span. Moon sighting moves it
 * by a day, so what comes out is marked and to be read back. Null when the calendar has no such day.
 */
export function hijriNamed(today: string, month: number, day?: number): AtomValue | null {
  const from = next(today, (m, d) => m === month && (day === undefined || d === day));
  if (from === null) return null;
  if (day !== undefined) return { kind: "days", ranges: [single(from)], hijri: true };
  const after = next(from, (m) => m !== month) ?? from;
  return { kind: "span", range: { from, to: addDays(after, -1) }, hijri: true };
}

/** The first day from one on that fits, looked for through a year and a bit. */
function next(from: string, fits: (month: number, day: number) => boolean): string | null {
  for (let ahead = 0; ahead < 390; ahead += 1) {
    const day = addDays(from, ahead);
    const parts = HIJRI.formatToParts(instantOf(day, "12:00", "UTC"));
    const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
    if (fits(part("month"), part("day"))) return day;
  }
  return null;
}
