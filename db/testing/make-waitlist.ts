import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { freedSlots, waitlistEntries, waitlistOffers, type ENTRY_SOURCES } from "@/db/schema/waitlist";
import type { ClinicContext } from "@/lib/core/context";
import { unwrap } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { addEntryIn } from "@/lib/waitlist/add-entry";
import { AddEntry } from "@/lib/waitlist/schema";
import { inClinic, makeChannel, makeClinic, makePatient } from "./make";
import { makeConversation } from "./make-talk";
import { makeVisit } from "./make-visit";
import type { Maker } from "./rows";

type Row<T extends { $inferInsert: object }> = Omit<T["$inferInsert"], "clinicId">;

/** Wishes, freed times and offers as they stand. */
export async function addWaitlist(
  { tx, clinicId }: Maker,
  rows: {
    entries: Row<typeof waitlistEntries>[];
    slots: Row<typeof freedSlots>[];
    offers: Row<typeof waitlistOffers>[];
  },
): Promise<void> {
  const mine = <T extends object>(all: readonly T[]) => all.map((row) => ({ ...row, clinicId }));
  if (rows.entries.length > 0) await tx.insert(waitlistEntries).values(mine(rows.entries));
  if (rows.slots.length > 0) await tx.insert(freedSlots).values(mine(rows.slots));
  if (rows.offers.length > 0) await tx.insert(waitlistOffers).values(mine(rows.offers));
}

/** A Monday at ten in the morning in New York: an hour at which people may be written to. */
export const WAITLIST_DAY = "2026-03-02T15:00:00Z";

/** The same clinic and its people at another moment, or as another actor. */
export const at = (ctx: ClinicContext, now: string | Date, actor = ctx.actor): ClinicContext => ({
  ...ctx,
  actor,
  now: () => new Date(now),
});

/** A clinic whose patients are reached in the simulator, where nothing leaves the process. */
export async function makeWaitlistClinic(fields: Parameters<typeof makeClinic>[0] = {}) {
  const clinic = await makeClinic(fields, WAITLIST_DAY);
  const line = await makeChannel(clinic.ctx, { kind: "simulator" });
  /** Somebody with a thread, who waits, and may have a visit that they would give up. */
  const makeWaiting = async (
    wishes: Partial<z.input<typeof AddEntry>> & { visitAt?: Date; source?: (typeof ENTRY_SOURCES)[number] } = {},
    person: Parameters<typeof makePatient>[1] = {},
  ) => {
    const { visitAt, source = "bot", ...wire } = wishes;
    const patient = await makePatient(clinic.ctx, person);
    const thread = await makeConversation(clinic.ctx, { channelId: line.id, contactPointId: patient.contactPointId });
    const ids = { patientId: patient.id, serviceId: clinic.cleaning.id, providerId: clinic.provider.id };
    const visit = visitAt ? await makeVisit(clinic.ctx, { ...ids, startsAt: visitAt }) : undefined;
    const input = AddEntry.parse({
      ...{ patient_id: patient.id, service_id: clinic.cleaning.id, appointment_id: visit?.id ?? null },
      ...wire,
    });
    const entry = unwrap(
      await transact(clinic.ctx, {}, (tx) =>
        addEntryIn(tx, clinic.ctx, { ...input, source, conversationId: thread.id }),
      ),
    );
    return { patient, thread, visit, entryId: entry.id };
  };
  return { ...clinic, line, makeWaiting };
}

/** As if enough time had passed: every slot that waits for a look is due for one. */
export const makeSlotsDue = (ctx: ClinicContext): Promise<unknown> =>
  inClinic(ctx, (tx) =>
    tx
      .update(freedSlots)
      .set({ dueAt: sql`now()` })
      .where(and(eq(freedSlots.clinicId, ctx.clinic.id), isNotNull(freedSlots.dueAt))),
  );

export const listSlots = (ctx: ClinicContext) =>
  query(ctx, (tx) => tx.select().from(freedSlots).orderBy(freedSlots.freedAt, freedSlots.id));

export const listOffers = (ctx: ClinicContext, slotId?: string) =>
  query(ctx, (tx) =>
    tx
      .select()
      .from(waitlistOffers)
      .where(slotId ? eq(waitlistOffers.slotId, slotId) : undefined)
      .orderBy(waitlistOffers.batch, waitlistOffers.id),
  );
