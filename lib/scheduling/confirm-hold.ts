import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, type Result } from "@/lib/core/result";
import { markBookedIn } from "@/lib/patients/mark-booked";
import { changeVisit } from "./change-visit";
import { bookIn } from "./book";
import { hasRoomFor } from "./daily-caps";
import { isTakenElsewhere } from "./list-busy";
import { lockVisit, updateVisit, type LockedVisit } from "./lock-visit";
import { visitAfter } from "./place";
import { recordChange } from "./record-change";
import type { ShownVisit, Visit } from "./schema";

/**
 * Books what is held. A hold past its time books too, as long as nobody took the slot: one that has been ended is
 * booked anew with the same provider (the answer then has another id), or is SLOT_TAKEN. A second yes answers the
 * booked visit again. SLOT_TAKEN also when its people have been taken elsewhere since. TOO_SOON: the start has passed. HOLD_EXPIRED: it was cancelled meanwhile.
 */
export async function confirmHoldIn(
  tx: Tx,
  ctx: ClinicContext,
  { appointmentId }: { appointmentId: string },
): Promise<Result<Visit>> {
  const locked = await lockVisit(tx, ctx, appointmentId);
  if (!locked.ok) return locked;
  const hold = locked.data;
  if (hold.status === "scheduled") return visitAfter(tx, ctx, hold.id);
  if (hold.startsAt <= ctx.now()) return err("TOO_SOON");
  if (hold.status === "expired") return bookAgain(tx, ctx, hold);
  if (hold.status !== "held") return err("HOLD_EXPIRED", { status: hold.status });
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  const isLate = hold.holdExpiresAt !== null && hold.holdExpiresAt <= ctx.now();
  if (await isTakenElsewhere(tx, ctx, hold.id)) return err("SLOT_TAKEN");
  if (isLate && !(await hasRoomFor(tx, ctx, hold))) return err("OUTSIDE_HOURS", { why: "cap" });
  await updateVisit(tx, ctx, hold.id, { status: "scheduled", holdExpiresAt: null });
  await markBookedIn(tx, ctx, hold.patientId);
  const action = "appointment.book";
  await recordChange(tx, ctx, { appointmentId: hold.id, kind: "status", action, from: "held", to: "scheduled" });
  return visitAfter(tx, ctx, hold.id);
}

const bookAgain = (tx: Tx, ctx: ClinicContext, hold: LockedVisit): Promise<Result<Visit>> =>
  bookIn(tx, ctx, {
    patientId: hold.patientId,
    serviceId: hold.serviceId,
    providerId: hold.providerId,
    startsAt: hold.startsAt,
    createdFrom: hold.createdFrom,
    conversationId: hold.conversationId ?? undefined,
    note: hold.note ?? undefined,
  });

export const confirmHold = (ctx: ClinicContext, input: { appointmentId: string }): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) => confirmHoldIn(tx, ctx, input));
