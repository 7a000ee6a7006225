import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments, occupancies } from "@/db/schema/appointments";
import { messages, outbox } from "@/db/schema/messaging";
import { freedSlots, waitlistOffers } from "@/db/schema/waitlist";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { addDays, dayBounds, dayIn } from "@/lib/core/zone";
import { announce } from "@/lib/realtime/announce";
import { askGate } from "./ask-gate";
import { isWithinLimits, rankedFor, startFor, wants, type Asked, type Slot } from "./candidates";
import { dueIn, endSlotIn, offerKey, ofSlot, thisSlot } from "./internal";
import { makeOfferIn, noteHeldBack } from "./make-offer";
import { findWaysIn } from "./reach";
import { BATCH_SIZE, nextStep, stopsAt } from "./rules";

const MINUTE = 60_000;
/** Of one look at a slot; who is refused by the gate is written down, so the next look begins after them. */
const MOST_ASKED_OF_GATE = 24;

/**
 * One step of an open slot that the caller has locked: what became of its offers is read from the outbox, then it waits,
 * asks the next batch, or ends. It writes its next due time in any case, so that running it again anywhere is harmless.
 */
export async function stepSlotIn(tx: Tx, ctx: ClinicContext, slot: Slot): Promise<void> {
  await settleOffersIn(tx, ctx, slot);
  const open = await tx
    .select({ status: waitlistOffers.status, expiresAt: waitlistOffers.expiresAt })
    .from(waitlistOffers)
    .where(and(ofSlot(ctx, slot.id), inArray(waitlistOffers.status, ["queued", "sent"])));
  const until = open.map(({ expiresAt }) => expiresAt);
  const next = nextStep(slot.startsAt, until, ctx.now());
  if (next.step === "end")
    return endSlotIn(tx, ctx, slot, { status: "over", because: next.because, asked: "withdrawn" });
  if (next.step === "offer") return offerBatch(tx, ctx, slot);
  const isUnsent = open.some(({ status }) => status === "queued");
  const soon = new Date(ctx.now().getTime() + MINUTE);
  await lookAgain(tx, ctx, slot, isUnsent && soon < next.until ? soon : next.until);
}

const lookAgain = async (tx: Tx, ctx: ClinicContext, { id }: Slot, at: Date): Promise<void> => {
  await tx
    .update(freedSlots)
    .set({ dueAt: dueIn(ctx, at) })
    .where(thisSlot(ctx, id));
};

/** What the outbox made of the offers: gone out, held back by the gate, failed; and whose time is over. */
async function settleOffersIn(tx: Tx, ctx: ClinicContext, slot: Slot): Promise<void> {
  const rows = await tx
    .select({ offer: waitlistOffers, status: messages.status, reason: messages.statusReason })
    .from(waitlistOffers)
    .leftJoin(
      outbox,
      and(
        ...[eq(outbox.clinicId, waitlistOffers.clinicId), isNull(outbox.supersededAt)],
        sql`${outbox.dedupeKey} = ${offerKey("")}::text || ${waitlistOffers.id}`,
      ),
    )
    .leftJoin(messages, and(eq(messages.clinicId, outbox.clinicId), eq(messages.id, outbox.messageId)))
    .where(and(ofSlot(ctx, slot.id), inArray(waitlistOffers.status, ["queued", "sent"])))
    .orderBy(waitlistOffers.id);
  let hasChanged = false;
  for (const { offer, status, reason } of rows) {
    const change = changeOf(offer, status, reason, ctx.now());
    if (!change) continue;
    hasChanged = true;
    await tx
      .update(waitlistOffers)
      .set(change)
      .where(and(ofSlot(ctx, slot.id), eq(waitlistOffers.id, offer.id), eq(waitlistOffers.status, offer.status)));
    await audit(tx, ctx, { action: "waitlist.settle", targetType: "waitlist_offer", targetId: offer.id });
  }
  if (hasChanged) await announce(tx, ctx, "waitlist", slot.id);
}

type Offer = typeof waitlistOffers.$inferSelect;

function changeOf(offer: Offer, status: string | null, reason: string | null, now: Date): Partial<Offer> | undefined {
  const isOver = offer.expiresAt <= now;
  if (status === "suppressed") return { status: "refused", reason: reason ?? "expired", countedDay: null };
  if (status === "failed") return { status: "refused", reason: "failed", countedDay: null };
  const isOut = status !== null && status !== "queued";
  if (isOver) return isOut ? { status: "lapsed" } : { status: "refused", reason: "expired", countedDay: null };
  return isOut && offer.status === "queued" ? { status: "sent" } : undefined;
}

/** Asks the next of the list, three at most, whom the gate lets through now. */
async function offerBatch(tx: Tx, ctx: ClinicContext, slot: Slot): Promise<void> {
  const fitting = await fittingIn(tx, ctx, slot);
  const free = fitting.filter(({ asked }) => isWithinLimits(asked)).slice(0, MOST_ASKED_OF_GATE);
  const ways = await findWaysIn(tx, ctx, free.map(({ asked }) => asked.entry).map(askerOf));
  const gate = await askGate(tx, ctx, slot, free, ways);
  let made = 0;
  let opensAt: Date | undefined;
  let isHeldBack = false;
  for (const { asked, startsAt } of free) {
    if (made === BATCH_SIZE) break;
    const [way, verdict] = [ways.get(asked.entryId), gate.decide(asked.entryId)];
    if (!way || verdict.verdict === "suppress") {
      const reason = verdict.verdict === "suppress" ? verdict.reason : "no_way";
      await noteHeldBack(tx, ctx, slot, asked, startsAt, reason);
      isHeldBack = true;
    } else if (verdict.verdict === "later") {
      if (!opensAt || verdict.at < opensAt) opensAt = verdict.at;
    } else if (await makeOfferIn(tx, ctx, { slot, asked, startsAt, way, madeBy: "sweep" })) {
      gate.count(asked.entryId);
      made += 1;
    }
  }
  if (made === 0 && !isHeldBack) return waitOrEnd(tx, ctx, slot, { fitting, free, opensAt });
  if (made > 0)
    await tx
      .update(freedSlots)
      .set({ batches: slot.batches + 1 })
      .where(thisSlot(ctx, slot.id));
  await announce(tx, ctx, "waitlist", slot.id);
  await lookAgain(tx, ctx, slot, new Date(ctx.now().getTime() + (made > 0 ? MINUTE : 0)));
}

const askerOf = ({ id, patientId, conversationId }: Asked["entry"]) => ({ entryId: id, patientId, conversationId });

export interface Fitting {
  asked: Asked;
  startsAt: Date;
}

/** Those whom the time suits and whose service can be booked in it, in their order. */
export async function fittingIn(tx: Tx, ctx: ClinicContext, slot: Slot, only?: string): Promise<Fitting[]> {
  const starts = new Map<string, Date | undefined>();
  const fitting: Fitting[] = [];
  for (const asked of await rankedFor(tx, ctx, slot, only)) {
    const { serviceId } = asked.entry;
    if (!starts.has(serviceId)) starts.set(serviceId, await startFor(tx, ctx, slot, serviceId));
    const startsAt = starts.get(serviceId);
    if (startsAt && wants(ctx, asked, { startsAt, providerId: slot.providerId })) fitting.push({ asked, startsAt });
  }
  return fitting;
}

/**
 * Nobody can be asked now. Whose night it is, who had their offer of the day, and a hold that stands in the time are waited
 * for while there is time to ask; else the slot is over.
 */
async function waitOrEnd(
  tx: Tx,
  ctx: ClinicContext,
  slot: Slot,
  left: { fitting: Fitting[]; free: Fitting[]; opensAt: Date | undefined },
): Promise<void> {
  const { timeZone } = ctx.clinic;
  const tomorrow = dayBounds(addDays(dayIn(ctx.now(), timeZone), 1), timeZone).start;
  const standing = await readStanding(tx, ctx, slot);
  const soon = new Date(ctx.now().getTime() + MINUTE);
  const isBusy = left.free.length > 0 && !left.opensAt; // in another's hands at this moment
  const times = [
    ...(left.opensAt ? [left.opensAt] : []),
    ...(left.fitting.length > left.free.length ? [tomorrow] : []),
    ...standing.flatMap(({ holdExpiresAt }) => (holdExpiresAt ? [holdExpiresAt > soon ? holdExpiresAt : soon] : [])),
    ...(isBusy ? [soon] : []),
  ].filter((at) => at < stopsAt(slot.startsAt));
  const next = times.toSorted((a, b) => a.getTime() - b.getTime())[0];
  if (next) return lookAgain(tx, ctx, slot, next);
  const isTaken = left.fitting.length === 0 && standing.length > 0;
  const asked = isTaken ? "lost" : "withdrawn";
  await endSlotIn(tx, ctx, slot, { status: "over", because: isTaken ? "taken" : "nobody_left", asked });
}

/** What stands in the freed time now. */
const readStanding = (tx: Tx, ctx: ClinicContext, slot: Slot) =>
  tx
    .select({ holdExpiresAt: appointments.holdExpiresAt })
    .from(occupancies)
    .innerJoin(
      appointments,
      and(eq(appointments.clinicId, occupancies.clinicId), eq(appointments.id, occupancies.appointmentId)),
    )
    .where(
      and(
        ...[eq(occupancies.clinicId, ctx.clinic.id), eq(occupancies.resourceId, slot.providerId)],
        sql`${occupancies.during} && tstzrange(${slot.startsAt}, ${slot.endsAt})`,
      ),
    );
