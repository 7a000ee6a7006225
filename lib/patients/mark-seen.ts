import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";

/**
 * From the first completed visit on a patient is EXISTING (domain.md). `nextFollowUpDate` (`YYYY-MM-DD`) is when they
 * are due again; without one, what was agreed before stays. Whoever completes audits and announces the visit.
 */
export async function markSeenIn(
  tx: Tx,
  ctx: ClinicContext,
  patientId: string,
  nextFollowUpDate?: string,
): Promise<void> {
  await tx
    .update(patients)
    .set({ patientType: "EXISTING", ...(nextFollowUpDate ? { nextFollowUpDate } : {}), updatedAt: ctx.now() })
    .where(and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, patientId)));
}
