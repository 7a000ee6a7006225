import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, type Result } from "@/lib/core/result";
import { changeVisit } from "./change-visit";
import { lockVisit, updateVisit } from "./lock-visit";
import { visitAfter } from "./place";
import { recordChange } from "./record-change";
import type { Confirmation, ShownVisit, Visit } from "./schema";

export interface SetConfirmation {
  appointmentId: string;
  confirmation: Confirmation;
}

/** What the patient said about coming. Only of a visit still ahead (ILLEGAL_TRANSITION); the same again changes nothing. */
export async function setConfirmationIn(
  tx: Tx,
  ctx: ClinicContext,
  { appointmentId, confirmation }: SetConfirmation,
): Promise<Result<Visit>> {
  const locked = await lockVisit(tx, ctx, appointmentId);
  if (!locked.ok) return locked;
  const { status, confirmation: before } = locked.data;
  if (status !== "scheduled") return err("ILLEGAL_TRANSITION", { from: status, to: confirmation });
  if (before !== confirmation) {
    await updateVisit(tx, ctx, appointmentId, { confirmation });
    await recordChange(tx, ctx, {
      appointmentId,
      kind: "confirmation",
      action: "appointment.confirmation",
      from: before,
      to: confirmation,
      changed: ["confirmation"],
    });
  }
  return visitAfter(tx, ctx, appointmentId);
}

export const setConfirmation = (ctx: ClinicContext, input: SetConfirmation): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) => setConfirmationIn(tx, ctx, input));
