import { and, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { messages, outbox } from "@/db/schema/messaging";
import { freedSlots, waitlistOffers } from "@/db/schema/waitlist";
import { slotsDue } from "@/inngest/events";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ring } from "@/lib/core/doorbell";
import { err } from "@/lib/core/result";
import { afterCommit } from "@/lib/core/transact";
import type { Violations } from "@/lib/core/violations";
import { suppressIn } from "@/lib/messaging/outbox/suppress";
import { announce } from "@/lib/realtime/announce";
import { VIOLATIONS as OF_BOOK } from "@/lib/scheduling/rules";
import type { Slot } from "./candidates";
import type { SlotEnd, SlotStatus } from "./rules";

/** Named constraints that a caller can run into, and what they mean. */
export const VIOLATIONS = {
  ...OF_BOOK,
  waitlist_entries_one_waiting_uq: err("CONFLICT", { what: "waiting" }),
  waitlist_entries_patient_fk: err("NOT_FOUND", { what: "patient" }),
  waitlist_entries_service_fk: err("NOT_FOUND", { what: "service" }),
  waitlist_entries_appointment_fk: err("NOT_FOUND", { what: "appointment" }),
  waitlist_entry_providers_provider_fk: err("NOT_FOUND", { what: "provider" }),
  waitlist_offers_one_claim_uq: err("SLOT_TAKEN"),
  waitlist_offers_one_open_uq: err("CONFLICT", { what: "offered" }),
  freed_slots_one_open_uq: err("CONFLICT", { what: "open" }),
} as const satisfies Violations;

/** The key under which an offer's message stands in the outbox, whichever channel has it. */
export const offerKey = (offerId: string): string => `waitlist:${offerId}`;

export const ofSlot = (ctx: ClinicContext, slotId: string) =>
  and(eq(waitlistOffers.clinicId, ctx.clinic.id), eq(waitlistOffers.slotId, slotId));

export const thisSlot = (ctx: ClinicContext, slotId: string) =>
  and(eq(freedSlots.clinicId, ctx.clinic.id), eq(freedSlots.id, slotId));

/** When the sweep looks next: an instant of the product's clock, kept in the database's. */
export const dueIn = (ctx: ClinicContext, at: Date): SQL => {
  const seconds = Math.max(0, (at.getTime() - ctx.now().getTime()) / 1000);
  return sql`now() + ${seconds}::float8 * interval '1 second'`;
};

/** Rings for a clinic's slots once this commits; the sweep looks anyway. */
export const ringForSlots = (tx: Tx, ctx: ClinicContext): void =>
  afterCommit(tx, () => ring(slotsDue.create({ clinicId: ctx.clinic.id })));

/** What was sent can't be taken back, what still waits is: it is no use any more. The slot is locked by the caller. */
export async function takeBackIn(tx: Tx, ctx: ClinicContext, slotId: string, reason: string): Promise<void> {
  const queued = await tx
    .select({ id: waitlistOffers.id })
    .from(waitlistOffers)
    .where(and(ofSlot(ctx, slotId), eq(waitlistOffers.status, "queued")))
    .for("update");
  for (const { id } of queued) {
    const [waiting] = await tx
      .select({ outboxId: outbox.id, messageId: outbox.messageId })
      .from(outbox)
      .innerJoin(messages, and(eq(messages.clinicId, outbox.clinicId), eq(messages.id, outbox.messageId)))
      .where(
        and(
          ...[eq(outbox.clinicId, ctx.clinic.id), eq(outbox.dedupeKey, offerKey(id)), eq(outbox.state, "due")],
          eq(messages.status, "queued"),
        ),
      )
      .for("update", { of: outbox, skipLocked: true });
    if (!waiting) continue; // it is on its way: who gets it counts as asked
    await suppressIn(tx, ctx, waiting.outboxId, waiting.messageId, "expired");
    await tx
      .update(waitlistOffers)
      .set({ status: "withdrawn", reason, countedDay: null })
      .where(and(eq(waitlistOffers.clinicId, ctx.clinic.id), eq(waitlistOffers.id, id)));
  }
}

/** Ends the filling of a slot that the caller has locked; who was asked and has not answered has the given outcome. */
export async function endSlotIn(
  tx: Tx,
  ctx: ClinicContext,
  slot: Pick<Slot, "id">,
  end: { status: Exclude<SlotStatus, "open">; because: SlotEnd; asked: "lost" | "withdrawn" },
): Promise<void> {
  await takeBackIn(tx, ctx, slot.id, end.because);
  const left = await tx
    .update(waitlistOffers)
    .set({ status: end.asked, reason: end.because })
    .where(and(ofSlot(ctx, slot.id), inArray(waitlistOffers.status, ["queued", "sent"])))
    .returning({ id: waitlistOffers.id });
  const hasToTell = end.asked === "lost" && left.length > 0;
  await tx
    .update(freedSlots)
    .set({
      ...{ status: end.status, endedBecause: end.because, endedAt: ctx.now() },
      dueAt: hasToTell ? sql`now()` : null,
    })
    .where(thisSlot(ctx, slot.id));
  await audit(tx, ctx, { action: "waitlist.end", targetType: "freed_slot", targetId: slot.id, reason: end.because });
  await announce(tx, ctx, "waitlist", slot.id);
  if (hasToTell) ringForSlots(tx, ctx);
}
