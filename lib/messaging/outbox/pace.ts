import { and, eq, isNull, lte, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channelBreakers, channels } from "@/db/schema/channels";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { isBreakerTrippedIn, takeProbeIn } from "./breaker";
import { channelOf } from "@/lib/messaging/channels/registry";
import type { OutboxItem } from "./items";

/** How much of a second's pace one claim takes on at once. */
const BURST_SECONDS = 0.5;
/** From here on a pace is no pace. */
const UNPACED = 500;
/** A claim that comes late may catch up this much, so that the average keeps the pace. */
const CREDIT_SECONDS = 0.1;

const paceOf = (item: OutboxItem) => item.pacePerSecond ?? channelOf(item.channelKind).capabilities.pacePerSecond;

/** How many messages of a channel one claim may take on: half a second's worth, one at least. */
export const burstOf = (item: OutboxItem): number => Math.max(1, Math.floor(paceOf(item) * BURST_SECONDS));

/**
 * Reserves the channel's time for these of its messages, in database time, and answers how many may go: all, none while
 * a rival's messages still have theirs, or one that tries whether a vendor that was away is back.
 */
export async function reserveIn(
  tx: Tx,
  ctx: ClinicContext,
  items: readonly OutboxItem[],
  probeSeconds: number,
): Promise<number> {
  const [first] = items;
  if (!first) return 0;
  const { channelId, outboxId } = first;
  if (await isBreakerTrippedIn(tx, ctx, channelId))
    return (await takeProbeIn(tx, ctx, channelId, outboxId, probeSeconds)) ? 1 : 0;
  const pace = paceOf(first);
  if (pace >= UNPACED) return items.length;
  const from = sql`greatest(${channels.nextSendAt}, now() - ${CREDIT_SECONDS}::float8 * interval '1 second')`;
  const reserved = await tx
    .update(channels)
    .set({ nextSendAt: sql`coalesce(${from}, now()) + ${items.length / pace}::float8 * interval '1 second'` })
    .where(
      and(
        ...[eq(channels.clinicId, ctx.clinic.id), eq(channels.id, channelId)],
        or(isNull(channels.nextSendAt), lte(channels.nextSendAt, sql`now()`)),
      ),
    )
    .returning({ id: channels.id });
  return reserved.length === 1 ? items.length : 0;
}

/** The vendor asked for patience with this address: whatever waits for it waits too. */
export async function restChannelIn(tx: Tx, ctx: ClinicContext, channelId: string, seconds: number): Promise<void> {
  await tx
    .update(channels)
    .set({ nextSendAt: sql`greatest(${channels.nextSendAt}, now() + ${seconds}::float8 * interval '1 second')` })
    .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.id, channelId)));
}

/** No message to this person on this channel for so long. */
export async function restPairIn(tx: Tx, ctx: ClinicContext, conversationId: string, seconds: number): Promise<void> {
  if (seconds <= 0) return;
  await tx
    .update(conversations)
    .set({ nextSendAt: sql`greatest(${conversations.nextSendAt}, now() + ${seconds}::float8 * interval '1 second')` })
    .where(and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, conversationId)));
}

/** In how many milliseconds the next message may go, if that is within so many; else null. */
export const nextDueMs = (ctx: ClinicContext, withinMs: number): Promise<number | null> =>
  query(ctx, async (tx) => {
    const at = sql`greatest(${outbox.dueAt}, ${channels.nextSendAt}, ${conversations.nextSendAt}, ${channelBreakers.openUntil})`;
    const breaker = and(eq(channelBreakers.clinicId, channels.clinicId), eq(channelBreakers.channelId, channels.id));
    const soon = sql`now() + ${withinMs}::int * interval '1 millisecond'`;
    const [row] = await tx
      .select({ ms: sql<number | null>`ceil(extract(epoch from min(${at}) - now()) * 1000)::int` })
      .from(outbox)
      .innerJoin(messages, and(eq(messages.clinicId, outbox.clinicId), eq(messages.id, outbox.messageId)))
      .innerJoin(
        conversations,
        and(eq(conversations.clinicId, messages.clinicId), eq(conversations.id, messages.conversationId)),
      )
      .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
      .leftJoin(channelBreakers, breaker)
      .where(
        and(
          ...[eq(outbox.clinicId, ctx.clinic.id), eq(outbox.state, "due"), lte(outbox.dueAt, soon)],
          sql`${at} <= ${soon}`,
        ),
      );
    return row?.ms == null ? null : Math.max(1, row.ms);
  });
