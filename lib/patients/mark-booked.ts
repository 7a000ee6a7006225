import { and, eq, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";

/** A cold lead is a patient from the first booking on (domain.md). Whoever books audits and announces the visit. */
export async function markBookedIn(tx: Tx, ctx: ClinicContext, patientId: string): Promise<void> {
  await bookedPatient(tx, ctx, patientId);
}

/** The same as the update of a statement that also books; `ifBooked` holds once it has. */
export const bookedPatient = (tx: Tx, ctx: ClinicContext, patientId: string, ifBooked?: SQL) => {
  const { clinicId, id, patientType } = patients;
  const isLead = and(eq(clinicId, ctx.clinic.id), eq(id, patientId), eq(patientType, "COLD_LEAD"));
  return tx.update(patients).set({ patientType: "NEW", updatedAt: ctx.now() }).where(and(isLead, ifBooked));
};
