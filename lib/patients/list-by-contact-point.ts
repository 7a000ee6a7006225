import { and, asc, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patientContactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";

export type Patient = typeof patients.$inferSelect;
export type PatientAtContactPoint = Patient & { relation: "self" | "guardian" | "family" };

/** The people who are reached at a contact point, the one whose own it is first, then by age of the record; nobody twice. */
export async function listPatientsAtIn(
  tx: Tx,
  ctx: ClinicContext,
  contactPointId: string,
): Promise<PatientAtContactPoint[]> {
  const rows = await tx
    .select({ patient: patients, relation: patientContactPoints.relation })
    .from(patientContactPoints)
    .innerJoin(
      patients,
      and(eq(patients.clinicId, patientContactPoints.clinicId), eq(patients.id, patientContactPoints.patientId)),
    )
    .where(
      and(
        eq(patientContactPoints.clinicId, ctx.clinic.id),
        eq(patientContactPoints.contactPointId, contactPointId),
        isNull(patients.mergedIntoId),
      ),
    )
    .orderBy(asc(patients.id));
  const people = rows.map(({ patient, relation }) => ({ ...patient, relation }));
  return [...people.filter((p) => p.relation === "self"), ...people.filter((p) => p.relation !== "self")];
}
