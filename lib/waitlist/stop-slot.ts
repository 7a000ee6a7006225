import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { freedSlots } from "@/db/schema/waitlist";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { endSlotIn, ringForSlots, thisSlot, VIOLATIONS } from "./internal";

/**
 * Staff stop the filling of a slot: nobody else is asked, what still waits to be sent is taken back, and who was asked and
 * says yes is told that it is gone. A second stop changes nothing. NOT_FOUND, ILLEGAL_TRANSITION for one that has ended.
 */
export const stopSlot = (ctx: ClinicContext, id: string): Promise<Result<{ id: string }>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const slot = await lockSlot(tx, ctx, id);
    if (!slot) return err("NOT_FOUND", { what: "slot" });
    if (slot.status === "stopped") return ok({ id });
    if (slot.status !== "open") return err("ILLEGAL_TRANSITION", { from: slot.status, to: "stopped" });
    await endSlotIn(tx, ctx, slot, { status: "stopped", because: "stopped", asked: "withdrawn" });
    await audit(tx, ctx, { action: "waitlist.stop", targetType: "freed_slot", targetId: id });
    return ok({ id });
  });

/** Undoes a stop: those who were not asked yet are asked. CONFLICT when the same time is being offered anew already. */
export const resumeSlot = (ctx: ClinicContext, id: string): Promise<Result<{ id: string }>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const slot = await lockSlot(tx, ctx, id);
    if (!slot) return err("NOT_FOUND", { what: "slot" });
    if (slot.status === "open") return ok({ id });
    if (slot.status !== "stopped") return err("ILLEGAL_TRANSITION", { from: slot.status, to: "open" });
    await tx
      .update(freedSlots)
      .set({ status: "open", endedBecause: null, endedAt: null, dueAt: sql`now()` })
      .where(thisSlot(ctx, id));
    await audit(tx, ctx, { action: "waitlist.resume", targetType: "freed_slot", targetId: id });
    await announce(tx, ctx, "waitlist", id);
    ringForSlots(tx, ctx);
    return ok({ id });
  });

/** The slot's row until the transaction ends: a sweep that has it in hand is waited for. */
export async function lockSlot(tx: Tx, ctx: ClinicContext, id: string) {
  const [slot] = await tx
    .select()
    .from(freedSlots)
    .where(and(eq(freedSlots.clinicId, ctx.clinic.id), eq(freedSlots.id, id)))
    .for("update");
  return slot;
}
