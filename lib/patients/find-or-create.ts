import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { CREATED_FROM } from "@/db/schema/appointments";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { announce } from "@/lib/realtime/announce";
import { ensureContactPointIn, type ContactPoint } from "./contact-point";
import { foldName } from "./fold";
import { listPatientsAtIn, type Patient } from "./list-by-contact-point";
import { toE164 } from "./phone";

export interface PatientDetails {
  name: string;
  phone?: string | null;
  email?: string | null;
  language?: string | null;
  createdFrom: (typeof CREATED_FROM)[number];
  /** Where they are reached, where that is known already and may be no phone. */
  contactPoint?: ContactPoint;
  /** To those addresses, where somebody else writes for them; else who comes first has them as their own. */
  relation?: "guardian" | "family";
  patientType?: "COLD_LEAD" | "NEW";
}

export interface FoundPatient {
  patient: Patient;
  isNew: boolean;
}

/**
 * The person of this name at this phone, else at this e-mail; a new patient when nobody there has the name. A phone is
 * a family's: who shares the number and not the name is a person of their own, linked as family. Only staff add a
 * further address to a person who exists: anyone else could write theirs onto a stranger's record.
 *
 * VALIDATION_FAILED: the name has no letters, or the phone is none. Rivals with the same address wait for each other.
 */
export async function findOrCreatePatientIn(
  tx: Tx,
  ctx: ClinicContext,
  details: PatientDetails,
): Promise<Result<FoundPatient>> {
  const nameKey = foldName(details.name);
  if (!nameKey) return invalid("name", "The name has no letters.");
  const phone = details.phone ? toE164(details.phone, ctx.clinic.country) : undefined;
  if (details.phone && !phone) return invalid("phone", "This is not a phone number.");
  const points = await lockedPoints(tx, ctx, phone, details.email ?? undefined, details.contactPoint);
  for (const point of points) {
    const patient = (await listPatientsAtIn(tx, ctx, point.id)).find((one) => one.nameKey === nameKey);
    if (!patient) continue;
    if (ctx.actor.type === "user") await linkIn(tx, ctx, patient.id, points);
    return ok({ patient, isNew: false });
  }
  const patient = await insertPatient(tx, ctx, details, nameKey);
  await linkIn(tx, ctx, patient.id, points, details.relation);
  await audit(tx, ctx, { action: "patient.create", targetType: "patient", targetId: patient.id });
  await announce(tx, ctx, "patient", patient.id);
  return ok({ patient, isNew: true });
}

const invalid = (field: string, message: string) =>
  err("VALIDATION_FAILED", [{ code: "custom", path: ["patient", field], message }]);

/** The addresses, phone first, locked in order of id: two who bring the same new person make one. */
async function lockedPoints(
  tx: Tx,
  ctx: ClinicContext,
  phone?: string,
  email?: string,
  known?: ContactPoint,
): Promise<ContactPoint[]> {
  const points: ContactPoint[] = known ? [known] : [];
  if (phone) points.push(await ensureContactPointIn(tx, ctx, { kind: "phone", value: phone }));
  if (email?.trim()) points.push(await ensureContactPointIn(tx, ctx, { kind: "email", value: email }));
  const ids = points.map((point) => point.id);
  if (ids.length > 0)
    await tx
      .select({ id: contactPoints.id })
      .from(contactPoints)
      .where(and(eq(contactPoints.clinicId, ctx.clinic.id), inArray(contactPoints.id, ids)))
      .orderBy(asc(contactPoints.id))
      .for("no key update");
  return points;
}

async function insertPatient(tx: Tx, ctx: ClinicContext, details: PatientDetails, nameKey: string): Promise<Patient> {
  const { language, createdFrom, patientType } = details;
  const name = details.name.trim().replace(/\s+/g, " ");
  const values = { clinicId: ctx.clinic.id, name, nameKey, language, createdFrom, patientType };
  const [made] = await tx.insert(patients).values(values).returning();
  if (!made) throw new Error("a patient was not written");
  return made;
}

/** Unless told, the first person at an address is its own; who comes later is family. */
async function linkIn(
  tx: Tx,
  ctx: ClinicContext,
  patientId: string,
  points: ContactPoint[],
  told?: PatientDetails["relation"],
): Promise<void> {
  for (const point of points) {
    const there = await listPatientsAtIn(tx, ctx, point.id);
    if (there.some((one) => one.id === patientId)) continue;
    const relation = told ?? (there.some((one) => one.relation === "self") ? "family" : "self");
    await tx
      .insert(patientContactPoints)
      .values({ clinicId: ctx.clinic.id, patientId, contactPointId: point.id, relation });
  }
}
