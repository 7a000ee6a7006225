import { and, asc, count, eq, gt, isNotNull, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import { hashToken } from "@/lib/core/crypto";
import type { ClinicContext } from "@/lib/core/context";
import { env } from "@/lib/core/env";

export interface Persona {
  patientId: string | null;
  name: string | null;
  phone: string;
  language: string | null;
}

const PER_LANGUAGE = 2;

/** A number that no carrier gives out, the same for one person in one clinic. */
export function strangerPhone(ctx: ClinicContext): string {
  const seed = Buffer.from(hashToken(`${ctx.clinic.id} ${ctx.actor.id}`), "base64url").readUInt32BE(0);
  return `+1555019${String(seed % 10_000).padStart(4, "0")}`;
}

/** Who one may pretend to be: an unknown number, and in the demo some patients, among them a family. */
export async function listPersonasIn(tx: Tx, ctx: ClinicContext): Promise<Persona[]> {
  const stranger = { patientId: null, name: null, phone: strangerPhone(ctx), language: null };
  if (env().mode !== "demo") return [stranger];
  const known = await tx
    .select({ patientId: patients.id, name: patients.name, phone: contactPoints.value, language: patients.language })
    .from(patients)
    .innerJoin(
      patientContactPoints,
      and(eq(patientContactPoints.clinicId, patients.clinicId), eq(patientContactPoints.patientId, patients.id)),
    )
    .innerJoin(
      contactPoints,
      and(
        eq(contactPoints.clinicId, patientContactPoints.clinicId),
        eq(contactPoints.id, patientContactPoints.contactPointId),
      ),
    )
    .where(
      and(
        eq(patients.clinicId, ctx.clinic.id),
        eq(contactPoints.kind, "phone"),
        eq(patientContactPoints.relation, "self"),
        isNotNull(patients.language),
        ne(patients.createdFrom, "SIMULATOR"),
      ),
    )
    .orderBy(asc(patients.id))
    .limit(200);
  const perLanguage = [...new Set(known.map((one) => one.language))].flatMap((language) =>
    known.filter((one) => one.language === language).slice(0, PER_LANGUAGE),
  );
  const shared = await sharedPhonesIn(tx, ctx);
  const family = known.find((one) => shared.has(one.phone) && !perLanguage.includes(one));
  return [stranger, ...perLanguage, ...(family ? [family] : [])];
}

async function sharedPhonesIn(tx: Tx, ctx: ClinicContext): Promise<Set<string>> {
  const rows = await tx
    .select({ phone: contactPoints.value })
    .from(contactPoints)
    .innerJoin(
      patientContactPoints,
      and(
        eq(patientContactPoints.clinicId, contactPoints.clinicId),
        eq(patientContactPoints.contactPointId, contactPoints.id),
      ),
    )
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.kind, "phone")))
    .groupBy(contactPoints.value)
    .having(gt(count(), 1))
    .orderBy(asc(contactPoints.value))
    .limit(50);
  return new Set(rows.map((row) => row.phone));
}
