import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { consentEvents, consents, contactPoints, patientContactPoints } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { awaitUnderWayIn, suppressPendingIn } from "@/lib/messaging/outbox/suppress";

export type ConsentChannel = "sms" | "whatsapp" | "email";
export type Purpose = "service" | "marketing";

export interface ConsentChange {
  contactPointId: string;
  channelKind: ConsentChannel;
  /** A stop ends both unless said; a start gives `service` alone: marketing needs words of its own. */
  purposes?: readonly Purpose[];
  state: "in" | "out";
  how: "keyword" | "phrase" | "carrier" | "form" | "staff" | "import";
  /** The patient's own words, as evidence. */
  words: string | null;
  /** The message that said it, where one did. */
  messageId?: string;
  at: Date;
}

interface Point {
  id: string;
  kind: "phone" | "email" | "whatsapp_user";
}

/** By which channel kinds an address can be reached. */
export const CHANNELS_OF = {
  phone: ["sms", "whatsapp"],
  email: ["email"],
  whatsapp_user: ["whatsapp"],
} as const satisfies Record<Point["kind"], readonly ConsentChannel[]>;

/**
 * Records what a contact point agreed to or ended, as the row that holds now and as an event. A stop ends everything on
 * that channel kind for that contact point, and marketing on every channel of the people behind it; what waits to be
 * sent against it is suppressed in the same transaction. Whoever claims a message meanwhile waits for this commit.
 */
export async function recordConsentIn(tx: Tx, ctx: ClinicContext, change: ConsentChange): Promise<void> {
  const points = await lockBehind(tx, ctx, change.contactPointId);
  if (change.state === "out") await awaitUnderWayIn(tx, ctx, change);
  const purposes = change.purposes ?? (change.state === "out" ? ["service", "marketing"] : ["service"]);
  for (const purpose of purposes) await writeConsent(tx, ctx, change, purpose);
  if (change.state === "out" && purposes.includes("marketing"))
    for (const point of points)
      for (const channelKind of CHANNELS_OF[point.kind])
        if (point.id !== change.contactPointId || channelKind !== change.channelKind)
          await writeConsent(tx, ctx, { ...change, contactPointId: point.id, channelKind }, "marketing");
  await audit(tx, ctx, {
    action: `consent.${change.state}`,
    targetType: "contact_point",
    targetId: change.contactPointId,
    changed: purposes.map((purpose) => `${change.channelKind}.${purpose}`),
  });
  if (change.state === "out")
    await suppressPendingIn(
      tx,
      ctx,
      change,
      purposes,
      points.map((point) => point.id),
    );
}

/** The contact point and all others of its people, locked in order of id; rivals and senders wait. */
async function lockBehind(tx: Tx, ctx: ClinicContext, contactPointId: string): Promise<Point[]> {
  const mine = and(
    eq(patientContactPoints.clinicId, ctx.clinic.id),
    eq(patientContactPoints.contactPointId, contactPointId),
  );
  const people = tx.select({ id: patientContactPoints.patientId }).from(patientContactPoints).where(mine);
  const theirs = await tx
    .selectDistinct({ id: patientContactPoints.contactPointId })
    .from(patientContactPoints)
    .where(and(eq(patientContactPoints.clinicId, ctx.clinic.id), inArray(patientContactPoints.patientId, people)));
  const ids = [...new Set([contactPointId, ...theirs.map((row) => row.id)])];
  return tx
    .select({ id: contactPoints.id, kind: contactPoints.kind })
    .from(contactPoints)
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), inArray(contactPoints.id, ids)))
    .orderBy(asc(contactPoints.id))
    .for("no key update");
}

async function writeConsent(tx: Tx, ctx: ClinicContext, change: ConsentChange, purpose: Purpose): Promise<void> {
  const { contactPointId, channelKind, state, how, words, at, messageId = null } = change;
  const actorId = ctx.actor.type === "user" ? ctx.actor.id : null;
  const told = { state, how, words, at, messageId, actorId };
  const row = { clinicId: ctx.clinic.id, contactPointId, channelKind, purpose, ...told };
  await tx.insert(consentEvents).values(row);
  await tx
    .insert(consents)
    .values(row)
    .onConflictDoUpdate({
      target: [consents.clinicId, consents.contactPointId, consents.channelKind, consents.purpose],
      set: told,
      setWhere: sql`${consents.at} <= excluded.at`,
    });
}

/** What holds now of one contact point on one channel kind; null where nothing was ever said. */
export async function consentOfIn(
  tx: Tx,
  ctx: ClinicContext,
  contactPointId: string,
  channelKind: ConsentChannel,
): Promise<Record<Purpose, "in" | "out" | null>> {
  const rows = await tx
    .select({ purpose: consents.purpose, state: consents.state })
    .from(consents)
    .where(
      and(
        eq(consents.clinicId, ctx.clinic.id),
        eq(consents.contactPointId, contactPointId),
        eq(consents.channelKind, channelKind),
      ),
    );
  const stateOf = (purpose: Purpose) => rows.find((row) => row.purpose === purpose)?.state ?? null;
  return { service: stateOf("service"), marketing: stateOf("marketing") };
}

/** Whether this contact point has ended messages on this channel kind. */
export const isOptedOutIn = async (
  tx: Tx,
  ctx: ClinicContext,
  contactPointId: string,
  channelKind: ConsentChannel,
): Promise<boolean> => (await consentOfIn(tx, ctx, contactPointId, channelKind)).service === "out";

/**
 * Whether staff may write to this contact point: not after a stop by SMS, which the carrier keeps; elsewhere only in answer
 * to what the person wrote after it (domain.md, The send gate).
 */
export async function mayAnswerIn(
  tx: Tx,
  ctx: ClinicContext,
  contactPointId: string,
  channelKind: ConsentChannel,
  lastInboundAt: Date | null,
): Promise<boolean> {
  const [stop] = await tx
    .select({ at: consents.at })
    .from(consents)
    .where(
      and(
        ...[eq(consents.clinicId, ctx.clinic.id), eq(consents.contactPointId, contactPointId)],
        ...[eq(consents.channelKind, channelKind), eq(consents.purpose, "service"), eq(consents.state, "out")],
      ),
    );
  return !stop || (channelKind !== "sms" && lastInboundAt !== null && lastInboundAt > stop.at);
}
