import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { isId } from "@/db/ids";
import { patientMerges, patients } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import type { MergePatients } from "../schema";
import { fieldsToSwap, swapFieldsIn } from "./fields";
import { moveRowsIn } from "./move-rows";

export interface Merged {
  mergeId: string;
  keptId: string;
  mergedId: string;
}

/**
 * Makes two records of one person one: `id` goes on, with the other's visits, talks, tasks, notes and addresses, and
 * with its values where `id` has none or `take` says so. The other record is kept, out of every list, for the undo.
 *
 * Of rivals that merge the same patient one wins; the others, and whoever comes later, are answered CONFLICT. Visits
 * keep their time and what they occupy.
 */
export const mergePatients = (ctx: ClinicContext, id: string, input: MergePatients): Promise<Result<Merged>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const { otherId, take } = input;
    if (id === otherId)
      return err("VALIDATION_FAILED", [{ code: "custom", path: ["other_id"], message: "This is the same patient." }]);
    const pair = await lockPairIn(tx, ctx, id, otherId);
    if (!pair.ok) return pair;
    const { kept, other } = pair.data;
    if (kept.mergedIntoId || other.mergedIntoId) return err("CONFLICT", { what: "merged" });
    const fields = fieldsToSwap(kept, other, take);
    await swapFieldsIn(tx, ctx, kept, other, fields);
    const moved = { ...(await moveRowsIn(tx, ctx, kept.id, other.id)), filledFields: [...fields] };
    const of = and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, other.id));
    await tx.update(patients).set({ mergedIntoId: kept.id, updatedAt: ctx.now() }).where(of);
    const mergedBy = ctx.actor.type === "user" ? ctx.actor.id : null;
    const row = { clinicId: ctx.clinic.id, keptId: kept.id, mergedId: other.id, moved, mergedBy, mergedAt: ctx.now() };
    const [merge] = await tx.insert(patientMerges).values(row).returning({ id: patientMerges.id });
    if (!merge) throw new Error("a merge was not written");
    await tellOfMergeIn(tx, ctx, "patient.merge", row);
    return ok({ mergeId: merge.id, keptId: kept.id, mergedId: other.id });
  });

const VIOLATIONS = { patient_merges_standing_uq: err("CONFLICT", { what: "merged" }) } as const;

/**
 * Both records, locked in order of id and against new references too: what is being booked for either right now is
 * committed before the merge reads it.
 */
export async function lockPairIn(
  tx: Tx,
  ctx: ClinicContext,
  keptId: string,
  otherId: string,
): Promise<Result<{ kept: typeof patients.$inferSelect; other: typeof patients.$inferSelect }>> {
  const ids = [keptId, otherId];
  if (!ids.every(isId)) return err("NOT_FOUND", { what: "patient" });
  const rows = await tx
    .select()
    .from(patients)
    .where(and(eq(patients.clinicId, ctx.clinic.id), inArray(patients.id, ids)))
    .orderBy(asc(patients.id))
    .for("update");
  const [kept, other] = ids.map((id) => rows.find((row) => row.id === id));
  return kept && other ? ok({ kept, other }) : err("NOT_FOUND", { what: "patient" });
}

/** One audit row a record, and both on live screens. */
export async function tellOfMergeIn(
  tx: Tx,
  ctx: ClinicContext,
  action: "patient.merge" | "patient.unmerge",
  { keptId, mergedId, moved }: { keptId: string; mergedId: string; moved: { filledFields: string[] } },
): Promise<void> {
  for (const targetId of [keptId, mergedId]) {
    await audit(tx, ctx, { action, targetType: "patient", targetId, changed: moved.filledFields });
    await announce(tx, ctx, "patient", targetId);
  }
}
