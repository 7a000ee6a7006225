import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { askGate } from "./ask-gate";
import { fittingIn } from "./fill-slot";
import { VIOLATIONS } from "./internal";
import { makeOfferIn } from "./make-offer";
import { findWaysIn } from "./reach";
import { lockSlot } from "./stop-slot";

/**
 * Staff offer an open slot to somebody of their choice, past the rank and the limits, never past the send gate. CONFLICT
 * with the gate's reason, `does_not_fit`, or `busy` where they are in somebody's hands at this moment or asked already.
 */
export const offerByHand = (
  ctx: ClinicContext,
  { slotId, entryId }: { slotId: string; entryId: string },
): Promise<Result<{ id: string }>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const slot = await lockSlot(tx, ctx, slotId);
    if (!slot) return err("NOT_FOUND", { what: "slot" });
    if (slot.status !== "open") return err("ILLEGAL_TRANSITION", { from: slot.status, to: "offered" });
    const [fitting] = await fittingIn(tx, ctx, slot, entryId);
    if (!fitting) return err("CONFLICT", { why: "does_not_fit" });
    const { entry } = fitting.asked;
    const ways = await findWaysIn(tx, ctx, [
      { entryId, patientId: entry.patientId, conversationId: entry.conversationId },
    ]);
    const way = ways.get(entryId);
    if (!way) return err("CONFLICT", { why: "no_way" });
    const verdict = (await askGate(tx, ctx, slot, [fitting], ways)).decide(entryId);
    if (verdict.verdict === "suppress") return err("CONFLICT", { why: verdict.reason });
    if (verdict.verdict === "later") return err("CONFLICT", { why: "quiet_hours", at: verdict.at.toISOString() });
    const isMade = await makeOfferIn(tx, ctx, { slot, ...fitting, way, madeBy: "staff" });
    if (!isMade) return err("CONFLICT", { why: "busy" });
    await announce(tx, ctx, "waitlist", slotId);
    return ok({ id: slotId });
  });
