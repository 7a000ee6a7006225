import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations, messages } from "@/db/schema/messaging";
import { contactPoints, patientContactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { channelOf } from "@/lib/messaging/channels/registry";
import { consentOfIn, type ConsentChannel } from "@/lib/messaging/consents/consent";
import { lockStandingIn, reissueIn, wasReissuedIn } from "./reissue";
import type { SendClass } from "@/lib/messaging/send";
import { openThreadIn } from "@/lib/messaging/thread";

/** The way of a message that doesn't get through: never back, and round no stop. */
const WAY: readonly ConsentChannel[] = ["whatsapp", "sms", "email"];
const REACHED_BY = { whatsapp: "phone", sms: "phone", email: "email" } as const;
/** Answers stay where the patient asked. */
const MAY_CHANGE: readonly (SendClass | null)[] = ["service", "reminder", "offer", "marketing"];

/**
 * Sends a message that didn't get through by the next of the patient's channels, under the same key: the old one no longer
 * stands. `isOnce`: not if it is a second way already. Answers the new message's id, or undefined where no way is left.
 */
export async function fallBackIn(
  tx: Tx,
  ctx: ClinicContext,
  messageId: string,
  { isOnce = false } = {},
): Promise<string | undefined> {
  const row = await lockStandingIn(tx, ctx, { messageId });
  if (!row || (row.expiresAt && row.expiresAt <= ctx.now())) return undefined;
  if (isOnce && (await wasReissuedIn(tx, ctx, row.dedupeKey))) return undefined;
  const failed = await readFailed(tx, ctx, messageId);
  if (!failed || !MAY_CHANGE.includes(failed.sendClass)) return undefined;
  const next = await nextWayIn(tx, ctx, failed);
  if (!next) return undefined;
  const thread = await openThreadIn(tx, ctx, next.channel, next.contactPointId, failed.language);
  return reissueIn(tx, ctx, row, thread.id);
}

interface Failed {
  sendClass: SendClass | null;
  contactPointId: string;
  patientId: string | null;
  language: string | null;
  channelKind: (typeof channels.$inferSelect)["kind"];
}

async function readFailed(tx: Tx, ctx: ClinicContext, messageId: string): Promise<Failed | undefined> {
  const [found] = await tx
    .select({
      sendClass: messages.sendClass,
      contactPointId: conversations.contactPointId,
      patientId: conversations.patientId,
      language: conversations.language,
      channelKind: channels.kind,
    })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.clinicId, messages.clinicId), eq(conversations.id, messages.conversationId)),
    )
    .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
    .where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, messageId)));
  return found;
}

/** The first channel further along the way on which this person can and may be reached. */
async function nextWayIn(tx: Tx, ctx: ClinicContext, failed: Failed) {
  const here = channelOf(failed.channelKind).consentChannel;
  const lines = await tx
    .select()
    .from(channels)
    .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.isActive, true)))
    .orderBy(asc(channels.createdAt), asc(channels.id));
  const points = await pointsOf(tx, ctx, failed);
  for (const kind of WAY.slice(WAY.indexOf(here) + 1)) {
    const line = lines.find((one) => one.kind !== "simulator" && channelOf(one.kind).consentChannel === kind);
    const point = points.find((one) => one.kind === REACHED_BY[kind]);
    if (!line || !point) continue;
    const consent = await consentOfIn(tx, ctx, point.id, kind);
    const isUnwanted = consent.service === "out" || (failed.sendClass === "marketing" && consent.marketing !== "in");
    if (isUnwanted) continue;
    return { channel: { id: line.id, ...channelOf(line.kind) }, contactPointId: point.id };
  }
  return undefined;
}

/**
 * The addresses of the person that the message is about, the one that failed first. Where several people share it and
 * nobody knows whom it is about, only itself: nothing of a record is told to an address that isn't on it.
 */
async function pointsOf(tx: Tx, ctx: ClinicContext, { contactPointId, patientId }: Failed) {
  const people = await tx
    .select({ id: patientContactPoints.patientId })
    .from(patientContactPoints)
    .where(
      and(eq(patientContactPoints.clinicId, ctx.clinic.id), eq(patientContactPoints.contactPointId, contactPointId)),
    );
  const about = patientId ?? (people.length === 1 ? people[0]?.id : undefined);
  const theirs = about
    ? await tx
        .select({ id: patientContactPoints.contactPointId })
        .from(patientContactPoints)
        .where(and(eq(patientContactPoints.clinicId, ctx.clinic.id), eq(patientContactPoints.patientId, about)))
    : [];
  const ids = [contactPointId, ...theirs.map(({ id }) => id)];
  const points = await tx
    .select({ id: contactPoints.id, kind: contactPoints.kind })
    .from(contactPoints)
    .where(
      and(
        ...[eq(contactPoints.clinicId, ctx.clinic.id), inArray(contactPoints.id, ids)],
        isNull(contactPoints.unreachableSince),
      ),
    )
    .orderBy(asc(contactPoints.id));
  return [...points].sort((a, b) => Number(b.id === contactPointId) - Number(a.id === contactPointId));
}
