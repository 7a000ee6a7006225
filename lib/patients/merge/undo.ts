import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { patientMerges, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { isSwappedField, swapFieldsIn } from "./fields";
import { lockPairIn, tellOfMergeIn, type Merged } from "./merge";
import { moveBackIn, StoredRows } from "./move-rows";

/**
 * Makes two of them again: everything that the merge moved goes back, everything that came since stays with `id`.
 * CONFLICT: undone already, or `id` has itself been merged since (that is undone first). A second time changes nothing.
 */
export const undoMerge = (ctx: ClinicContext, id: string, mergeId: string): Promise<Result<Merged>> =>
  transact(ctx, {}, async (tx) => {
    const found = await findMergeIn(tx, ctx, id, mergeId);
    if (!found) return err("NOT_FOUND", { what: "merge" });
    const pair = await lockPairIn(tx, ctx, found.keptId, found.mergedId);
    if (!pair.ok) return pair;
    const { kept, other } = pair.data;
    if (kept.mergedIntoId) return err("CONFLICT", { what: "merged" });
    const [undone] = await tx
      .update(patientMerges)
      .set({ undoneAt: ctx.now() })
      .where(
        and(eq(patientMerges.clinicId, ctx.clinic.id), eq(patientMerges.id, mergeId), isNull(patientMerges.undoneAt)),
      )
      .returning();
    if (!undone) return err("CONFLICT", { what: "undone" });
    const moved = StoredRows.parse(undone.moved);
    await swapFieldsIn(tx, ctx, kept, other, moved.filledFields.filter(isSwappedField));
    await moveBackIn(tx, ctx, moved, undone);
    const of = and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, other.id));
    await tx.update(patients).set({ mergedIntoId: null, updatedAt: ctx.now() }).where(of);
    if (moved.filledFields.includes("patient_type")) await keepSeenIn(tx, ctx, kept.id);
    await tellOfMergeIn(tx, ctx, "patient.unmerge", undone);
    return ok({ mergeId, keptId: kept.id, mergedId: other.id });
  });

async function findMergeIn(tx: Tx, ctx: ClinicContext, keptId: string, mergeId: string) {
  const [found] = await tx
    .select()
    .from(patientMerges)
    .where(
      and(eq(patientMerges.clinicId, ctx.clinic.id), eq(patientMerges.id, mergeId), eq(patientMerges.keptId, keptId)),
    );
  return found;
}

/** Whose visit was completed while they were one is a patient of the clinic, whatever the type was before. */
async function keepSeenIn(tx: Tx, ctx: ClinicContext, patientId: string): Promise<void> {
  await tx
    .update(patients)
    .set({ patientType: "EXISTING" })
    .where(
      and(
        eq(patients.clinicId, ctx.clinic.id),
        eq(patients.id, patientId),
        sql`exists (select 1 from ${appointments} a where a.clinic_id = ${ctx.clinic.id}
          and a.patient_id = ${patientId} and a.status = 'completed')`,
      ),
    );
}
