import { and, eq, gte, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { conversations } from "@/db/schema/messaging";
import { consents, contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { attempt, transact } from "@/lib/core/transact";
import { CLOSED } from "@/lib/messaging/inbox/close";
import { recordConsentIn } from "@/lib/messaging/consents/consent";
import { announce } from "@/lib/realtime/announce";
import { cancelIn } from "@/lib/scheduling/cancel";
import { findTalkIn, playedPhoneIn } from "./internal";
import type { ReadTalk } from "./schema";

const LIVE = ["held", "scheduled"] as const;

/**
 * Ends a talk of the simulator and takes back what came of it: what it booked is cancelled, a stop said in it is lifted,
 * who became a patient in it is no longer at the number, so that the next talk begins with a stranger.
 */
export const resetTalk = (ctx: ClinicContext, input: ReadTalk): Promise<Result<{ cancelled: number }>> =>
  transact(ctx, {}, async (tx) => {
    const phone = await playedPhoneIn(tx, ctx, input.phone);
    if (!phone.ok) return phone;
    const talk = await findTalkIn(tx, ctx, phone.data);
    if (!talk) return ok({ cancelled: 0 });
    const cancelled = await cancelBookings(tx, ctx, talk.id);
    await liftStop(tx, ctx, talk.contactPointId, talk.createdAt);
    await forgetPeople(tx, ctx, talk.contactPointId);
    await tx
      .update(conversations)
      .set(CLOSED)
      .where(and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, talk.id)));
    await audit(tx, ctx, { action: "simulator.reset", targetType: "conversation", targetId: talk.id });
    await announce(tx, ctx, "conversation", talk.id);
    return ok({ cancelled });
  });

async function cancelBookings(tx: Tx, ctx: ClinicContext, conversationId: string): Promise<number> {
  const booked = await tx
    .select({ id: appointments.id })
    .from(appointments)
    .where(
      and(
        eq(appointments.clinicId, ctx.clinic.id),
        eq(appointments.conversationId, conversationId),
        eq(appointments.createdFrom, "SIMULATOR"),
        inArray(appointments.status, [...LIVE]),
      ),
    );
  let cancelled = 0;
  for (const { id } of booked) {
    const result = await attempt(tx, {}, (inner) =>
      cancelIn(inner, ctx, { appointmentId: id, reason: "simulator reset" }),
    );
    if (result.ok) cancelled += 1;
  }
  return cancelled;
}

/** Only what was said since the talk began: a real stop is older, or is nobody's who is played here. */
async function liftStop(tx: Tx, ctx: ClinicContext, contactPointId: string, since: Date): Promise<void> {
  const ended = await tx
    .select({ purpose: consents.purpose })
    .from(consents)
    .where(
      and(
        eq(consents.clinicId, ctx.clinic.id),
        eq(consents.contactPointId, contactPointId),
        eq(consents.channelKind, "sms"),
        eq(consents.state, "out"),
        gte(consents.at, since),
      ),
    );
  if (!ended.some((row) => row.purpose === "service")) return;
  const start = { contactPointId, channelKind: "sms", state: "in", how: "staff", words: null } as const;
  await recordConsentIn(tx, ctx, { ...start, at: ctx.now() });
}

/** Patients made by the simulator leave the number; the number has not been introduced to. */
async function forgetPeople(tx: Tx, ctx: ClinicContext, contactPointId: string): Promise<void> {
  const made = tx
    .select({ id: patients.id })
    .from(patients)
    .where(and(eq(patients.clinicId, ctx.clinic.id), eq(patients.createdFrom, "SIMULATOR")));
  const left = await tx
    .delete(patientContactPoints)
    .where(
      and(
        eq(patientContactPoints.clinicId, ctx.clinic.id),
        eq(patientContactPoints.contactPointId, contactPointId),
        inArray(patientContactPoints.patientId, made),
      ),
    )
    .returning({ patientId: patientContactPoints.patientId });
  for (const { patientId } of left) await announce(tx, ctx, "patient", patientId);
  await tx
    .update(contactPoints)
    .set({ introducedAt: null })
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.id, contactPointId)));
}
