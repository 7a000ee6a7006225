import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments, appointmentSegments, occupancies } from "@/db/schema/appointments";
import type { ClinicContext } from "@/lib/core/context";
import type { Part, Plan } from "./availability";
import { recordChange } from "./record-change";
import { instantAt, type Span } from "./spans";

/** A range as Postgres reads it, half-open. */
export const rangeOf = ([from, to]: Span): string =>
  `[${instantAt(from).toISOString()},${instantAt(to).toISOString()})`;

const inOrder = (parts: readonly Part[]) => parts.toSorted((a, b) => (a.resourceId < b.resourceId ? -1 : 1));

/** The plan of a visit, kept after it is over: an insert to run, or part of a statement. */
export function segmentRows(tx: Tx, ctx: ClinicContext, appointmentId: string, parts: readonly Part[]) {
  const rows = inOrder(parts).map(({ resourceId, from, to, occupied }) => ({
    clinicId: ctx.clinic.id,
    appointmentId,
    resourceId,
    startsAt: instantAt(from),
    endsAt: instantAt(to),
    occupied: rangeOf(occupied),
  }));
  return tx.insert(appointmentSegments).values(rows);
}

/**
 * Takes what a plan needs, in order of resource id, so that rivals never wait for each other in a circle. False when
 * somebody has any of it: the caller must roll back. Postgres decides (occupancies_no_overlap), whatever was read.
 */
export const occupy = async (tx: Tx, ctx: ClinicContext, appointmentId: string, parts: readonly Part[]) =>
  (await occupancyRows(tx, ctx, appointmentId, parts)).length === parts.length;

/** The insert itself, which answers the rows that it got. */
export function occupancyRows(tx: Tx, ctx: ClinicContext, appointmentId: string, parts: readonly Part[]) {
  const rows = inOrder(parts).map(({ resourceId, occupied }) => ({
    clinicId: ctx.clinic.id,
    appointmentId,
    resourceId,
    during: rangeOf(occupied),
  }));
  return tx.insert(occupancies).values(rows).onConflictDoNothing().returning({ resourceId: occupancies.resourceId });
}

/** Gives back all that a visit takes, or what it takes of one resource. */
export async function release(tx: Tx, ctx: ClinicContext, appointmentId: string, resourceId?: string) {
  await tx
    .delete(occupancies)
    .where(
      and(
        eq(occupancies.clinicId, ctx.clinic.id),
        eq(occupancies.appointmentId, appointmentId),
        resourceId === undefined ? undefined : eq(occupancies.resourceId, resourceId),
      ),
    );
}

/**
 * Ends holds past their time that stand in a plan's way; whoever wants the slot does this first (domain.md). Not the
 * visit that is moved: a late hold may stand in its own new place. A move has its visit and its resources locked, so
 * it waits for no hold that somebody else has in hand: that slot is taken.
 */
export async function expireOverlapping(
  tx: Tx,
  ctx: ClinicContext,
  { parts }: Pick<Plan, "parts">,
  movedId?: string,
): Promise<void> {
  const overlaps = parts.map(
    ({ resourceId, occupied }) => sql`(o.resource_id = ${resourceId} and o.during && ${rangeOf(occupied)}::tstzrange)`,
  );
  const { rows } = await tx.execute<{ id: string }>(sql`
    select a.id from appointments a
    where a.clinic_id = ${ctx.clinic.id} and a.status = 'held' and a.hold_expires_at <= ${ctx.now()}
      ${movedId ? sql`and a.id <> ${movedId}` : sql``} and exists (select 1 from occupancies o
        where o.clinic_id = a.clinic_id and o.appointment_id = a.id and (${sql.join(overlaps, sql` or `)}))
    order by a.id for update of a ${movedId ? sql`skip locked` : sql``}`);
  await expire(
    tx,
    ctx,
    rows.map(({ id }) => id),
  );
}

/** Ends holds that the caller has locked. */
export async function expire(tx: Tx, ctx: ClinicContext, ids: readonly string[], reason?: string): Promise<void> {
  if (ids.length === 0) return;
  const mine = and(eq(appointments.clinicId, ctx.clinic.id), inArray(appointments.id, [...ids]));
  const ended = await tx
    .update(appointments)
    .set({ status: "expired", holdExpiresAt: null, updatedAt: ctx.now() })
    .where(and(mine, eq(appointments.status, "held")))
    .returning({ id: appointments.id });
  for (const { id } of ended) {
    await release(tx, ctx, id);
    const action = "appointment.hold_expire";
    await recordChange(tx, ctx, { appointmentId: id, kind: "status", action, from: "held", to: "expired", reason });
  }
}
