import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { showVisit } from "./change-visit";
import { keepOrder, lockSeriesOf } from "./keep-order";
import { lockVisit, type LockedVisit } from "./lock-visit";
import { moveTogetherIn, type JointMove } from "./move-together";
import { VIOLATIONS } from "./rules";
import type { ShownVisit, Visit } from "./schema";

export interface SwapVisits {
  appointmentId: string;
  withId: string;
}
export interface Swapped<V = ShownVisit> {
  visit: V;
  other: V;
}

/**
 * Two visits exchange their starts, providers and chairs in one step; each keeps its service and its length. Both
 * are to be confirmed again. ILLEGAL_TRANSITION unless both are booked and still ahead; SLOT_TAKEN when a longer one
 * runs into a third; OUTSIDE_HOURS; CONFLICT when a provider does not do the other's service, when a treatment plan
 * would lose its order, or for a visit with itself.
 */
export async function swapIn(
  tx: Tx,
  ctx: ClinicContext,
  { appointmentId, withId }: SwapVisits,
): Promise<Result<Swapped<Visit>>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  if (appointmentId === withId) return err("CONFLICT", { why: "same_visit" });
  const series = await lockSeriesOf(tx, ctx, [appointmentId, withId]);
  const both = await lockBoth(tx, ctx, appointmentId, withId);
  if (!both.ok) return both;
  const { visit, other } = both.data;
  for (const { status, startsAt } of [visit, other])
    if (status !== "scheduled" || startsAt <= ctx.now())
      return err("ILLEGAL_TRANSITION", { from: status, to: "swapped" });
  const moved = await moveTogetherIn(tx, ctx, [intoPlaceOf(visit, other), intoPlaceOf(other, visit)]);
  if (!moved.ok) return moved;
  const kept = await keepOrder(tx, ctx, series);
  if (!kept.ok) return kept;
  const [first, second] = moved.data;
  if (!first || !second) throw new Error("a swap moves two");
  return ok({ visit: first, other: second });
}

export const swapVisits = (ctx: ClinicContext, input: SwapVisits): Promise<Result<Swapped>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const swapped = await swapIn(tx, ctx, input);
    if (!swapped.ok) return swapped;
    return ok({ visit: showVisit(swapped.data.visit), other: showVisit(swapped.data.other) });
  });

const intoPlaceOf = (visit: LockedVisit, { id, startsAt, providerId, operatoryId }: LockedVisit): JointMove => ({
  visit,
  startsAt,
  providerId,
  operatoryId,
  action: "appointment.swap",
  reason: "swap",
  details: { with: id },
});

/** In order of id, so that two swaps of the same pair wait for each other instead of both. */
async function lockBoth(
  tx: Tx,
  ctx: ClinicContext,
  id: string,
  otherId: string,
): Promise<Result<{ visit: LockedVisit; other: LockedVisit }>> {
  const [lowId, highId] = id < otherId ? [id, otherId] : [otherId, id];
  const low = await lockVisit(tx, ctx, lowId);
  if (!low.ok) return low;
  const high = await lockVisit(tx, ctx, highId);
  if (!high.ok) return high;
  return ok(id < otherId ? { visit: low.data, other: high.data } : { visit: high.data, other: low.data });
}
