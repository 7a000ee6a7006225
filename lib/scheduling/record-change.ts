import type { Tx } from "@/db/client";
import { appointmentEvents } from "@/db/schema/appointments";
import { appointmentChanged } from "@/inngest/events";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ring } from "@/lib/core/doorbell";
import { afterCommit } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";

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
  const { appointmentId, kind, action, from, to, reason, details, changed = ["status"] } = change;
  const clinicId = ctx.clinic.id;
  await tx.insert(appointmentEvents).values({
    clinicId,
    appointmentId,
    at: ctx.now(),
    kind,
    actorType: ctx.actor.type,
    actorId: ctx.actor.id,
    fromValue: from,
    toValue: to,
    reason,
    details,
  });
  await audit(tx, ctx, { action, targetType: "appointment", targetId: appointmentId, changed });
  await announce(tx, ctx, "appointment", appointmentId);
  afterCommit(tx, () => ring(appointmentChanged.create({ clinicId, appointmentId })));
}
