import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointmentEvents } from "@/db/schema/appointments";
import { visitImports } from "@/db/schema/imports";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";

export interface Undone {
  importId: string;
  cancelled: number;
  kept: number;
}

/**
 * Takes an import back: its visits still to come that nobody has touched since are cancelled, and can come in again.
 * What is over, and what somebody moved, confirmed or noted meanwhile, stays. A second time changes nothing.
 */
export const undoImport = (ctx: ClinicContext, { importId }: { importId: string }): Promise<Result<Undone>> =>
  transact(ctx, {}, async (tx) => {
    const mine = and(eq(visitImports.clinicId, ctx.clinic.id), eq(visitImports.id, importId));
    const [found] = await tx.select().from(visitImports).where(mine).for("update");
    if (!found) return err("NOT_FOUND", { what: "import" });
    const ids = await cancelUntouched(tx, ctx, found);
    await tx.update(visitImports).set({ undoneAt: ctx.now() }).where(mine);
    await audit(tx, ctx, { action: "appointment.import_undo", targetType: "visit_import", targetId: importId });
    if (ids[0]) await announce(tx, ctx, "appointment", ids[0]);
    return ok({ importId, cancelled: ids.length, kept: found.visits - ids.length });
  });

async function cancelUntouched(tx: Tx, ctx: ClinicContext, found: typeof visitImports.$inferSelect): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    update appointments set status = 'cancelled', cancel_reason = 'import undone', updated_at = ${ctx.now()}
    where clinic_id = ${ctx.clinic.id} and status = 'scheduled' and starts_at > ${ctx.now()} and updated_at = created_at
      and id in (select appointment_id from imported_visits
        where clinic_id = ${ctx.clinic.id} and import_id = ${found.id})
    returning id`);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return ids;
  const these = sql`clinic_id = ${ctx.clinic.id} and appointment_id = any(${sql.param(ids)}::uuid[])`;
  await tx.execute(sql`delete from occupancies where ${these}`);
  await tx.execute(sql`update imported_visits set external_id = null where ${these}`);
  for (let from = 0; from < ids.length; from += 1000)
    await tx.insert(appointmentEvents).values(
      ids.slice(from, from + 1000).map((appointmentId) => ({
        ...{ clinicId: ctx.clinic.id, appointmentId, at: ctx.now(), kind: "status" as const, reason: "import undone" },
        ...{ actorType: ctx.actor.type, actorId: ctx.actor.id, fromValue: "scheduled", toValue: "cancelled" },
      })),
    );
  return ids;
}
