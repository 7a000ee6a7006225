import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { isId } from "@/db/ids";
import { patients } from "@/db/schema/patients";
import { auditOnce } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import type { CamelKeys } from "@/lib/core/keys";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { readDetailIn } from "./read-detail";
import type { PatientDetail } from "./schema";

const HOUR_MS = 3_600_000;

/**
 * One patient of the clinic with all that their page shows; another clinic's is NOT_FOUND. That it was read is written
 * down, by whom and of whom, without content: once an hour of the clock for each reader, because an open page reads again
 * at every change. Who was merged is answered too, with `mergedIntoId`.
 */
export const getPatient = (ctx: ClinicContext, id: string): Promise<Result<CamelKeys<PatientDetail>>> =>
  transact(ctx, {}, async (tx) => {
    const row = await findPatientIn(tx, ctx, id);
    if (!row) return err("NOT_FOUND", { what: "patient" });
    const { type, id: readerId } = ctx.actor;
    const hour = Math.floor(ctx.now().getTime() / HOUR_MS);
    await auditOnce(tx, ctx, `patient.read ${type} ${readerId} ${id} ${hour}`, {
      ...{ action: "patient.read", targetType: "patient", targetId: id },
    });
    return ok(await readDetailIn(tx, ctx, row));
  });

/** The row of a patient of the clinic, or undefined. */
export async function findPatientIn(
  tx: Tx,
  ctx: ClinicContext,
  id: string,
): Promise<typeof patients.$inferSelect | undefined> {
  if (!isId(id)) return undefined;
  const [row] = await tx
    .select()
    .from(patients)
    .where(and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, id)));
  return row;
}

/** The same, locked for a change. CONFLICT where the person goes on as another one. */
export async function lockPatientIn(
  tx: Tx,
  ctx: ClinicContext,
  id: string,
): Promise<Result<typeof patients.$inferSelect>> {
  const [row] = isId(id)
    ? await tx
        .select()
        .from(patients)
        .where(and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, id)))
        .for("no key update")
    : [];
  if (!row) return err("NOT_FOUND", { what: "patient" });
  return row.mergedIntoId ? err("CONFLICT", { what: "merged", intoId: row.mergedIntoId }) : ok(row);
}
