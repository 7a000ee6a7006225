import { and, eq, gte, isNull, lte, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { providers, scheduleExceptions, scheduleHours } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { addDays, dayIn } from "@/lib/core/zone";
import { calendarDays, openSpans } from "@/lib/scheduling/open-hours";
import { minuteOf, union } from "@/lib/scheduling/spans";

/** A lunch break isn't "closed": the desk is staffed. */
const BREAK_MINUTES = 120;

/** Whether somebody was in at a moment: the hours of all active providers together, less what is closed. */
export async function clinicHoursIn(tx: Tx, ctx: ClinicContext): Promise<(at: Date) => boolean> {
  const { timeZone } = ctx.clinic;
  const hours = await tx
    .select({ hours: scheduleHours })
    .from(scheduleHours)
    .innerJoin(
      providers,
      and(eq(providers.clinicId, scheduleHours.clinicId), eq(providers.id, scheduleHours.providerId)),
    )
    .where(and(eq(scheduleHours.clinicId, ctx.clinic.id), eq(providers.isActive, true)));
  const closed = await tx.select().from(scheduleExceptions).where(eq(scheduleExceptions.clinicId, ctx.clinic.id));
  const rows = hours.map((row) => row.hours);
  const ids = [...new Set(rows.map(({ providerId }) => providerId))];
  return (at) => {
    const today = dayIn(at, timeZone);
    const days = calendarDays(addDays(today, -1), addDays(today, 1), timeZone);
    const spans = ids.flatMap((id) =>
      openSpans(days, { id, hours: rows.filter((row) => row.providerId === id) }, closed, timeZone),
    );
    const now = minuteOf(at);
    const open = union(spans);
    const before = open.filter(([from]) => from <= now).at(-1);
    const after = open.find(([from]) => from > now);
    if (before && now < before[1]) return true;
    return before !== undefined && after !== undefined && after[0] - before[1] <= BREAK_MINUTES;
  };
}

const LONGEST_HOLIDAY_DAYS = 3;
const DAYS_AHEAD = 16;

/** The days on which the whole clinic is closed for a holiday, from yesterday on; a longer closure is no holiday. */
export async function holidaysIn(tx: Tx, ctx: ClinicContext): Promise<string[]> {
  const today = dayIn(ctx.now(), ctx.clinic.timeZone);
  const { providerId, kind, fromTime, dayFrom, dayTo, clinicId } = scheduleExceptions;
  const rows = await tx
    .select({ dayFrom, dayTo })
    .from(scheduleExceptions)
    .where(
      and(
        ...[eq(clinicId, ctx.clinic.id), isNull(providerId), eq(kind, "closed"), isNull(fromTime)],
        ...[gte(dayTo, addDays(today, -1)), lte(dayFrom, addDays(today, DAYS_AHEAD))],
        sql`${dayTo} - ${dayFrom} < ${LONGEST_HOLIDAY_DAYS}`,
      ),
    );
  return rows.flatMap((row) =>
    Array.from({ length: LONGEST_HOLIDAY_DAYS }, (_, index) => addDays(row.dayFrom, index)).filter(
      (day) => day <= row.dayTo,
    ),
  );
}
