import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointmentSegments, occupancies } from "@/db/schema/appointments";
import { providers, resources } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { sendTogether } from "@/lib/core/open-transaction";
import { err, ok, type Result } from "@/lib/core/result";
import { isOpenAt, plansAt, type Plan } from "./availability";
import { findService } from "./internal";
import { updateVisit, type LockedVisit } from "./lock-visit";
import { expireOverlapping, rangeOf, segmentRows } from "./occupy";
import { visitAfter } from "./place";
import { factsOf, readBook } from "./read-book";
import { recordChange } from "./record-change";
import { timingOf } from "./rules";
import type { Visit } from "./schema";
import { instantAt, minuteOf } from "./spans";

export interface JointMove {
  /** Locked by the caller: all of a joint move first, in order of id. */
  visit: LockedVisit;
  startsAt: Date;
  providerId: string;
  /** The chair to have where it is free. */
  operatoryId: string | null;
  /** The audit's word, and why for the history. */
  action: string;
  reason: string;
  details?: Record<string, string>;
}

interface Planned {
  move: JointMove;
  plan: Plan;
}

/**
 * Moves several visits at once, each into time that another may only now give back: all or nothing. Each is planned as
 * if none of them were in the book. Confirmations start again. CONFLICT `{why: "provider"}`: that provider does not do
 * the service; else as one move: TOO_SOON, OUTSIDE_HOURS, SLOT_TAKEN.
 */
export async function moveTogetherIn(
  tx: Tx,
  ctx: ClinicContext,
  moves: readonly JointMove[],
): Promise<Result<Visit[]>> {
  await lockEverything(tx, ctx);
  await forgetSegments(
    tx,
    ctx,
    moves.map(({ visit }) => visit.id),
  );
  const planned: Planned[] = [];
  for (const move of moves) {
    const plan = await planMove(tx, ctx, move);
    if (!plan.ok) return plan.details === undefined ? err(plan.error, { appointmentId: move.visit.id }) : plan;
    await writePlan(tx, ctx, move, plan.data);
    planned.push({ move, plan: plan.data });
  }
  if (!(await exchange(tx, ctx, planned))) return err("SLOT_TAKEN");
  sendTogether(tx);
  await Promise.all(planned.map(({ move, plan }) => recordMove(tx, ctx, move, plan)));
  const visits: Visit[] = [];
  for (const { move } of planned) {
    const visit = await visitAfter(tx, ctx, move.visit.id);
    if (!visit.ok) return visit;
    visits.push(visit.data);
  }
  return ok(visits);
}

/**
 * Who moves several visits keeps all other movers out, and whoever writes hours: which helpers and chairs it will need
 * is known only when the old plans are out of the way. Bookings go on: they lock no resource.
 */
async function lockEverything(tx: Tx, ctx: ClinicContext): Promise<void> {
  const { id: clinicId } = ctx.clinic;
  const people = tx.select({ id: providers.id }).from(providers).where(eq(providers.clinicId, clinicId));
  const places = tx.select({ id: resources.id }).from(resources).where(eq(resources.clinicId, clinicId));
  sendTogether(tx);
  await Promise.all([
    people.orderBy(asc(providers.id)).for("share"),
    places.orderBy(asc(resources.id)).for("no key update"),
  ]);
}

const forgetSegments = (tx: Tx, ctx: ClinicContext, ids: string[]) =>
  tx
    .delete(appointmentSegments)
    .where(and(eq(appointmentSegments.clinicId, ctx.clinic.id), inArray(appointmentSegments.appointmentId, ids)));

async function planMove(tx: Tx, ctx: ClinicContext, move: JointMove): Promise<Result<Plan>> {
  const { visit, startsAt, providerId, operatoryId } = move;
  const service = await findService(tx, ctx, visit.serviceId, { isRetiredToo: true });
  if (!service) return err("NOT_FOUND", { what: "service" });
  const timing = timingOf(ctx, service.rules, startsAt);
  if (!timing.ok) return timing;
  const start = minuteOf(startsAt);
  const needsChair = service.plan.segments.some(({ role }) => role === "operatory");
  const givenChair = needsChair || !visit.operatoryId ? undefined : (operatoryId ?? visit.operatoryId);
  const book = await readBook(tx, ctx, service.id, {
    range: [start, start + 1],
    providerIds: [providerId],
    operatoryId: givenChair,
    preferredIds: operatoryId ? [operatoryId] : [],
    exceptAppointmentId: visit.id,
  });
  const facts = factsOf(ctx, service.plan, book);
  if (!facts.providers.some(({ mayLead }) => mayLead))
    return err("CONFLICT", { why: "provider", appointmentId: visit.id });
  const [plan] = plansAt(facts, [start], 1);
  if (!plan) return err(isOpenAt(facts, start) ? "SLOT_TAKEN" : "OUTSIDE_HOURS");
  if (book.hasEndedHolds) await expireOverlapping(tx, ctx, plan, visit.id);
  return ok(plan);
}

/** The next visit of the move is planned around this one. */
async function writePlan(tx: Tx, ctx: ClinicContext, { visit }: JointMove, plan: Plan): Promise<void> {
  sendTogether(tx);
  await Promise.all([
    segmentRows(tx, ctx, visit.id, plan.parts),
    updateVisit(tx, ctx, visit.id, {
      startsAt: instantAt(plan.startsAt),
      endsAt: instantAt(plan.endsAt),
      providerId: plan.providerId,
      operatoryId: plan.operatoryId,
      confirmation: "unasked",
      runningLateMinutes: null,
    }),
  ]);
}

/**
 * Gives back and takes resource by resource, in order of id, as bookings take: of two who meet, one waits while it
 * holds nothing that the other still wants. False when a rival has any of it.
 */
async function exchange(tx: Tx, ctx: ClinicContext, planned: readonly Planned[]): Promise<boolean> {
  const visitIds = planned.map(({ move }) => move.visit.id);
  const before = await tx
    .select({ id: occupancies.resourceId })
    .from(occupancies)
    .where(and(eq(occupancies.clinicId, ctx.clinic.id), inArray(occupancies.appointmentId, visitIds)));
  const wanted = planned.flatMap(({ plan }) => plan.parts.map(({ resourceId }) => resourceId));
  const ids = [...new Set([...before.map(({ id }) => id), ...wanted])].toSorted();
  for (const id of ids) {
    await giveBack(tx, ctx, visitIds, id);
    if (!(await take(tx, ctx, planned, id))) return false;
  }
  return true;
}

const giveBack = (tx: Tx, ctx: ClinicContext, visitIds: string[], resourceId: string) =>
  tx
    .delete(occupancies)
    .where(
      and(
        eq(occupancies.clinicId, ctx.clinic.id),
        inArray(occupancies.appointmentId, visitIds),
        eq(occupancies.resourceId, resourceId),
      ),
    );

/** What the moved visits take of one resource, the earliest first. */
async function take(tx: Tx, ctx: ClinicContext, planned: readonly Planned[], resourceId: string): Promise<boolean> {
  const rows = planned.flatMap(({ move, plan }) =>
    plan.parts
      .filter((part) => part.resourceId === resourceId)
      .map(({ occupied }) => ({ appointmentId: move.visit.id, occupied })),
  );
  if (rows.length === 0) return true;
  const values = rows
    .toSorted((a, b) => a.occupied[0] - b.occupied[0])
    .map(({ appointmentId, occupied }) => ({
      clinicId: ctx.clinic.id,
      appointmentId,
      resourceId,
      during: rangeOf(occupied),
    }));
  const got = await tx
    .insert(occupancies)
    .values(values)
    .onConflictDoNothing()
    .returning({ id: occupancies.resourceId });
  return got.length === values.length;
}

const recordMove = (tx: Tx, ctx: ClinicContext, { visit, action, reason, details }: JointMove, plan: Plan) =>
  recordChange(tx, ctx, {
    appointmentId: visit.id,
    kind: "moved",
    action,
    from: visit.startsAt.toISOString(),
    to: instantAt(plan.startsAt).toISOString(),
    reason,
    details: { fromProvider: visit.providerId, toProvider: plan.providerId, ...details },
    changed: ["starts_at", ...(visit.providerId === plan.providerId ? [] : ["provider_id"])],
  });
