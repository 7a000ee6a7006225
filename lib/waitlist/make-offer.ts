import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { clinics } from "@/db/schema/clinics";
import { conversations } from "@/db/schema/messaging";
import { patients } from "@/db/schema/patients";
import { providers } from "@/db/schema/resources";
import { waitlistOffers } from "@/db/schema/waitlist";
import { audit } from "@/lib/audit/record";
import { rulesOf } from "@/lib/clinics/rules";
import type { ClinicContext } from "@/lib/core/context";
import { localeOf } from "@/lib/core/locales";
import { dayIn } from "@/lib/core/zone";
import { channelOf } from "@/lib/messaging/channels/registry";
import { openThreadIn } from "@/lib/messaging/thread";
import { sendAutomaticIn } from "@/lib/messaging/templates/send-automatic";
import { readCounts, type Asked, type Slot } from "./candidates";
import { offerKey } from "./internal";
import { momentWritten } from "./moment";
import type { Way } from "./reach";
import { expiryOf, mayBeOffered } from "./rules";

/** The words on the buttons beside an offer; by SMS the text names the digits. */
const CHOICES = {
  en: ["Take it", "Not this one"],
  es: ["La quiero", "Esta no"],
  ar: ["أريده", "ليس هذا"],
} as const;

export interface NewOffer {
  slot: Slot;
  asked: Asked;
  startsAt: Date;
  way: Way;
  madeBy: "sweep" | "staff";
}

/**
 * Offers a time to one who waits: the row and the message in one transaction. False: they are in another's hands at this
 * moment, or their limits (two open, one new a day) are reached after all; somebody else is asked. The patient's row is
 * locked, so that two slots are not offered to one person at once; the index on the day has the last word.
 */
export async function makeOfferIn(tx: Tx, ctx: ClinicContext, offer: NewOffer): Promise<boolean> {
  const { slot, asked, startsAt, way, madeBy } = offer;
  if (!(await lockPatient(tx, ctx, asked.patientId)) || !(await isThreadFree(tx, ctx, way))) return false;
  const counts = (await readCounts(tx, ctx, [asked.patientId])).get(asked.patientId);
  if (madeBy === "sweep" && counts && !mayBeOffered(counts)) return false;
  const [id, now] = [newId(), ctx.now()];
  const made = await tx
    .insert(waitlistOffers)
    .values({
      ...{ id, clinicId: ctx.clinic.id, slotId: slot.id, entryId: asked.entryId, patientId: asked.patientId },
      ...{ providerId: slot.providerId, startsAt, madeBy, status: "queued", offeredAt: now },
      ...{ batch: slot.batches + 1, expiresAt: expiryOf(now), countedDay: dayIn(now, ctx.clinic.timeZone) },
    })
    .onConflictDoNothing()
    .returning({ id: waitlistOffers.id });
  if (made.length === 0) return false;
  const line = { id: way.channelId, ...channelOf(way.channelKind) };
  const thread = await openThreadIn(tx, ctx, line, way.contactPointId, asked.patient.language);
  const messageId = await say(tx, ctx, id, { ...offer, conversationId: thread.id }, thread.language);
  await tx
    .update(waitlistOffers)
    .set({ conversationId: thread.id, messageId })
    .where(and(eq(waitlistOffers.clinicId, ctx.clinic.id), eq(waitlistOffers.id, id)));
  await audit(tx, ctx, { action: "waitlist.offer", targetType: "waitlist_offer", targetId: id });
  return true;
}

/** Writes down that somebody was not asked, and why, so that staff see it. */
export async function noteHeldBack(
  tx: Tx,
  ctx: ClinicContext,
  slot: Slot,
  asked: Asked,
  startsAt: Date,
  reason: string,
) {
  const [id, now] = [newId(), ctx.now()];
  await tx.insert(waitlistOffers).values({
    ...{ id, clinicId: ctx.clinic.id, slotId: slot.id, entryId: asked.entryId, patientId: asked.patientId },
    ...{ providerId: slot.providerId, startsAt, madeBy: "sweep", status: "refused", reason, batch: slot.batches + 1 },
    ...{ offeredAt: now, expiresAt: now },
  });
  await audit(tx, ctx, { action: "waitlist.hold_back", targetType: "waitlist_offer", targetId: id });
}

async function lockPatient(tx: Tx, ctx: ClinicContext, patientId: string): Promise<boolean> {
  const locked = await tx
    .select({ id: patients.id })
    .from(patients)
    .where(and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, patientId)))
    .for("no key update", { skipLocked: true });
  return locked.length === 1;
}

/** A thread that is in a turn's hands is left alone: the turn may be waiting for this very slot. */
async function isThreadFree(tx: Tx, ctx: ClinicContext, { channelId, contactPointId }: Way): Promise<boolean> {
  const here = and(
    ...[eq(conversations.clinicId, ctx.clinic.id), eq(conversations.channelId, channelId)],
    eq(conversations.contactPointId, contactPointId),
  );
  const all = await tx.select({ id: conversations.id }).from(conversations).where(here);
  const ids = all.map(({ id }) => id);
  if (ids.length === 0) return true;
  const locked = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(here, inArray(conversations.id, ids)))
    .orderBy(asc(conversations.id))
    .for("update", { skipLocked: true });
  return locked.length === ids.length;
}

async function say(
  tx: Tx,
  ctx: ClinicContext,
  id: string,
  { slot, asked, startsAt, conversationId }: NewOffer & { conversationId: string },
  language: string | null,
): Promise<string> {
  const [clinic] = await tx.select().from(clinics).where(eq(clinics.id, ctx.clinic.id));
  const [provider] = await tx
    .select({ name: providers.name })
    .from(providers)
    .where(and(eq(providers.clinicId, ctx.clinic.id), eq(providers.id, slot.providerId)));
  const spoken = language ?? asked.patient.language ?? ctx.clinic.defaultLocale;
  const locale = localeOf(spoken) ?? "en";
  const [take, pass] = CHOICES[locale];
  const { digits } = rulesOf(clinic?.settings ?? {});
  return sendAutomaticIn(tx, ctx, {
    ...{ conversationId, purpose: "waitlist_offer", dedupeKey: offerKey(id), expiresAt: expiryOf(ctx.now()) },
    values: {
      patient_name: asked.patient.name.split(/\s+/)[0] ?? asked.patient.name,
      earlier_time: momentWritten(startsAt, locale, ctx.clinic.timeZone, digits),
      service_name: asked.serviceNames[locale] ?? asked.serviceNames.en ?? "",
      provider_name: provider?.name ?? "",
    },
    choices: [
      { id: "choose:1", title: take },
      { id: "choose:2", title: pass },
    ],
  });
}
