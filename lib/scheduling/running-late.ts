import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, type Result } from "@/lib/core/result";
import { changeVisit } from "./change-visit";
import { lockVisit, updateVisit } from "./lock-visit";
import { visitAfter } from "./place";
import { recordChange } from "./record-change";
import type { ShownVisit, Visit } from "./schema";

const MOST_MINUTES = 240;

export interface RunningLate {
  appointmentId: string;
  minutes: number;
}

/**
 * The patient said they come later; they count as missed only that much later. Only of a visit still ahead
 * (ILLEGAL_TRANSITION). More than four hours are written down as four.
 */
export async function runningLateIn(
  tx: Tx,
  ctx: ClinicContext,
  { appointmentId, minutes }: RunningLate,
): Promise<Result<Visit>> {
  const locked = await lockVisit(tx, ctx, appointmentId);
  if (!locked.ok) return locked;
  const { status, runningLateMinutes: before } = locked.data;
  if (status !== "scheduled") return err("ILLEGAL_TRANSITION", { from: status, to: "late" });
  const late = Math.min(MOST_MINUTES, Math.max(1, Math.round(minutes)));
  if (before !== late) {
    await updateVisit(tx, ctx, appointmentId, { runningLateMinutes: late });
    await recordChange(tx, ctx, {
      appointmentId,
      kind: "late",
      action: "appointment.running_late",
      from: before === null ? null : String(before),
      to: String(late),
      changed: ["running_late_minutes"],
    });
  }
  return visitAfter(tx, ctx, appointmentId);
}

export const runningLate = (ctx: ClinicContext, input: RunningLate): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) => runningLateIn(tx, ctx, input));
