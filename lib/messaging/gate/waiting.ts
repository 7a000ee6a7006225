import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channelBreakers, channels } from "@/db/schema/channels";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { reasonOf } from "@/lib/messaging/channels/reasons";

/** Why a message has not gone out yet; words in `inbox.waiting`. */
export const WAITING = ["planned", "quiet_hours", "paced", "cap", "down", "retry", "turn"] as const;
export type WaitingReason = (typeof WAITING)[number];

export interface Waiting {
  reason: WaitingReason;
  /** Not before this instant. */
  until: Date;
}

/** What an outbox row and its channel know of a wait; all instants are the database's. */
export interface WaitFacts {
  lastError: string | null;
  dueAt: Date;
  /** The channel rests because its vendor kept failing. */
  breakerUntil: Date | null;
  /** The pace of the channel, or of this pair of addresses. */
  pacedUntil: Date | null;
  now: Date;
}

/** A pace of a second is no wait that anybody asks about. */
const WORTH_TELLING_MS = 3_000;

/** Why and until when a message waits; undefined for one that goes at any moment. */
export function waitingOf({ lastError, dueAt, breakerUntil, pacedUntil, now }: WaitFacts): Waiting | undefined {
  const until = new Date(Math.max(...[dueAt, breakerUntil, pacedUntil].map((at) => at?.getTime() ?? 0)));
  if (until.getTime() - now.getTime() < WORTH_TELLING_MS) return undefined;
  if (breakerUntil && breakerUntil > now) return { reason: "down", until };
  return { reason: dueAt > now ? whyDue(lastError) : "turn", until };
}

/** By what the last look at the message, or the last try, left on its row. */
function whyDue(lastError: string | null): WaitingReason {
  if (lastError === null) return "planned";
  if (lastError === "quiet_hours") return "quiet_hours";
  const [kind, code = ""] = lastError.split(":");
  if (kind === "down") return "down";
  if (kind === "paced") return reasonOf(code) === "marketing_cap" ? "cap" : "paced";
  return "retry";
}

/** The waits of these messages, by id; those that don't wait are left out. */
export async function readWaitsIn(
  tx: Tx,
  ctx: ClinicContext,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, Waiting>> {
  if (messageIds.length === 0) return new Map();
  const rows = await tx
    .select({
      id: messages.id,
      lastError: outbox.lastError,
      dueAt: outbox.dueAt,
      breakerUntil: channelBreakers.openUntil,
      channelUntil: channels.nextSendAt,
      pairUntil: conversations.nextSendAt,
      now: sql`now()`.mapWith(outbox.dueAt),
    })
    .from(messages)
    .innerJoin(outbox, and(eq(outbox.clinicId, messages.clinicId), eq(outbox.messageId, messages.id)))
    .innerJoin(
      conversations,
      and(eq(conversations.clinicId, messages.clinicId), eq(conversations.id, messages.conversationId)),
    )
    .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
    .leftJoin(
      channelBreakers,
      and(eq(channelBreakers.clinicId, channels.clinicId), eq(channelBreakers.channelId, channels.id)),
    )
    .where(and(eq(messages.clinicId, ctx.clinic.id), inArray(messages.id, [...messageIds]), eq(outbox.state, "due")));
  return new Map(
    rows.flatMap(({ id, channelUntil, pairUntil, ...facts }) => {
      const pacedUntil =
        channelUntil && pairUntil && channelUntil > pairUntil ? channelUntil : (pairUntil ?? channelUntil);
      const waiting = waitingOf({ ...facts, pacedUntil });
      return waiting ? [[id, waiting] as const] : [];
    }),
  );
}
