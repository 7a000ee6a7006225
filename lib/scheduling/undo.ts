import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { dayIn } from "@/lib/core/zone";
import { may } from "@/lib/identity/permissions";
import { changeVisit } from "./change-visit";
import { plansAt } from "./availability";
import { lockVisit, type LockedVisit } from "./lock-visit";
import { elsewhereIn, factsOf, lockSchedule, readBook } from "./read-book";
import { UNDO } from "./rules";
import type { ShownVisit, Status, Visit } from "./schema";
import { minuteOf } from "./spans";
import { transitionIn } from "./transition";

export interface UndoStep {
  appointmentId: string;
  from?: Status | undefined;
}

/**
 * Takes the last step of a visit back: arrived, missed or cancelled becomes scheduled; completed becomes arrived, on
 * the same day and by those who manage the clinic only. SLOT_TAKEN or OUTSIDE_HOURS when its time is no longer there;
 * ILLEGAL_TRANSITION when there is nothing to undo, or when it is no longer in the state `from` that the caller saw.
 */
export async function undoIn(tx: Tx, ctx: ClinicContext, { appointmentId, from }: UndoStep): Promise<Result<Visit>> {
  const locked = await lockVisit(tx, ctx, appointmentId);
  if (!locked.ok) return locked;
  const { status } = locked.data;
  const to = UNDO[status];
  if (!to || (from !== undefined && from !== status)) return err("ILLEGAL_TRANSITION", { from: status, to: "undo" });
  const guard = (visit: LockedVisit) => mayUndo(tx, ctx, visit);
  return transitionIn(tx, ctx, { appointmentId, to, action: "appointment.undo", reason: "undo", guard });
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
  return (await isStillOpen(tx, ctx, visit)) ? ok() : err("OUTSIDE_HOURS");
}

/** Whether its provider still works then, and is not taken elsewhere: both may have changed since it was cancelled. */
async function isStillOpen(tx: Tx, ctx: ClinicContext, visit: LockedVisit): Promise<boolean> {
  const start = minuteOf(visit.startsAt);
  const ask = { range: [start, start + 1] as const, providerIds: [visit.providerId] };
  const book = await readBook(tx, ctx, visit.serviceId, ask);
  await lockSchedule(tx, ctx, book);
  if (!book.service) return false;
  const facts = { ...factsOf(ctx, book.service.plan, book), busy: elsewhereIn(book.elsewhere) };
  return plansAt(facts, [start], 1).length > 0;
}
