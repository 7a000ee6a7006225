import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { appointments, appointmentSegments, occupancies } from "@/db/schema/appointments";
import { providers } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { markBookedIn } from "@/lib/patients/mark-booked";
import type { Plan } from "./availability";
import { expireOverlapping, rangeOf } from "./occupy";
import { visitAfter } from "./place";
import { conflictsOf, planTogetherIn, type JointVisit } from "./plan-together";
import { recordChange } from "./record-change";
import type { CreatedFrom, Visit } from "./schema";
import { instantAt } from "./spans";

export interface JointPlace {
  createdFrom: CreatedFrom;
  seriesId: string;
  /** The place of the first of them in the series. */
  position: number;
}

/**
 * Books several visits at once, all or nothing, each planned around the ones before it. What they take is taken in one
 * statement in order of resource id, as every booking takes, so that rivals wait for each other in a row and never in
 * a circle. The refusal of one is the refusal of all, with the `conflicts` of each. For staff: services that patients
 * do not book online are booked too.
 */
export async function placeTogetherIn(
  tx: Tx,
  ctx: ClinicContext,
  visits: readonly JointVisit[],
  place: JointPlace,
): Promise<Result<Visit[]>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  await lockPeople(tx, ctx);
  const planned = await planTogetherIn(tx, ctx, visits);
  const placed: Placed[] = [];
  for (const { visit, found } of planned) {
    if (!found.ok) return err(found.error, { conflicts: conflictsOf(planned) });
    placed.push({ id: newId(), visit, plan: found.data.plan });
  }
  const parts = placed.flatMap(({ plan }) => plan.parts);
  const hasEndedHolds = planned.some(({ found }) => found.ok && found.data.hasEndedHolds);
  if (hasEndedHolds) await expireOverlapping(tx, ctx, { parts });
  if (!(await write(tx, ctx, placed, place))) return err("SLOT_TAKEN");
  const answer: Visit[] = [];
  for (const { id } of placed) {
    const visit = await visitAfter(tx, ctx, id);
    if (!visit.ok) return visit;
    answer.push(visit.data);
  }
  return ok(answer);
}

interface Placed {
  id: string;
  visit: JointVisit;
  plan: Plan;
}

/** Whoever writes anybody's hours waits for us (domain.md); what is read from here on holds. */
async function lockPeople(tx: Tx, ctx: ClinicContext): Promise<void> {
  await tx
    .select({ id: providers.id })
    .from(providers)
    .where(eq(providers.clinicId, ctx.clinic.id))
    .orderBy(asc(providers.id))
    .for("share");
}

/** False when a rival has any of the time. Patients come last, in order of id. */
async function write(tx: Tx, ctx: ClinicContext, placed: readonly Placed[], place: JointPlace): Promise<boolean> {
  const { id: clinicId } = ctx.clinic;
  await tx.insert(appointments).values(placed.map((one, index) => rowOf(ctx, one, place, index)));
  const parts = placed
    .flatMap(({ id: appointmentId, plan }) => plan.parts.map((part) => ({ appointmentId, ...part })))
    .toSorted((a, b) => (a.resourceId < b.resourceId ? -1 : a.resourceId > b.resourceId ? 1 : a.from - b.from));
  await tx.insert(appointmentSegments).values(
    parts.map(({ appointmentId, resourceId, from, to, occupied }) => ({
      clinicId,
      appointmentId,
      resourceId,
      startsAt: instantAt(from),
      endsAt: instantAt(to),
      occupied: rangeOf(occupied),
    })),
  );
  const taken = await tx
    .insert(occupancies)
    .values(
      parts.map(({ appointmentId, resourceId, occupied }) => ({
        clinicId,
        appointmentId,
        resourceId,
        during: rangeOf(occupied),
      })),
    )
    .onConflictDoNothing()
    .returning({ id: occupancies.resourceId });
  if (taken.length < parts.length) return false;
  for (const { id: appointmentId } of placed)
    await recordChange(tx, ctx, {
      appointmentId,
      kind: "created",
      action: "appointment.book",
      to: "scheduled",
      details: { createdFrom: place.createdFrom, series: place.seriesId },
    });
  const patientIds = new Set(placed.map(({ visit }) => visit.patientId));
  for (const patientId of [...patientIds].toSorted()) await markBookedIn(tx, ctx, patientId);
  return true;
}

function rowOf(ctx: ClinicContext, { id, visit, plan }: Placed, place: JointPlace, index: number) {
  return {
    id,
    clinicId: ctx.clinic.id,
    status: "scheduled" as const,
    patientId: visit.patientId,
    serviceId: visit.serviceId,
    providerId: plan.providerId,
    operatoryId: plan.operatoryId,
    startsAt: instantAt(plan.startsAt),
    endsAt: instantAt(plan.endsAt),
    createdFrom: place.createdFrom,
    note: visit.note ?? null,
    seriesId: place.seriesId,
    seriesPosition: place.position + index,
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
  };
}
