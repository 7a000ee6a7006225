import type { Tx } from "@/db/client";
import { auditLog } from "@/db/schema/records";
import type { ClinicContext, HqContext } from "@/lib/core/context";

export interface AuditEntry {
  /** `appointment.book`, `USER_INVITE`: stable, read by people and exports. */
  action: string;
  targetType?: string;
  targetId?: string;
  /** Names of changed fields; never values, names, numbers or words of a patient. */
  changed?: string[];
  /** Why, where a reason had to be given: one of a closed list. */
  reason?: string;
}

/** The insert of one audit row, for a statement that writes several things at once. */
export const auditRow = (tx: Tx, ctx: ClinicContext, entry: AuditEntry & { dedupeKey?: string }) =>
  tx.insert(auditLog).values({
    ...entry,
    clinicId: ctx.clinic.id,
    scope: "CLINIC",
    at: ctx.now(),
    actorType: ctx.actor.type,
    actorId: ctx.actor.id,
    requestId: ctx.requestId,
  });

/** Writes one audit row in the transaction of the change it tells of. Whoever writes in a transaction audits in it. */
export async function audit(tx: Tx, ctx: ClinicContext, entry: AuditEntry): Promise<void> {
  await auditRow(tx, ctx, entry);
}

/** The same, unless a row of this key is there already: of several that write it at once, one does. */
export async function auditOnce(tx: Tx, ctx: ClinicContext, dedupeKey: string, entry: AuditEntry): Promise<void> {
  await auditRow(tx, ctx, { ...entry, dedupeKey }).onConflictDoNothing();
}

/** The same for HQ's own doings, which belong to no clinic. */
export async function auditHq(tx: Tx, ctx: HqContext, entry: AuditEntry): Promise<void> {
  await tx.insert(auditLog).values({
    ...entry,
    scope: "HQ",
    at: ctx.now(),
    actorType: ctx.actor.type,
    actorId: ctx.actor.id,
    requestId: ctx.requestId,
  });
}
