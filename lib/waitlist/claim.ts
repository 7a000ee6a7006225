import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { freedSlots, waitlistEntries, waitlistOffers } from "@/db/schema/waitlist";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { attempt, transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { bookIn } from "@/lib/scheduling/book";
import { readVisit } from "@/lib/scheduling/read-visits";
import { rescheduleIn } from "@/lib/scheduling/reschedule";
import type { Visit } from "@/lib/scheduling/schema";
import { endSlotIn, ringForSlots, takeBackIn, thisSlot, ofSlot, VIOLATIONS } from "./internal";
import { mayCascade, type OfferStatus } from "./rules";

type Offer = typeof waitlistOffers.$inferSelect;
type Entry = typeof waitlistEntries.$inferSelect;

/** What an answer to an offer came to. `moved`: their old visit was given up for it. */
export type Claimed =
  | { outcome: "yours"; visit: Visit; movedFrom: Date | null }
  | { outcome: "gone"; startsAt: Date; isStillWaiting: boolean };

const BY_PATIENT = ["queued", "sent", "lapsed", "declined"] as const;
/** Staff may also take a slot for somebody whom no message could reach: they phoned. */
const answerable = ({ actor }: ClinicContext): OfferStatus[] => [
  ...BY_PATIENT,
  ...(actor.type === "user" ? (["refused"] as const) : []),
];

/**
 * Takes an offered time for who answers first: the compare-and-set on the slot, the booking or the move, the offer and the
 * entry are one transaction. Everybody else is answered `gone`, which is committed too: they keep their place, and are not
 * told a second time. A late yes counts while the time is free. A second yes answers the visit again. NOT_FOUND.
 */
export async function claimOfferIn(
  tx: Tx,
  ctx: ClinicContext,
  { offerId }: { offerId: string },
): Promise<Result<Claimed>> {
  const mine = and(eq(waitlistOffers.clinicId, ctx.clinic.id), eq(waitlistOffers.id, offerId));
  const [offer] = await tx.select().from(waitlistOffers).where(mine);
  if (!offer) return err("NOT_FOUND", { what: "offer" });
  if (offer.status === "claimed") return again(tx, ctx, offer);
  const taken = await attempt(tx, VIOLATIONS, (inner) => take(inner, ctx, offer));
  if (taken.ok) return taken;
  if (taken.error === "CLINIC_SUSPENDED") return taken;
  if (taken.error === "SLOT_TAKEN" && !isAnothers(taken.details)) await giveUp(tx, ctx, offer.slotId);
  return lose(tx, ctx, offer);
}

export const claimOffer = (ctx: ClinicContext, input: { offerId: string }): Promise<Result<Claimed>> =>
  transact(ctx, VIOLATIONS, (tx) => claimOfferIn(tx, ctx, input));

/** The slot first: rivals wait here, and find it filled. */
async function take(tx: Tx, ctx: ClinicContext, offer: Offer): Promise<Result<Claimed>> {
  const [slot] = await tx
    .update(freedSlots)
    .set({ status: "filled", endedBecause: "claimed", endedAt: ctx.now(), dueAt: sql`now()` })
    .where(and(thisSlot(ctx, offer.slotId), inArray(freedSlots.status, ["open", "over"])))
    .returning();
  if (!slot) return err("SLOT_TAKEN", { why: "ended" });
  const entry = await lockEntry(tx, ctx, offer.entryId);
  if (entry?.status !== "waiting") return err("CONFLICT", { why: "not_waiting" });
  const placed = await place(tx, ctx, offer, entry);
  if (!placed.ok) return placed;
  const { visit, movedFrom } = placed.data;
  if (!(await settle(tx, ctx, offer, visit.id))) return err("SLOT_TAKEN", { why: "answered" });
  if (movedFrom) await passOn(tx, ctx, visit.id, movedFrom, slot.cascadeDepth + 1);
  return ok({ outcome: "yours", visit, movedFrom });
}

async function lockEntry(tx: Tx, ctx: ClinicContext, id: string): Promise<Entry | undefined> {
  const [entry] = await tx
    .select()
    .from(waitlistEntries)
    .where(and(eq(waitlistEntries.clinicId, ctx.clinic.id), eq(waitlistEntries.id, id)))
    .for("update");
  return entry;
}

/** Moves the visit that they would give up, as it stands now, or books a new one. */
async function place(
  tx: Tx,
  ctx: ClinicContext,
  offer: Offer,
  entry: Entry,
): Promise<Result<{ visit: Visit; movedFrom: Date | null }>> {
  const { startsAt, providerId } = offer;
  const kept = entry.appointmentId ? await visitNow(tx, ctx, entry.appointmentId) : undefined;
  if (kept?.status === "scheduled") {
    if (kept.startsAt <= startsAt) return err("CONFLICT", { why: "not_earlier" });
    const moved = await rescheduleIn(tx, ctx, { appointmentId: kept.id, providerId, startsAt });
    return moved.ok ? ok({ visit: moved.data, movedFrom: kept.startsAt }) : moved;
  }
  if (kept && kept.status !== "cancelled") return err("CONFLICT", { why: "visit_over" });
  const { patientId, serviceId, conversationId } = entry;
  const booked = await bookIn(tx, ctx, {
    ...{ patientId, serviceId, providerId, startsAt, createdFrom: "WAITLIST" },
    conversationId: conversationId ?? offer.conversationId ?? undefined,
  });
  return booked.ok ? ok({ visit: booked.data, movedFrom: null }) : booked;
}

async function visitNow(tx: Tx, ctx: ClinicContext, id: string) {
  const [visit] = await tx
    .select({ id: appointments.id, status: appointments.status, startsAt: appointments.startsAt })
    .from(appointments)
    .where(and(eq(appointments.clinicId, ctx.clinic.id), eq(appointments.id, id)));
  return visit;
}

/** The offer is theirs, the others of the slot lost it, and their own other offers are withdrawn. */
async function settle(tx: Tx, ctx: ClinicContext, offer: Offer, appointmentId: string): Promise<boolean> {
  const answeredBy = ctx.actor.type === "user" ? "staff" : "patient";
  const claimed = await tx
    .update(waitlistOffers)
    .set({ status: "claimed", appointmentId, answeredAt: ctx.now(), answeredBy, reason: null })
    .where(
      and(
        ...[eq(waitlistOffers.clinicId, ctx.clinic.id), eq(waitlistOffers.id, offer.id)],
        inArray(waitlistOffers.status, answerable(ctx)),
      ),
    )
    .returning({ id: waitlistOffers.id });
  if (claimed.length === 0) return false;
  await takeBackIn(tx, ctx, offer.slotId, "claimed");
  await tx
    .update(waitlistOffers)
    .set({ status: "lost", reason: "claimed" })
    .where(and(ofSlot(ctx, offer.slotId), inArray(waitlistOffers.status, ["queued", "sent"])));
  await tx
    .update(waitlistOffers)
    .set({ status: "withdrawn", reason: "booked" })
    .where(
      and(
        ...[eq(waitlistOffers.clinicId, ctx.clinic.id), eq(waitlistOffers.entryId, offer.entryId)],
        ...[ne(waitlistOffers.id, offer.id), inArray(waitlistOffers.status, ["queued", "sent"])],
      ),
    );
  await tx
    .update(waitlistEntries)
    .set({ status: "booked", updatedAt: ctx.now() })
    .where(and(eq(waitlistEntries.clinicId, ctx.clinic.id), eq(waitlistEntries.id, offer.entryId)));
  await audit(tx, ctx, { action: "waitlist.claim", targetType: "waitlist_offer", targetId: offer.id });
  await announce(tx, ctx, "waitlist", offer.slotId);
  ringForSlots(tx, ctx);
  return true;
}

/** The time that a claim gave up is offered in turn, unless three slots of this cascade were. */
async function passOn(tx: Tx, ctx: ClinicContext, appointmentId: string, freed: Date, depth: number): Promise<void> {
  const now = ctx.now();
  const end = { status: "over", endedBecause: "cascade", endedAt: now, dueAt: null } as const;
  await tx
    .update(freedSlots)
    .set({ cascadeDepth: depth, ...(!mayCascade(depth) && end) })
    .where(
      and(
        ...[eq(freedSlots.clinicId, ctx.clinic.id), eq(freedSlots.appointmentId, appointmentId)],
        ...[eq(freedSlots.startsAt, freed), eq(freedSlots.status, "open")],
      ),
    );
}

async function again(tx: Tx, ctx: ClinicContext, offer: Offer): Promise<Result<Claimed>> {
  const visit = offer.appointmentId ? await readVisit(tx, ctx, offer.appointmentId) : undefined;
  return visit?.status === "scheduled"
    ? ok({ outcome: "yours", visit, movedFrom: null })
    : ok({ outcome: "gone", startsAt: offer.startsAt, isStillWaiting: false });
}

/** Somebody was sooner, or the time is gone for another reason: this answer is the telling. */
async function lose(tx: Tx, ctx: ClinicContext, offer: Offer): Promise<Result<Claimed>> {
  const now = ctx.now();
  await tx
    .update(waitlistOffers)
    .set({ status: "lost", answeredAt: now, answeredBy: ctx.actor.type === "user" ? "staff" : "patient", toldAt: now })
    .where(
      and(
        ...[eq(waitlistOffers.clinicId, ctx.clinic.id), eq(waitlistOffers.id, offer.id)],
        inArray(waitlistOffers.status, [...answerable(ctx), "lost"]),
      ),
    );
  await audit(tx, ctx, { action: "waitlist.lose", targetType: "waitlist_offer", targetId: offer.id });
  await announce(tx, ctx, "waitlist", offer.slotId);
  const entry = await lockEntry(tx, ctx, offer.entryId);
  return ok({ outcome: "gone", startsAt: offer.startsAt, isStillWaiting: entry?.status === "waiting" });
}

const isAnothers = (details: unknown): boolean => typeof details === "object" && details !== null && "why" in details;

/** The book has it no more: whoever else was asked is told so too. */
async function giveUp(tx: Tx, ctx: ClinicContext, slotId: string): Promise<void> {
  const [slot] = await tx
    .select()
    .from(freedSlots)
    .where(and(thisSlot(ctx, slotId), eq(freedSlots.status, "open")))
    .for("update");
  if (slot) await endSlotIn(tx, ctx, slot, { status: "over", because: "taken", asked: "lost" });
}
