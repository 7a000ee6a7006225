import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { conversations, messages, type webhookEvents } from "@/db/schema/messaging";
import { contactPoints } from "@/db/schema/patients";
import { turnDue } from "@/inngest/events";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ring } from "@/lib/core/doorbell";
import { afterCommit } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import type { InboundMessage } from "@/lib/messaging/channels/channel";
import { channelOf } from "@/lib/messaging/channels/registry";
import { queueMediaIn } from "@/lib/messaging/media/queue";
import { meetSenderIn } from "./meet-sender";
import { COLLECT_AT_MOST_MS, waitFor } from "@/lib/messaging/rules";
import { openThreadIn, type Conversation } from "@/lib/messaging/thread";

/** As much of the dialog's memory as decides how long to wait: what it last asked for. */
const Expecting = z.object({ asked: z.object({ expecting: z.string() }) });
export const expectingOf = (dialog: unknown): string | undefined => Expecting.safeParse(dialog).data?.asked.expecting;

/**
 * Turns one stored event into an inbound message of its thread, in the event's own transaction. The message takes the
 * event's id, and the vendor's time where it tells one: the order of the thread. A message that is there already changes
 * nothing.
 */
export async function ingestMessageIn(
  tx: Tx,
  ctx: ClinicContext,
  event: typeof webhookEvents.$inferSelect,
  inbound: InboundMessage,
  channelId: string,
): Promise<void> {
  const { kind, text, payload, media, flags, language } = inbound;
  const point = await meetSenderIn(tx, ctx, inbound);
  if (point.unreachableSince) await markReachable(tx, ctx, point.id);
  const { reopensThreads } = channelOf(inbound.channelKind);
  const thread = await openThreadIn(tx, ctx, { id: channelId, reopensThreads }, point.id, language);
  const { id, vendor, vendorId, receivedAt } = event;
  const occurredAt = inbound.at && inbound.at < receivedAt ? inbound.at : receivedAt;
  const from_ = { vendor, vendorId, vendorFlags: flags, occurredAt };
  const row = { id, clinicId: ctx.clinic.id, conversationId: thread.id, kind, text, payload, media, ...from_ };
  const senderType = kind === "system" ? "system" : "patient";
  const stored = await tx
    .insert(messages)
    .values({ ...row, direction: "inbound", senderType, status: "received" })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  if (stored.length === 0) return;
  await queueMediaIn(tx, ctx, id, media);
  if (inbound.wantsAnswer) await wakeThread(tx, ctx, thread, inbound, occurredAt);
  await audit(tx, ctx, { action: "message.receive", targetType: "message", targetId: id });
  await announce(tx, ctx, "message", id);
  await announce(tx, ctx, "conversation", thread.id);
  if (inbound.wantsAnswer)
    afterCommit(tx, () => ring(turnDue.create({ clinicId: ctx.clinic.id, conversationId: thread.id })));
}

/** What was tapped says all there is to say. */
const TAPPED: ReadonlySet<InboundMessage["kind"]> = new Set(["button", "list_choice"]);

/** The next turn is due when the wait is over: counted from this message, bounded from the first unanswered one. */
async function wakeThread(
  tx: Tx,
  ctx: ClinicContext,
  thread: Conversation,
  { kind, text }: InboundMessage,
  at: Date,
): Promise<void> {
  const waitMs = TAPPED.has(kind) ? 0 : waitFor(text, expectingOf(thread.dialog));
  const firstUnanswered = tx
    .select({ at: sql<Date>`min(${messages.createdAt})` })
    .from(messages)
    .where(
      and(
        eq(messages.clinicId, ctx.clinic.id),
        eq(messages.conversationId, thread.id),
        eq(messages.direction, "inbound"),
        isNull(messages.turnId),
      ),
    );
  const due = sql`greatest(now(), least(now() + ${waitMs}::int * interval '1 millisecond',
    (${firstUnanswered}) + ${COLLECT_AT_MOST_MS}::int * interval '1 millisecond'))`;
  await tx
    .update(conversations)
    .set({
      turnDueAt: waitMs === 0 ? sql`now()` : due,
      unreadCount: sql`${conversations.unreadCount} + 1`,
      snoozedUntil: null,
      lastMessageAt: sql`greatest(${conversations.lastMessageAt}, ${at}::timestamptz)`,
      lastInboundAt: sql`greatest(${conversations.lastInboundAt}, ${at}::timestamptz)`,
      ...(thread.status === "waiting" ? { status: "open" as const } : {}),
    })
    .where(and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, thread.id)));
}

/** Who writes can be reached. */
const markReachable = (tx: Tx, ctx: ClinicContext, contactPointId: string) =>
  tx
    .update(contactPoints)
    .set({ unreachableSince: null, unreachableReason: null })
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.id, contactPointId)));
