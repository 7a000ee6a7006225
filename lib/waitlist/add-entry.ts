import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { patients } from "@/db/schema/patients";
import { services } from "@/db/schema/services";
import { waitlistEntries, waitlistEntryProviders, type ENTRY_SOURCES } from "@/db/schema/waitlist";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { VIOLATIONS } from "./internal";
import type { AddEntry } from "./schema";

export interface NewEntry extends AddEntry {
  source: (typeof ENTRY_SOURCES)[number];
  /** Where they asked: offers go there. */
  conversationId?: string | undefined;
}

/**
 * Puts somebody on the waitlist, who thereby agrees to be offered what comes free. One wish a patient and service: who
 * asks again by a message changes theirs, at the desk it is CONFLICT. NOT_FOUND for another clinic's patient, service or
 * provider, or a visit that is not this patient's and ahead.
 */
export async function addEntryIn(tx: Tx, ctx: ClinicContext, input: NewEntry): Promise<Result<{ id: string }>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  const known = await checkIn(tx, ctx, input);
  if (!known.ok) return known;
  const { patientId, serviceId, providerIds = [], source, conversationId } = input;
  const now = ctx.now();
  const wishes = wishesOf(input);
  const rows = tx.insert(waitlistEntries).values({
    ...{ clinicId: ctx.clinic.id, patientId, serviceId, source, conversationId: conversationId ?? null },
    ...{ ...wishes, appointmentId: input.appointmentId ?? null },
    ...{ askedAt: now, createdAt: now, updatedAt: now },
  });
  const id =
    source === "staff"
      ? (await rows.returning({ id: waitlistEntries.id }))[0]?.id
      : ((await rows.onConflictDoNothing().returning({ id: waitlistEntries.id }))[0]?.id ??
        (await changeWaiting(tx, ctx, input)));
  if (!id) return err("CONFLICT", { what: "waiting" });
  await setProvidersIn(tx, ctx, id, providerIds);
  await audit(tx, ctx, { action: "waitlist.add", targetType: "waitlist_entry", targetId: id });
  await announce(tx, ctx, "waitlist", id);
  return ok({ id });
}

export const addEntry = (ctx: ClinicContext, input: AddEntry): Promise<Result<{ id: string }>> =>
  transact(ctx, VIOLATIONS, (tx) => addEntryIn(tx, ctx, { ...input, source: "staff" }));

/** Replaces the providers that are waited for; none: any. */
export async function setProvidersIn(tx: Tx, ctx: ClinicContext, entryId: string, providerIds: readonly string[]) {
  const clinicId = ctx.clinic.id;
  await tx
    .delete(waitlistEntryProviders)
    .where(and(eq(waitlistEntryProviders.clinicId, clinicId), eq(waitlistEntryProviders.entryId, entryId)));
  const rows = [...new Set(providerIds)].map((providerId) => ({ clinicId, entryId, providerId }));
  if (rows.length > 0) await tx.insert(waitlistEntryProviders).values(rows);
}

const wishesOf = ({ weekdays, notBefore, notAfter, firstDay, lastDay, urgency, note }: NewEntry) => ({
  weekdays: weekdays ?? [],
  ...{ notBefore: notBefore ?? null, notAfter: notAfter ?? null },
  ...{ firstDay: firstDay ?? null, lastDay: lastDay ?? null },
  ...{ urgency: urgency ?? "normal", note: note ?? null },
});

/** They asked before: the newer wish counts, their place stays. */
async function changeWaiting(tx: Tx, ctx: ClinicContext, input: NewEntry): Promise<string | undefined> {
  const { patientId, serviceId, appointmentId, conversationId } = input;
  const [changed] = await tx
    .update(waitlistEntries)
    .set({
      ...wishesOf(input),
      ...{ appointmentId: appointmentId ?? null, conversationId: conversationId ?? null, updatedAt: ctx.now() },
    })
    .where(
      and(
        ...[eq(waitlistEntries.clinicId, ctx.clinic.id), eq(waitlistEntries.patientId, patientId)],
        ...[eq(waitlistEntries.serviceId, serviceId), eq(waitlistEntries.status, "waiting")],
      ),
    )
    .returning({ id: waitlistEntries.id });
  return changed?.id;
}

async function checkIn(tx: Tx, ctx: ClinicContext, input: NewEntry): Promise<Result<null>> {
  const { patientId, serviceId, appointmentId } = input;
  const [patient] = await tx
    .select({ mergedIntoId: patients.mergedIntoId })
    .from(patients)
    .where(and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, patientId)));
  if (!patient || patient.mergedIntoId) return err("NOT_FOUND", { what: "patient" });
  const [service] = await tx
    .select({ isActive: services.isActive, isOnline: services.isOnline })
    .from(services)
    .where(and(eq(services.clinicId, ctx.clinic.id), eq(services.id, serviceId)));
  // What patients can't book they can't claim: only a visit that staff made can be moved.
  if (!service?.isActive || !(service.isOnline || appointmentId)) return err("NOT_FOUND", { what: "service" });
  if (!appointmentId) return ok();
  const [visit] = await tx
    .select({ startsAt: appointments.startsAt, serviceId: appointments.serviceId })
    .from(appointments)
    .where(
      and(
        ...[eq(appointments.clinicId, ctx.clinic.id), eq(appointments.id, appointmentId)],
        ...[eq(appointments.patientId, patientId), eq(appointments.status, "scheduled")],
      ),
    );
  const isAhead = visit && visit.startsAt > ctx.now() && visit.serviceId === serviceId;
  return isAhead ? ok() : err("NOT_FOUND", { what: "appointment" });
}
