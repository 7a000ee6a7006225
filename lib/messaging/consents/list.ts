import { and, desc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema/identity";
import { consentEvents, consents, contactPoints, patientContactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { CHANNELS_OF, type ConsentChannel, type Purpose } from "./consent";
import { explainIn, type Explained } from "@/lib/messaging/gate/explain";
import { may } from "@/lib/identity/permissions";
import { maskPhone } from "@/lib/patients/phone";

export interface ConsentState {
  contactPointId: string;
  channel: ConsentChannel;
  purpose: Purpose;
  /** Null: nothing was ever said. Service messages then go, marketing doesn't. */
  state: "in" | "out" | null;
  at: Date | null;
}

export interface ConsentEvent extends ConsentState {
  id: string;
  how: string;
  /** The evidence; the patient's or the member's words. */
  words: string | null;
  by: { id: string; name: string } | null;
  messageId: string | null;
}

export interface PatientConsents {
  points: { id: string; kind: string; value: string | null; masked: string; unreachableSince: Date | null }[];
  states: ConsentState[];
  history: ConsentEvent[];
  /** What would go out at this moment, and what not and why. */
  gate: Explained[];
}

const MOST_EVENTS = 200;
const PURPOSES = ["service", "marketing"] as const;

/** What a patient agreed to at each of their addresses, how it came, and what the send gate would say now. NOT_FOUND. */
export const listConsents = (ctx: ClinicContext, { id }: { id: string }): Promise<Result<PatientConsents>> =>
  query(ctx, async (tx) => {
    const points = await pointsOf(tx, ctx, id);
    if (points.length === 0) return err("NOT_FOUND", { what: "patient" });
    const ids = points.map((point) => point.id);
    const said = await tx
      .select()
      .from(consents)
      .where(and(eq(consents.clinicId, ctx.clinic.id), inArray(consents.contactPointId, ids)));
    const states = points.flatMap((point) =>
      CHANNELS_OF[point.kind].flatMap((channel) =>
        PURPOSES.map((purpose) => {
          const row = said.find(
            (one) => one.contactPointId === point.id && one.channelKind === channel && one.purpose === purpose,
          );
          return { contactPointId: point.id, channel, purpose, state: row?.state ?? null, at: row?.at ?? null };
        }),
      ),
    );
    return ok({
      points: points.map(({ id, kind, value, unreachableSince }) => ({
        ...{ id, kind, unreachableSince, masked: maskPhone(value) },
        value: ctx.role === "SYSTEM" || ctx.role === "PATIENT" || may(ctx.role, "phone.reveal") ? value : null,
      })),
      states,
      history: await historyOf(tx, ctx, ids),
      gate: await explainIn(tx, ctx, ids),
    });
  });

const pointsOf = (tx: Tx, ctx: ClinicContext, patientId: string) =>
  tx
    .select({
      id: contactPoints.id,
      kind: contactPoints.kind,
      value: contactPoints.value,
      unreachableSince: contactPoints.unreachableSince,
    })
    .from(patientContactPoints)
    .innerJoin(
      contactPoints,
      and(
        eq(contactPoints.clinicId, patientContactPoints.clinicId),
        eq(contactPoints.id, patientContactPoints.contactPointId),
      ),
    )
    .where(and(eq(patientContactPoints.clinicId, ctx.clinic.id), eq(patientContactPoints.patientId, patientId)))
    .orderBy(contactPoints.kind, contactPoints.id);

async function historyOf(tx: Tx, ctx: ClinicContext, ids: string[]): Promise<ConsentEvent[]> {
  const rows = await tx
    .select({ event: consentEvents, name: users.name })
    .from(consentEvents)
    .leftJoin(users, eq(users.id, consentEvents.actorId))
    .where(and(eq(consentEvents.clinicId, ctx.clinic.id), inArray(consentEvents.contactPointId, ids)))
    .orderBy(desc(consentEvents.at), desc(consentEvents.id))
    .limit(MOST_EVENTS);
  return rows.map(({ event, name }) => {
    const { id, contactPointId, purpose, state, at, how, words, messageId, actorId } = event;
    const by = actorId && name ? { id: actorId, name } : null;
    return { id, contactPointId, channel: event.channelKind, purpose, state, at, how, words, messageId, by };
  });
}
