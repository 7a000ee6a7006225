import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations, messages, outbox, type MessagePayload } from "@/db/schema/messaging";
import { contactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import type { Letter, OutboundMessage, OutboundTemplate } from "@/lib/messaging/channels/channel";
import type { ChannelKind } from "@/lib/messaging/channels/kinds";
import { credentialsIn, type ChannelCredentials } from "@/lib/messaging/credentials";

/** Long times, so that a rehearsal can shorten them to the same proportions. */
export interface DeliverySettings {
  leaseSeconds: number;
  /** From a claim to the question whether the vendor has it (guarantees.md, Proof of absence). */
  reconcileAfterSeconds: number;
  /** From a claim to showing staff a send of which the vendor can't be asked. */
  unknownAfterSeconds: number;
  /** How long a breaker stays open before one send may try. */
  probeSeconds: number;
}
export const DELIVERY: DeliverySettings = {
  ...{ leaseSeconds: 60, reconcileAfterSeconds: 120, unknownAfterSeconds: 600, probeSeconds: 30 },
};

/** An outbound message with all that sending it needs. */
export interface OutboxItem {
  outboxId: string;
  messageId: string;
  conversationId: string;
  contactPointId: string;
  channelId: string;
  channelKind: ChannelKind;
  account: string | null;
  pacePerSecond: number | null;
  from: string;
  to: string;
  text: string;
  payload: MessagePayload | null;
  templateId: string | null;
  sendClass: (typeof messages.$inferSelect)["sendClass"];
  writtenAt: Date;
  expiresAt: Date | null;
  attempts: number;
  lastError: string | null;
  /** When the last claim was made (database time). */
  claimedAt: Date;
}

/** Claimed: nobody else sends it while the lease lasts, and whoever's token is stale writes nothing. */
export interface Claimed extends OutboxItem {
  leaseToken: string;
  /** Goes out in the text's place, because the window is closed. */
  template?: OutboundTemplate;
  /** On a channel whose messages are letters. */
  letter?: Letter;
  credentials: ChannelCredentials;
  /** Of this process's monotonic clock, which stands still for nobody. */
  claimedAtMs: number;
}

/** The outbox joined with what sending needs; `where` and locks are the caller's. */
export const outboxItems = (tx: Tx) =>
  tx
    .select({
      outboxId: outbox.id,
      messageId: messages.id,
      conversationId: conversations.id,
      contactPointId: contactPoints.id,
      channelId: channels.id,
      channelKind: channels.kind,
      account: channels.account,
      pacePerSecond: channels.pacePerSecond,
      from: channels.address,
      to: contactPoints.value,
      text: messages.text,
      payload: messages.payload,
      templateId: messages.templateId,
      sendClass: messages.sendClass,
      writtenAt: messages.occurredAt,
      expiresAt: outbox.expiresAt,
      attempts: outbox.attempts,
      lastError: outbox.lastError,
      claimedAt: outbox.dueAt,
    })
    .from(outbox)
    .innerJoin(messages, and(eq(messages.clinicId, outbox.clinicId), eq(messages.id, outbox.messageId)))
    .innerJoin(
      conversations,
      and(eq(conversations.clinicId, messages.clinicId), eq(conversations.id, messages.conversationId)),
    )
    .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
    .innerJoin(
      contactPoints,
      and(eq(contactPoints.clinicId, conversations.clinicId), eq(contactPoints.id, conversations.contactPointId)),
    );

/** The secrets of these items' channels, read once a channel. */
export async function credentialsOfIn(
  tx: Tx,
  ctx: ClinicContext,
  items: readonly OutboxItem[],
): Promise<(item: OutboxItem) => ChannelCredentials> {
  const byChannel = new Map<string, ChannelCredentials>();
  for (const { channelId: id, channelKind: kind, account } of items)
    if (!byChannel.has(id)) byChannel.set(id, await credentialsIn(tx, ctx, { id, kind, account }));
  return ({ channelId, account }) => byChannel.get(channelId) ?? { account };
}

/** A claimed message as the vendor needs it. */
export function outboundOf(claimed: Claimed): OutboundMessage {
  const { outboxId, from, to, text, payload, template, letter, credentials } = claimed;
  const { choices, choicesLabel } = payload ?? {};
  return {
    ...{ outboxId, from, to, text, credentials },
    ...(choices && !template ? { choices, ...(choicesLabel ? { choicesLabel } : {}) } : {}),
    ...(template ? { template } : {}),
    ...(letter ? { letter } : {}),
  };
}
