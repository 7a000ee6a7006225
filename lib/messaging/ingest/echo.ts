import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { conversations, messages, type webhookEvents } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { announce } from "@/lib/realtime/announce";
import type { StaffEcho } from "@/lib/messaging/channels/channel";
import { channelOf } from "@/lib/messaging/channels/registry";
import { meetSenderIn } from "./meet-sender";
import { openThreadIn } from "@/lib/messaging/thread";

/**
 * Keeps what staff wrote from the phone app of the clinic's number, as a message of theirs, and lets the bot step back
 * from that thread. What this system sent itself is there already and changes nothing.
 */
export async function ingestEchoIn(
  tx: Tx,
  ctx: ClinicContext,
  event: typeof webhookEvents.$inferSelect,
  echo: StaffEcho,
  channelId: string,
): Promise<void> {
  const point = await meetSenderIn(tx, ctx, { ...echo, profileName: null, language: null });
  const { reopensThreads } = channelOf(echo.channelKind);
  const thread = await openThreadIn(tx, ctx, { id: channelId, reopensThreads }, point.id);
  const { kind, text, payload, media } = echo;
  const { id, vendor, vendorId, receivedAt } = event;
  const occurredAt = echo.at && echo.at < receivedAt ? echo.at : receivedAt;
  const row = { id, clinicId: ctx.clinic.id, conversationId: thread.id, kind, text, payload, media };
  const stored = await tx
    .insert(messages)
    .values({ ...row, vendor, vendorId, occurredAt, ...{ sentAt: occurredAt, ...BY_STAFF } })
    .onConflictDoNothing()
    .returning({ id: messages.id });
  if (stored.length === 0) return;
  await tx
    .update(conversations)
    .set({
      holder: "staff",
      status: "open",
      turnDueAt: null,
      unreadCount: 0,
      lastMessageAt: sql`greatest(${conversations.lastMessageAt}, ${occurredAt}::timestamptz)`,
    })
    .where(and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, thread.id)));
  await audit(tx, ctx, { action: "message.echo", targetType: "message", targetId: id });
  await announce(tx, ctx, "message", id);
  await announce(tx, ctx, "conversation", thread.id);
}

const BY_STAFF = { direction: "outbound", senderType: "staff", status: "sent" } as const;
