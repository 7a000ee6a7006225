import { isDeepStrictEqual } from "node:util";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointmentSegments, occupancies } from "@/db/schema/appointments";
import { providers, resources } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { sendTogether } from "@/lib/core/open-transaction";
import { err, ok, type Err, type Result } from "@/lib/core/result";
import type { Plan } from "./availability";
import { findNearestIn, type FoundPlan } from "./find-nearest";
import { updateVisit, type LockedVisit } from "./lock-visit";
import { expireOverlapping, rangeOf, segmentRows } from "./occupy";
import { visitAfter } from "./place";
import { recordChange } from "./record-change";
import type { Visit } from "./schema";
import { instantAt, minuteOf } from "./spans";

export interface JointMove {
  /** Locked by the caller: all of a joint move first, in order of id. */
  visit: LockedVisit;
  startsAt: Date;
  providerId: string;
  /** The chair to have where it is free; its own unless said. */
  operatoryId?: string | null;
  /** As of a wish: where else to look when the start is taken. */
  days?: readonly number[];
  isAfterThePrevious?: boolean;
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
    const before = move.isAfterThePrevious ? planned.at(-1)?.plan.endsAt : undefined;
    const found = await planMove(tx, ctx, move, before === undefined ? undefined : instantAt(before));
    if (!found.ok) return found;
    const { plan, hasEndedHolds } = found.data;
    if (hasEndedHolds) await expireOverlapping(tx, ctx, plan, move.visit.id);
    await writePlan(tx, ctx, move, plan);
    planned.push({ move, plan });
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

async function planMove(
  tx: Tx,
  ctx: ClinicContext,
  { visit, startsAt, providerId, operatoryId, days = [] }: JointMove,
  notBefore: Date | undefined,
): Promise<Result<FoundPlan>> {
  const minutes = minuteOf(visit.endsAt) - minuteOf(visit.startsAt);
  const found = await findNearestIn(
    tx,
    ctx,
    {
      serviceId: visit.serviceId,
      providerId,
      startsAt,
      days,
      notBefore,
      preferredOperatoryId: operatoryId ?? visit.operatoryId,
      moved: { id: visit.id, minutes, hasChair: visit.operatoryId !== null },
    },
    [],
  );
  if (found.ok) return found;
  const isProvider = found.error === "NOT_FOUND" && isDeepStrictEqual(found.details, { what: "provider" });
  return isProvider ? err("CONFLICT", { why: "provider", appointmentId: visit.id }) : withVisit(found, visit.id);
}

const withVisit = ({ error, details }: Err, appointmentId: string): Err =>
  err(error, { ...(typeof details === "object" ? details : {}), appointmentId });

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
