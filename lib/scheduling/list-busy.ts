import { and, asc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointmentSegments } from "@/db/schema/appointments";
import { externalBusy } from "@/db/schema/external-busy";
import { providers } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import type { BusySource } from "./replace-external-busy";

export interface BusyTime {
  id: string;
  providerId: string;
  source: BusySource;
  startsAt: Date;
  endsAt: Date;
  isAllDay: boolean;
}

/** When providers are taken elsewhere between two instants, earliest first; visits and holds of this book are not in it. */
export const listBusyIn = (
  tx: Tx,
  ctx: ClinicContext,
  { from, to, providerIds }: { from: Date; to: Date; providerIds: readonly string[] },
): Promise<BusyTime[]> => {
  const { id, providerId, source, startsAt, endsAt, isAllDay, clinicId, isLong } = externalBusy;
  const mine = and(eq(clinicId, ctx.clinic.id), inArray(providerId, [...providerIds]));
  const columns = { id, providerId, source, startsAt, endsAt, isAllDay };
  const dayBefore = new Date(from.getTime() - 24 * 3_600_000);
  const short = and(mine, sql`not ${isLong}`, gt(startsAt, dayBefore), lt(startsAt, to), gt(endsAt, from));
  const long = and(mine, sql`${isLong}`, gt(endsAt, from), lt(startsAt, to));
  return tx
    .select(columns)
    .from(externalBusy)
    .where(short)
    .unionAll(tx.select(columns).from(externalBusy).where(long))
    .orderBy(asc(startsAt), asc(id));
};

/**
 * Whether somebody who takes part in a visit is taken elsewhere then, buffers included. Their rows stay locked FOR SHARE,
 * so that whoever enters such time waits, and then hears of the visit.
 */
export async function isTakenElsewhere(tx: Tx, ctx: ClinicContext, appointmentId: string): Promise<boolean> {
  const { clinicId, resourceId, occupied } = appointmentSegments;
  const parts = and(eq(clinicId, ctx.clinic.id), eq(appointmentSegments.appointmentId, appointmentId));
  const people = tx.select({ id: resourceId }).from(appointmentSegments).where(parts);
  await tx
    .select({ id: providers.id })
    .from(providers)
    .where(and(eq(providers.clinicId, ctx.clinic.id), inArray(providers.id, people)))
    .orderBy(asc(providers.id))
    .for("share");
  const busy = and(eq(externalBusy.clinicId, clinicId), eq(externalBusy.providerId, resourceId));
  const overlapping = await tx
    .select({ id: externalBusy.id })
    .from(appointmentSegments)
    .innerJoin(externalBusy, busy)
    .where(
      and(parts, gt(externalBusy.endsAt, sql`lower(${occupied})`), lt(externalBusy.startsAt, sql`upper(${occupied})`)),
    )
    .limit(1);
  return overlapping.length > 0;
}
