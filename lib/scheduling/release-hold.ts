import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, type Result } from "@/lib/core/result";
import { changeVisit } from "./change-visit";
import { lockVisit } from "./lock-visit";
import { expire } from "./occupy";
import { visitAfter } from "./place";
import type { ShownVisit, Visit } from "./schema";

/** Gives a held slot back before its time. A hold that has ended already is left as it is; a booked visit is CONFLICT. */
export async function releaseHoldIn(
  tx: Tx,
  ctx: ClinicContext,
  { appointmentId, reason = "released" }: { appointmentId: string; reason?: string },
): Promise<Result<Visit>> {
  const locked = await lockVisit(tx, ctx, appointmentId);
  if (!locked.ok) return locked;
  if (locked.data.status === "held") await expire(tx, ctx, [appointmentId], reason);
  else if (locked.data.status !== "expired" && locked.data.status !== "cancelled")
    return err("CONFLICT", { status: locked.data.status });
  return visitAfter(tx, ctx, appointmentId);
}

export const releaseHold = (
  ctx: ClinicContext,
  input: { appointmentId: string; reason?: string },
): Promise<Result<ShownVisit>> => changeVisit(ctx, (tx) => releaseHoldIn(tx, ctx, input));
