import { and, asc, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clinics } from "@/db/schema/clinics";
import { conversations } from "@/db/schema/messaging";
import { patients } from "@/db/schema/patients";
import { waitlistOffers } from "@/db/schema/waitlist";
import { audit } from "@/lib/audit/record";
import { rulesOf } from "@/lib/clinics/rules";
import type { ClinicContext } from "@/lib/core/context";
import { sendAutomaticIn } from "@/lib/messaging/templates/send-automatic";
import type { Slot } from "./candidates";
import { ofSlot } from "./internal";
import { momentWritten } from "./moment";

/**
 * Tells those who were asked and did not get the slot that it is gone and that they keep their place: once each, and not
 * those who have heard it as the answer to their own yes. Answers how many are left for later: their thread is in a turn's
 * hands, and that turn may be telling them.
 */
export async function tellLosersIn(tx: Tx, ctx: ClinicContext, slot: Slot): Promise<number> {
  const lost = await tx
    .select({ offer: waitlistOffers, name: patients.name, language: patients.language })
    .from(waitlistOffers)
    .innerJoin(patients, and(eq(patients.clinicId, waitlistOffers.clinicId), eq(patients.id, waitlistOffers.patientId)))
    .where(and(ofSlot(ctx, slot.id), eq(waitlistOffers.status, "lost"), isNull(waitlistOffers.toldAt)))
    .orderBy(asc(waitlistOffers.id));
  let left = 0;
  for (const { offer, name, language } of lost) {
    const thread = await lockThread(tx, ctx, offer.conversationId);
    if (!thread) left += 1;
    else await tell(tx, ctx, offer, thread, { name, language });
  }
  return left;
}

async function lockThread(tx: Tx, ctx: ClinicContext, id: string | null) {
  if (!id) return undefined;
  const [thread] = await tx
    .select({ id: conversations.id, language: conversations.language })
    .from(conversations)
    .where(and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, id)))
    .for("update", { skipLocked: true });
  return thread;
}

type Offer = typeof waitlistOffers.$inferSelect;

async function tell(
  tx: Tx,
  ctx: ClinicContext,
  offer: Offer,
  thread: { id: string; language: string | null },
  person: { name: string; language: string | null },
): Promise<void> {
  const told = await tx
    .update(waitlistOffers)
    .set({ toldAt: ctx.now() })
    .where(and(ofSlot(ctx, offer.slotId), eq(waitlistOffers.id, offer.id), isNull(waitlistOffers.toldAt)))
    .returning({ id: waitlistOffers.id });
  if (told.length === 0) return; // their own turn was faster
  const [clinic] = await tx.select().from(clinics).where(eq(clinics.id, ctx.clinic.id));
  const { digits } = rulesOf(clinic?.settings ?? {});
  const language = thread.language ?? person.language ?? ctx.clinic.defaultLocale;
  await sendAutomaticIn(tx, ctx, {
    ...{ conversationId: thread.id, purpose: "waitlist_lost", dedupeKey: `waitlist-lost:${offer.id}` },
    expiresAt: offer.startsAt,
    values: {
      patient_name: person.name.split(/\s+/)[0] ?? person.name,
      earlier_time: momentWritten(offer.startsAt, language, ctx.clinic.timeZone, digits),
    },
  });
  await audit(tx, ctx, { action: "waitlist.tell", targetType: "waitlist_offer", targetId: offer.id });
}
