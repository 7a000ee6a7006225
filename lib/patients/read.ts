import { and, asc, eq, gte, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
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
}

/** A phone as the caller may see it: whole for the desk, masked for whoever needs a reason first (domain.md). */
export const phoneFor = (ctx: ClinicContext, phone: string): string =>
  ctx.role === "SYSTEM" || ctx.role === "PATIENT" || may(ctx.role, "phone.reveal") ? phone : maskPhone(phone);

/** The patients of these ids with their addresses and next visit, in the order of the ids. */
export async function readPatientsIn(tx: Tx, ctx: ClinicContext, ids: string[]): Promise<PatientSummary[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select()
    .from(patients)
    .where(and(eq(patients.clinicId, ctx.clinic.id), inArray(patients.id, ids)));
  const addresses = await addressesOf(tx, ctx, ids);
  const visits = await nextVisitsOf(tx, ctx, ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const { name, language, patientType } = row;
    const phone = addresses.find((address) => address.patientId === id && address.kind === "phone")?.value;
    const email = addresses.find((address) => address.patientId === id && address.kind === "email")?.value ?? null;
    const nextVisit = visits.get(id) ?? null;
    return [{ id, name, phone: phone ? phoneFor(ctx, phone) : null, email, language, patientType, nextVisit }];
  });
}

const addressesOf = (tx: Tx, ctx: ClinicContext, ids: string[]) =>
  tx
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
    .orderBy(asc(contactPoints.id));

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
