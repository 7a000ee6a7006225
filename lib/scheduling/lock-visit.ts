import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";

export type LockedVisit = typeof appointments.$inferSelect;

const mine = (ctx: ClinicContext, appointmentId: string) =>
  and(eq(appointments.clinicId, ctx.clinic.id), eq(appointments.id, appointmentId));

/** The row of a visit, locked until the transaction ends: what is decided on it still holds when it is written. */
export async function lockVisit(tx: Tx, ctx: ClinicContext, appointmentId: string): Promise<Result<LockedVisit>> {
  const [row] = await tx.select().from(appointments).where(mine(ctx, appointmentId)).for("update");
  return row ? ok(row) : err("NOT_FOUND", { what: "appointment" });
}

/** Changes the columns of a visit that the caller has locked. */
export async function updateVisit(
  tx: Tx,
  ctx: ClinicContext,
  appointmentId: string,
  changes: Partial<typeof appointments.$inferInsert>,
): Promise<void> {
  await tx
    .update(appointments)
    .set({ ...changes, updatedAt: ctx.now() })
    .where(mine(ctx, appointmentId));
}
