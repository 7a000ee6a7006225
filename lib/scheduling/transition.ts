import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointmentSegments } from "@/db/schema/appointments";
import type { ClinicContext } from "@/lib/core/context";
import { err, type Result } from "@/lib/core/result";
import { lockVisit, updateVisit, type LockedVisit } from "./lock-visit";
import { expireOverlapping, occupy, release } from "./occupy";
import { visitAfter } from "./place";
import { recordChange } from "./record-change";
import { isActive, isEdge } from "./rules";
import type { Status, Visit } from "./schema";
import type { Part } from "./availability";
import { minuteOf } from "./spans";

export interface Transition {
  appointmentId: string;
  to: Status;
  /** The audit's word: `appointment.check_in`. */
  action: string;
  reason?: string | undefined;
  changed?: string[];
  /** Refuses what the edge alone would allow; runs with the row locked. */
  guard?: (visit: LockedVisit) => Promise<Result<null>> | Result<null>;
  /** What else changes with it. */
  effect?: (visit: LockedVisit) => Promise<void>;
}

/**
 * One step of a visit along an edge of domain.md, with the row locked, so that of two steps at once the second sees the
 * first. Asking for the state it is in changes nothing and answers the visit. ILLEGAL_TRANSITION for anything that is
 * no edge; SLOT_TAKEN when it would be active again and somebody has its time.
 */
export async function transitionIn(tx: Tx, ctx: ClinicContext, step: Transition): Promise<Result<Visit>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  const { appointmentId, to, action, reason, changed } = step;
  const locked = await lockVisit(tx, ctx, appointmentId);
  if (!locked.ok) return locked;
  const visit = locked.data;
  if (visit.status === to) return visitAfter(tx, ctx, appointmentId);
  if (!isEdge(visit.status, to)) return err("ILLEGAL_TRANSITION", { from: visit.status, to });
  const allowed = await step.guard?.(visit);
  if (allowed && !allowed.ok) return allowed;
  if (!(await occupyAs(tx, ctx, visit, to))) return err("SLOT_TAKEN");
  const cancelReason = to === "cancelled" ? (reason ?? null) : null;
  await updateVisit(tx, ctx, appointmentId, { status: to, holdExpiresAt: null, cancelReason });
  await step.effect?.(visit);
  await recordChange(tx, ctx, {
    appointmentId,
    kind: "status",
    action,
    from: visit.status,
    to,
    reason,
    ...(changed ? { changed } : {}),
  });
  return visitAfter(tx, ctx, appointmentId);
}

/** Takes or gives back the visit's time, as its next status has it. False when the time is taken. */
async function occupyAs(tx: Tx, ctx: ClinicContext, visit: LockedVisit, to: Status): Promise<boolean> {
  if (isActive(visit.status) === isActive(to)) return true;
  if (isActive(to)) {
    const parts = await readParts(tx, ctx, visit.id);
    await expireOverlapping(tx, ctx, { parts });
    return occupy(tx, ctx, visit.id, parts);
  }
  await release(tx, ctx, visit.id);
  return true;
}

/** What a visit took or takes, kept after it is over. */
export async function readParts(tx: Tx, ctx: ClinicContext, appointmentId: string): Promise<Part[]> {
  const { resourceId, startsAt, endsAt, occupied } = appointmentSegments;
  const minutes = (bound: "lower" | "upper") =>
    bound === "lower"
      ? sql<number>`(extract(epoch from lower(${occupied})) / 60)::float8`
      : sql<number>`(extract(epoch from upper(${occupied})) / 60)::float8`;
  const rows = await tx
    .select({ resourceId, startsAt, endsAt, from: minutes("lower"), to: minutes("upper") })
    .from(appointmentSegments)
    .where(and(eq(appointmentSegments.clinicId, ctx.clinic.id), eq(appointmentSegments.appointmentId, appointmentId)))
    .orderBy(asc(resourceId));
  return rows.map((row) => ({
    resourceId: row.resourceId,
    from: minuteOf(row.startsAt),
    to: minuteOf(row.endsAt),
    occupied: [row.from, row.to],
  }));
}
