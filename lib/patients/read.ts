import { and, asc, desc, eq, gte, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { consents, contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { may } from "@/lib/identity/permissions";
import { maskPhone } from "./phone";

export interface PatientSummary {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
  language: string | null;
  patientType: "COLD_LEAD" | "NEW" | "EXISTING";
  nextVisit: { id: string; startsAt: Date } | null;
  nextFollowUpDate: string | null;
  createdAt: Date;
  /** Whether somebody ended messages at one of their contact points, for any purpose. */
  isOptedOut: boolean;
}

/** A phone as the caller may see it: whole for the desk, masked for whoever needs a reason first (domain.md). */
export const phoneFor = (ctx: ClinicContext, phone: string): string =>
  ctx.role === "SYSTEM" || ctx.role === "PATIENT" || may(ctx.role, "phone.reveal") ? phone : maskPhone(phone);

/** An address of any kind as the caller may see it; e-mails are shown whole. */
export const addressFor = (ctx: ClinicContext, kind: "phone" | "email" | "whatsapp_user", value: string): string =>
  kind === "email" ? value : phoneFor(ctx, value);

/** The patients of these ids with their addresses and next visit, in the order of the ids. */
export async function readPatientsIn(tx: Tx, ctx: ClinicContext, ids: string[]): Promise<PatientSummary[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select()
    .from(patients)
    .where(and(eq(patients.clinicId, ctx.clinic.id), inArray(patients.id, ids)));
  const addresses = await addressesOf(tx, ctx, ids);
  const visits = await nextVisitsOf(tx, ctx, ids);
  const optedOut = await optedOutOf(tx, ctx, ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const { name, language, patientType, nextFollowUpDate, createdAt } = row;
    const phone = addresses.get(`${id} phone`);
    const email = addresses.get(`${id} email`) ?? null;
    const nextVisit = visits.get(id) ?? null;
    const isOptedOut = optedOut.has(id);
    const facts = { id, name, language, patientType, nextFollowUpDate, createdAt };
    return [{ ...facts, phone: phone ? phoneFor(ctx, phone) : null, email, nextVisit, isOptedOut }];
  });
}

/** One address of a kind a patient, the primary one first: `<patient> <kind>` → value. */
async function addressesOf(tx: Tx, ctx: ClinicContext, ids: string[]): Promise<Map<string, string>> {
  const rows = await tx
    .select({ patientId: patientContactPoints.patientId, kind: contactPoints.kind, value: contactPoints.value })
    .from(patientContactPoints)
    .innerJoin(
      contactPoints,
      and(
        eq(contactPoints.clinicId, patientContactPoints.clinicId),
        eq(contactPoints.id, patientContactPoints.contactPointId),
      ),
    )
    .where(and(eq(patientContactPoints.clinicId, ctx.clinic.id), inArray(patientContactPoints.patientId, ids)))
    .orderBy(desc(patientContactPoints.isPrimary), asc(contactPoints.id));
  return new Map(rows.toReversed().map(({ patientId, kind, value }) => [`${patientId} ${kind}`, value]));
}

async function optedOutOf(tx: Tx, ctx: ClinicContext, ids: string[]): Promise<Set<string>> {
  const rows = await tx
    .selectDistinct({ id: patientContactPoints.patientId })
    .from(patientContactPoints)
    .innerJoin(
      consents,
      and(
        eq(consents.clinicId, patientContactPoints.clinicId),
        eq(consents.contactPointId, patientContactPoints.contactPointId),
      ),
    )
    .where(
      and(
        eq(patientContactPoints.clinicId, ctx.clinic.id),
        inArray(patientContactPoints.patientId, ids),
        eq(consents.state, "out"),
      ),
    );
  return new Set(rows.map((row) => row.id));
}

async function nextVisitsOf(tx: Tx, ctx: ClinicContext, ids: string[]) {
  const rows = await tx
    .selectDistinctOn([appointments.patientId], {
      patientId: appointments.patientId,
      id: appointments.id,
      startsAt: appointments.startsAt,
    })
    .from(appointments)
    .where(
      and(
        eq(appointments.clinicId, ctx.clinic.id),
        inArray(appointments.patientId, ids),
        inArray(appointments.status, ["scheduled", "checked_in"]),
        gte(appointments.startsAt, ctx.now()),
      ),
    )
    .orderBy(asc(appointments.patientId), asc(appointments.startsAt));
  return new Map(rows.map(({ patientId, id, startsAt }) => [patientId, { id, startsAt }]));
}
