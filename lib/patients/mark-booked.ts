import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";

/** A cold lead is a patient from the first booking on (domain.md). Whoever books audits and announces the visit. */
export async function markBookedIn(tx: Tx, ctx: ClinicContext, patientId: string): Promise<void> {
  await tx
    .update(patients)
    .set({ patientType: "NEW", updatedAt: ctx.now() })
    .where(
      and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, patientId), eq(patients.patientType, "COLD_LEAD")),
    );
}
