import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { dayIn } from "@/lib/core/zone";
import { may } from "@/lib/identity/permissions";
import { changeVisit } from "./change-visit";
import { keepOrder, lockSeriesOf } from "./keep-order";
import { lockVisit, type LockedVisit } from "./lock-visit";
import { UNDO } from "./rules";
import type { ShownVisit, Status, Visit } from "./schema";
import { isStillOpen } from "./still-open";
import { readParts, transitionIn } from "./transition";

export interface UndoStep {
  appointmentId: string;
  from?: Status | undefined;
}

/**
 * Takes the last step of a visit back: arrived, missed or cancelled becomes scheduled; completed becomes arrived, on
 * the same day and by those who manage the clinic only. SLOT_TAKEN or OUTSIDE_HOURS when its time is no longer there;
 * CONFLICT when the plan that it is part of went on without it; ILLEGAL_TRANSITION when there is nothing to undo, or
 * when it is no longer in the state `from` that the caller saw.
 */
export async function undoIn(tx: Tx, ctx: ClinicContext, { appointmentId, from }: UndoStep): Promise<Result<Visit>> {
  const series = await lockSeriesOf(tx, ctx, [appointmentId]);
  const locked = await lockVisit(tx, ctx, appointmentId);
  if (!locked.ok) return locked;
  const { status } = locked.data;
  const to = UNDO[status];
  if (!to || (from !== undefined && from !== status)) return err("ILLEGAL_TRANSITION", { from: status, to: "undo" });
  const guard = (visit: LockedVisit) => mayUndo(tx, ctx, visit);
  const step = { appointmentId, to, action: "appointment.undo", reason: "undo", guard };
  const undone = await transitionIn(tx, ctx, step);
  const kept = undone.ok ? await keepOrder(tx, ctx, series) : ok();
  return kept.ok ? undone : kept;
}

export const undoStep = (ctx: ClinicContext, input: UndoStep): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) => undoIn(tx, ctx, input));

async function mayUndo(tx: Tx, ctx: ClinicContext, visit: LockedVisit): Promise<Result<null>> {
  if (visit.status === "completed") {
    if (ctx.role === "SYSTEM" || ctx.role === "PATIENT" || !may(ctx.role, "appointment.reopen"))
      return err("FORBIDDEN");
    const isToday = dayIn(visit.startsAt, ctx.clinic.timeZone) === dayIn(ctx.now(), ctx.clinic.timeZone);
    return isToday ? ok() : err("ILLEGAL_TRANSITION", { from: visit.status, to: "checked_in" });
  }
  if (visit.status !== "cancelled" || visit.startsAt <= ctx.now()) return ok();
  return (await isStillOpen(tx, ctx, visit, await readParts(tx, ctx, visit.id))) ? ok() : err("OUTSIDE_HOURS");
}
