import { sql, type SQL } from "drizzle-orm";
import type { Mode } from "@/lib/core/env";
import { addDays, dayBounds, dayIn } from "@/lib/core/zone";

export const TREND_DAYS = 30;

/** What a figure is about: a clinic, its calendar days as instants, and whether rehearsals count. */
export interface Scope {
  clinicId: string;
  timeZone: string;
  now: Date;
  today: { day: string; start: Date; end: Date };
  /** The last 30 days of the clinic's calendar, today among them. */
  month: { firstDay: string; start: Date; end: Date };
  mode: Mode;
}

export function scopeOf(clinic: { id: string; timeZone: string }, now: Date, mode: Mode): Scope {
  const { id: clinicId, timeZone } = clinic;
  const day = dayIn(now, timeZone);
  const today = dayBounds(day, timeZone);
  const firstDay = addDays(day, 1 - TREND_DAYS);
  const month = { firstDay, start: dayBounds(firstDay, timeZone).start, end: today.end };
  return { clinicId, timeZone, now, today: { day, ...today }, month, mode };
}

/**
 * Visits that figures count, of `a`: what was booked, whatever became of it; offers and lapsed holds are none. What the
 * simulator books counts in the demo alone (product.md).
 */
export const isCounted = ({ clinicId, mode }: Scope): SQL => sql`a.clinic_id = ${clinicId}
  and a.status not in ('held', 'expired') ${mode === "demo" ? sql`` : sql`and a.created_from <> 'SIMULATOR'`}`;
