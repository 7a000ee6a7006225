import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointmentEvents } from "@/db/schema/appointments";
import { appointmentChanged } from "@/inngest/events";
import { auditRow } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ring } from "@/lib/core/doorbell";
import { prepared } from "@/lib/core/prepared";
import { afterCommit } from "@/lib/core/transact";
import { liveEventRow } from "@/lib/realtime/announce";

export interface Change {
  appointmentId: string;
  kind: (typeof appointmentEvents.$inferInsert)["kind"];
  /** `appointment.book`: the audit's word for it. */
  action: string;
  from?: string | null;
  to?: string | null;
  reason?: string | undefined;
  details?: Record<string, string>;
  changed?: string[];
}

/** Writes down a change of a visit in its own transaction: history, audit, live screens; rings after the commit. */
export async function recordChange(tx: Tx, ctx: ClinicContext, change: Change): Promise<void> {
  await prepared(tx, sql`with ${changeRows(tx, ctx, change)} select 1`);
}

/** The same as parts of a statement that also makes the change. */
export function changeRows(tx: Tx, ctx: ClinicContext, change: Change): SQL {
  const { appointmentId, kind, action, from, to, reason, details, changed = ["status"] } = change;
  const clinicId = ctx.clinic.id;
  const event = tx.insert(appointmentEvents).values({
    clinicId,
    appointmentId,
    at: ctx.now(),
    kind,
    actorType: ctx.actor.type,
    actorId: ctx.actor.id,
    fromValue: from ?? null,
    toValue: to ?? null,
    reason: reason ?? null,
    details: details ?? null,
  });
  const entry = auditRow(tx, ctx, { action, targetType: "appointment", targetId: appointmentId, changed });
  const news = liveEventRow(tx, ctx, "appointment", appointmentId);
  afterCommit(tx, () => ring(appointmentChanged.create({ clinicId, appointmentId })));
  return sql`event as ${event}, entry as ${entry}, news as ${news}`;
}
