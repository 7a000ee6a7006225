import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patients } from "@/db/schema/patients";
import { providers } from "@/db/schema/resources";
import { freedSlots, waitlistOffers } from "@/db/schema/waitlist";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import type { ListFreedSlots } from "./schema";

/** Freed times, those being offered first, then the latest; each with who was asked and what became of it. */
export const listSlots = (ctx: ClinicContext, { page, limit, status }: ListFreedSlots) =>
  query(ctx, async (tx) => {
    const where = and(
      eq(freedSlots.clinicId, ctx.clinic.id),
      status ? eq(freedSlots.status, status) : undefined,
      // What nobody waited for is no news.
      sql`(${freedSlots.status} in ('open', 'filled', 'stopped') or ${freedSlots.batches} > 0)`,
    );
    const rows = await tx
      .select({ slot: freedSlots, providerName: providers.name, providerColor: providers.color })
      .from(freedSlots)
      .innerJoin(providers, and(eq(providers.clinicId, freedSlots.clinicId), eq(providers.id, freedSlots.providerId)))
      .where(where)
      .orderBy(desc(sql`${freedSlots.status} = 'open'`), desc(freedSlots.freedAt), desc(freedSlots.id))
      .limit(limit)
      .offset((page - 1) * limit);
    const [total] = await tx.select({ n: count() }).from(freedSlots).where(where);
    const offers = await readOffers(
      tx,
      ctx,
      rows.map(({ slot }) => slot.id),
    );
    const items = rows.map(({ slot, providerName, providerColor }) => ({
      ...{ id: slot.id, status: slot.status, cause: slot.cause, cascadeDepth: slot.cascadeDepth },
      ...{ startsAt: slot.startsAt, endsAt: slot.endsAt, freedAt: slot.freedAt },
      ...{ endedAt: slot.endedAt, endedBecause: slot.endedBecause, batches: slot.batches },
      provider: { id: slot.providerId, name: providerName, color: providerColor },
      offers: offers.filter(({ slotId }) => slotId === slot.id).map(({ slotId: _, ...offer }) => offer),
    }));
    return ok({ items, page, limit, total: total?.n ?? 0 });
  }) satisfies Promise<Result<unknown>>;

async function readOffers(tx: Tx, ctx: ClinicContext, slotIds: string[]) {
  if (slotIds.length === 0) return [];
  const rows = await tx
    .select({ offer: waitlistOffers, patientName: patients.name })
    .from(waitlistOffers)
    .innerJoin(patients, and(eq(patients.clinicId, waitlistOffers.clinicId), eq(patients.id, waitlistOffers.patientId)))
    .where(and(eq(waitlistOffers.clinicId, ctx.clinic.id), inArray(waitlistOffers.slotId, slotIds)))
    .orderBy(asc(waitlistOffers.batch), asc(waitlistOffers.id));
  return rows.map(({ offer, patientName }) => ({
    ...{ id: offer.id, slotId: offer.slotId, entryId: offer.entryId, status: offer.status, reason: offer.reason },
    ...{ batch: offer.batch, madeBy: offer.madeBy, startsAt: offer.startsAt, offeredAt: offer.offeredAt },
    ...{ expiresAt: offer.expiresAt, answeredAt: offer.answeredAt, answeredBy: offer.answeredBy },
    ...{ conversationId: offer.conversationId, appointmentId: offer.appointmentId },
    patient: { id: offer.patientId, name: patientName },
  }));
}
