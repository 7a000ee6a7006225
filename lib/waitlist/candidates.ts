import { and, eq, inArray, isNotNull, isNull, notExists, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { patients } from "@/db/schema/patients";
import { services } from "@/db/schema/services";
import { type freedSlots, waitlistEntries, waitlistEntryProviders, waitlistOffers } from "@/db/schema/waitlist";
import type { ClinicContext } from "@/lib/core/context";
import { dayIn } from "@/lib/core/zone";
import { findSlotsIn } from "@/lib/scheduling/find-slots";
import { mayBeOffered, rank, suits, type Candidate, type Wanted } from "./rules";

export type Slot = typeof freedSlots.$inferSelect;
type Entry = typeof waitlistEntries.$inferSelect;

/** One who waits, with the start in the freed time that would be theirs. */
export interface Asked extends Candidate {
  entry: Entry;
  wanted: Wanted;
  patient: { name: string; language: string | null };
  serviceNames: Readonly<Record<string, string>>;
  /** The visit that would be moved; null where a new one is booked. */
  visit: { id: string; startsAt: Date } | null;
  /** Open offers of theirs, and new ones that counted today. */
  limits: { open: number; today: number };
}

const DAY_MS = 86_400_000;
const MOST_ENTRIES = 2_000;

/** Whom a slot suits by their own words, in the order in which it is offered; who had it, or was asked before, is not. */
export async function rankedFor(tx: Tx, ctx: ClinicContext, slot: Slot, only?: string): Promise<Asked[]> {
  const rows = await readWaiting(tx, ctx, slot, only);
  const providersOf = await readProviders(tx, ctx);
  const offers = await readCounts(tx, ctx);
  const minutes = (slot.endsAt.getTime() - slot.startsAt.getTime()) / 60_000;
  const asked = rows.flatMap(({ entry, patient, service, visit }) => {
    const wanted = { ...entry, providerIds: providersOf.get(entry.id) ?? [] };
    const kept = visit?.status === "scheduled" ? { id: visit.id, startsAt: visit.startsAt } : null;
    // A visit that was kept, missed or is under way has nothing to give up; one cancelled leaves the wish for another.
    if (visit && !kept && visit.status !== "cancelled") return [];
    if (!kept && !service.isOnline) return [];
    const limits = offers.get(entry.patientId) ?? { open: 0, today: 0, lately: 0 };
    const one: Asked = {
      ...{ entry, wanted, patient, serviceNames: service.name, visit: kept, limits },
      ...{ entryId: entry.id, patientId: entry.patientId, serviceMinutes: service.durationMinutes },
      hasNamedProvider: wanted.providerIds.includes(slot.providerId),
      ...{ urgency: entry.urgency, askedAt: entry.askedAt, offersLately: limits.lately },
    };
    return [one];
  });
  return rank(asked, minutes, ctx.now());
}

/** Whether their own words and their visit leave this start open to them. */
export const wants = (ctx: ClinicContext, one: Asked, start: { startsAt: Date; providerId: string }): boolean =>
  suits(one.wanted, start, ctx.clinic.timeZone) && (one.visit === null || start.startsAt < one.visit.startsAt);

export const isWithinLimits = ({ limits }: Asked): boolean => mayBeOffered(limits);

/** The first start within the freed time at which a service can be booked with its provider; none when it doesn't fit. */
export async function startFor(tx: Tx, ctx: ClinicContext, slot: Slot, serviceId: string): Promise<Date | undefined> {
  const found = await findSlotsIn(tx, ctx, {
    ...{ serviceId, providerIds: [slot.providerId], limit: 50 },
    ...{ after: new Date(slot.startsAt.getTime() - 60_000), before: slot.endsAt },
  });
  if (!found.ok) return undefined;
  const starts = found.data.fits
    .map(({ startsAt }) => startsAt)
    .filter((at) => at >= slot.startsAt && at < slot.endsAt);
  return starts.toSorted((a, b) => a.getTime() - b.getTime())[0];
}

function readWaiting(tx: Tx, ctx: ClinicContext, slot: Slot, only: string | undefined) {
  const asked = tx
    .select({ id: waitlistOffers.id })
    .from(waitlistOffers)
    .where(
      and(
        ...[eq(waitlistOffers.clinicId, waitlistEntries.clinicId), eq(waitlistOffers.entryId, waitlistEntries.id)],
        ...[eq(waitlistOffers.slotId, slot.id), sql`${waitlistOffers.status} <> 'withdrawn'`],
      ),
    );
  const had = tx
    .select({ patientId: appointments.patientId })
    .from(appointments)
    .where(and(eq(appointments.clinicId, ctx.clinic.id), eq(appointments.id, slot.appointmentId)));
  return tx
    .select({
      entry: waitlistEntries,
      patient: { name: patients.name, language: patients.language },
      service: { name: services.name, durationMinutes: services.durationMinutes, isOnline: services.isOnline },
      visit: { id: appointments.id, startsAt: appointments.startsAt, status: appointments.status },
    })
    .from(waitlistEntries)
    .innerJoin(
      patients,
      and(eq(patients.clinicId, waitlistEntries.clinicId), eq(patients.id, waitlistEntries.patientId)),
    )
    .innerJoin(
      services,
      and(eq(services.clinicId, waitlistEntries.clinicId), eq(services.id, waitlistEntries.serviceId)),
    )
    .leftJoin(
      appointments,
      and(eq(appointments.clinicId, waitlistEntries.clinicId), eq(appointments.id, waitlistEntries.appointmentId)),
    )
    .where(
      and(
        ...[eq(waitlistEntries.clinicId, ctx.clinic.id), eq(waitlistEntries.status, "waiting")],
        ...[eq(services.isActive, true), isNull(patients.mergedIntoId)],
        only ? eq(waitlistEntries.id, only) : notExists(asked),
        sql`${waitlistEntries.patientId} not in ${had}`,
      ),
    )
    .orderBy(waitlistEntries.askedAt, waitlistEntries.id)
    .limit(MOST_ENTRIES);
}

async function readProviders(tx: Tx, ctx: ClinicContext): Promise<Map<string, string[]>> {
  const rows = await tx
    .select({ entryId: waitlistEntryProviders.entryId, providerId: waitlistEntryProviders.providerId })
    .from(waitlistEntryProviders)
    .where(eq(waitlistEntryProviders.clinicId, ctx.clinic.id));
  const providersOf = new Map<string, string[]>();
  for (const { entryId, providerId } of rows)
    providersOf.set(entryId, [...(providersOf.get(entryId) ?? []), providerId]);
  return providersOf;
}

/** What each was offered: still open, today, and in the last 30 days. `patientIds`: of these alone. */
export async function readCounts(
  tx: Tx,
  ctx: ClinicContext,
  patientIds?: readonly string[],
): Promise<Map<string, { open: number; today: number; lately: number }>> {
  const now = ctx.now();
  const today = dayIn(now, ctx.clinic.timeZone);
  const rows = await tx
    .select({
      patientId: waitlistOffers.patientId,
      open: sql<number>`count(*) filter (where ${waitlistOffers.status} in ('queued', 'sent')
        and ${waitlistOffers.expiresAt} > ${now})::int`,
      today: sql<number>`count(*) filter (where ${waitlistOffers.countedDay} = ${today})::int`,
      lately: sql<number>`count(*) filter (where ${waitlistOffers.countedDay} is not null)::int`,
    })
    .from(waitlistOffers)
    .where(
      and(
        eq(waitlistOffers.clinicId, ctx.clinic.id),
        sql`${waitlistOffers.offeredAt} > ${new Date(now.getTime() - 30 * DAY_MS)}`,
        patientIds ? inArray(waitlistOffers.patientId, [...patientIds]) : isNotNull(waitlistOffers.id),
      ),
    )
    .groupBy(waitlistOffers.patientId);
  return new Map(rows.map(({ patientId, ...counts }) => [patientId, counts]));
}
