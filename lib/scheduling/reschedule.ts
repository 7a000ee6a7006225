import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointmentSegments } from "@/db/schema/appointments";
import { resources } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { changeVisit } from "./change-visit";
import type { Plan } from "./availability";
import { findService } from "./internal";
import { keepOrder, lockSeriesOf } from "./keep-order";
import { lockVisit, updateVisit, type LockedVisit } from "./lock-visit";
import { expireOverlapping, occupy, release, segmentRows } from "./occupy";
import { takeFirstFree, visitAfter } from "./place";
import { lockSchedule, readBook, type Book } from "./read-book";
import { recordChange } from "./record-change";
import { timingOf } from "./rules";
import type { MoveVisit, ShownVisit, Visit } from "./schema";
import { instantAt, minuteOf } from "./spans";
import { stretchPlan } from "./stretch";

/**
 * Moves a visit in one step: it has its old time until it has the new one. Provider and chair stay unless others are
 * asked for; the chair also changes when it is taken then. What the patient confirmed was the old time, so the
 * confirmation starts again. ILLEGAL_TRANSITION once the patient is there or the visit is over; else as booking.
 * A visit keeps its length, which may be another than its service's. One that only gets longer or shorter is no move:
 * it may have begun, the patient may be there, and what was confirmed stays confirmed. CONFLICT `{why: "order"}` when
 * the visits of a treatment plan would change their order.
 */
export async function rescheduleIn(tx: Tx, ctx: ClinicContext, input: MoveVisit): Promise<Result<Visit>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  const series = await lockSeriesOf(tx, ctx, [input.appointmentId]);
  const locked = await lockVisit(tx, ctx, input.appointmentId);
  if (!locked.ok) return locked;
  const visit = locked.data;
  const isResize = isOnlyResized(visit, input);
  if (visit.status !== "scheduled" && visit.status !== "held" && !(isResize && visit.status === "checked_in"))
    return err("ILLEGAL_TRANSITION", { from: visit.status, to: "moved" });
  const service = await findService(tx, ctx, visit.serviceId, { isRetiredToo: true });
  if (!service) return err("NOT_FOUND", { what: "service" });
  const timing = isResize ? ok() : timingOf(ctx, service.rules, input.startsAt);
  if (!timing.ok) return timing;
  const start = minuteOf(input.startsAt);
  const needsChair = service.plan.segments.some(({ role }) => role === "operatory");
  const ask = {
    range: [start, start + 1] as const,
    providerIds: [input.providerId ?? visit.providerId],
    operatoryId: input.operatoryId ?? (needsChair && !isResize ? undefined : (visit.operatoryId ?? undefined)),
    preferredIds: visit.operatoryId ? [visit.operatoryId] : [],
    exceptAppointmentId: visit.id,
  };
  const book = await readBook(tx, ctx, service.id, ask);
  const length = input.durationMinutes ?? minuteOf(visit.endsAt) - minuteOf(visit.startsAt);
  const known = { ...service, plan: stretchPlan(service.plan, length) };
  const take = (inner: Tx, plan: Plan, read: Book) => move(inner, ctx, { visit, isResize }, plan, read);
  const moved = await takeFirstFree(tx, ctx, known, book, take);
  const kept = moved.ok ? await keepOrder(tx, ctx, series) : ok();
  return kept.ok ? moved : kept;
}

const isOnlyResized = (visit: LockedVisit, { startsAt, providerId, operatoryId, durationMinutes }: MoveVisit) =>
  durationMinutes != null &&
  startsAt.getTime() === visit.startsAt.getTime() &&
  (providerId ?? visit.providerId) === visit.providerId &&
  (operatoryId ?? visit.operatoryId) === visit.operatoryId;

interface Moved {
  visit: LockedVisit;
  isResize: boolean;
}

async function move(tx: Tx, ctx: ClinicContext, moved: Moved, plan: Plan, book: Book): Promise<Result<Visit>> {
  const { visit, isResize } = moved;
  await lockSchedule(tx, ctx, book);
  await lockResources(tx, ctx, visit.id, plan);
  if (book.hasEndedHolds) await expireOverlapping(tx, ctx, plan, visit.id);
  await release(tx, ctx, visit.id);
  const mine = and(eq(appointmentSegments.clinicId, ctx.clinic.id), eq(appointmentSegments.appointmentId, visit.id));
  await tx.delete(appointmentSegments).where(mine);
  await segmentRows(tx, ctx, visit.id, plan.parts);
  if (!(await occupy(tx, ctx, visit.id, plan.parts))) return err("SLOT_TAKEN");
  await updateVisit(tx, ctx, visit.id, {
    startsAt: instantAt(plan.startsAt),
    endsAt: instantAt(plan.endsAt),
    providerId: plan.providerId,
    operatoryId: plan.operatoryId,
    ...(isResize ? {} : ({ confirmation: "unasked", runningLateMinutes: null } as const)),
  });
  await recordChange(tx, ctx, {
    appointmentId: visit.id,
    kind: "moved",
    action: "appointment.reschedule",
    from: visit.startsAt.toISOString(),
    to: instantAt(plan.startsAt).toISOString(),
    details: { fromProvider: visit.providerId, toProvider: plan.providerId },
    changed: [isResize ? "ends_at" : "starts_at", ...(visit.providerId === plan.providerId ? [] : ["provider_id"])],
  });
  return visitAfter(tx, ctx, visit.id);
}

/**
 * A move gives back one time while it waits for another, so two that want each other's place could wait for each
 * other. They take turns instead: each locks its old and new resources first, in order of id. Bookings only ever
 * take, and pay nothing for this.
 */
async function lockResources(tx: Tx, ctx: ClinicContext, appointmentId: string, plan: Plan): Promise<void> {
  const old = tx
    .select({ id: appointmentSegments.resourceId })
    .from(appointmentSegments)
    .where(and(eq(appointmentSegments.clinicId, ctx.clinic.id), eq(appointmentSegments.appointmentId, appointmentId)));
  const ids = [...(await old).map(({ id }) => id), ...plan.parts.map(({ resourceId }) => resourceId)];
  await tx
    .select({ id: resources.id })
    .from(resources)
    .where(and(eq(resources.clinicId, ctx.clinic.id), inArray(resources.id, ids)))
    .orderBy(asc(resources.id))
    .for("no key update");
}

export const rescheduleAppointment = (ctx: ClinicContext, input: MoveVisit): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) => rescheduleIn(tx, ctx, input));
