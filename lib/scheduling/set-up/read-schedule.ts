import { and, asc, eq, gte, inArray, isNull, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { providers, scheduleExceptions, scheduleHours } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { addDays, dayIn } from "@/lib/core/zone";
import type { Schedule } from "./draft";

/** How long exceptions that are over stay in the list. */
const PAST_DAYS = 7;

/** Hours and exceptions of these providers and of the whole clinic; what was over a week ago is left out. */
export async function readSchedule(tx: Tx, ctx: ClinicContext, providerIds: readonly string[]): Promise<Schedule> {
  const ids = [...providerIds];
  const clinicId = ctx.clinic.id;
  const since = addDays(dayIn(ctx.now(), ctx.clinic.timeZone), -PAST_DAYS);
  const hours =
    ids.length === 0
      ? []
      : await tx
          .select()
          .from(scheduleHours)
          .where(and(eq(scheduleHours.clinicId, clinicId), inArray(scheduleHours.providerId, ids)))
          .orderBy(asc(scheduleHours.weekday), asc(scheduleHours.fromTime));
  const theirs = or(isNull(scheduleExceptions.providerId), inArray(scheduleExceptions.providerId, ids));
  const exceptions = await tx
    .select()
    .from(scheduleExceptions)
    .where(and(eq(scheduleExceptions.clinicId, clinicId), gte(scheduleExceptions.dayTo, since), theirs))
    .orderBy(asc(scheduleExceptions.dayFrom), asc(scheduleExceptions.id));
  return {
    hours: hours.map(({ id: _, clinicId: _c, ...row }) => row),
    exceptions: exceptions.map(({ clinicId: _c, ...row }) => row),
  };
}

/** All of the clinic's providers, the retired ones too. */
export async function providerIdsOf(tx: Tx, ctx: ClinicContext): Promise<string[]> {
  const rows = await tx.select({ id: providers.id }).from(providers).where(eq(providers.clinicId, ctx.clinic.id));
  return rows.map(({ id }) => id);
}
