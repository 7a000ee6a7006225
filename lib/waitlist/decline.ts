import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { freedSlots, waitlistOffers } from "@/db/schema/waitlist";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { ringForSlots, thisSlot, VIOLATIONS } from "./internal";

/** "No" to an offer: they keep their place, and the next may be asked sooner. What is over already stays as it is. NOT_FOUND. */
export async function declineOfferIn(
  tx: Tx,
  ctx: ClinicContext,
  { offerId }: { offerId: string },
): Promise<Result<null>> {
  const mine = and(eq(waitlistOffers.clinicId, ctx.clinic.id), eq(waitlistOffers.id, offerId));
  const answer = { answeredAt: ctx.now(), answeredBy: ctx.actor.type === "user" ? "staff" : "patient" } as const;
  const [declined] = await tx
    .update(waitlistOffers)
    .set({ status: "declined", ...answer })
    .where(and(mine, inArray(waitlistOffers.status, ["queued", "sent", "lapsed"])))
    .returning({ slotId: waitlistOffers.slotId });
  if (!declined) {
    const [known] = await tx.select({ id: waitlistOffers.id }).from(waitlistOffers).where(mine);
    return known ? ok() : err("NOT_FOUND", { what: "offer" });
  }
  await tx
    .update(freedSlots)
    .set({ dueAt: sql`now()` })
    .where(and(thisSlot(ctx, declined.slotId), eq(freedSlots.status, "open")));
  await audit(tx, ctx, { action: "waitlist.decline", targetType: "waitlist_offer", targetId: offerId });
  await announce(tx, ctx, "waitlist", declined.slotId);
  ringForSlots(tx, ctx);
  return ok();
}

export const declineOffer = (ctx: ClinicContext, input: { offerId: string }): Promise<Result<null>> =>
  transact(ctx, VIOLATIONS, (tx) => declineOfferIn(tx, ctx, input));
