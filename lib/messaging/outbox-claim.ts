import { and, asc, eq, inArray, lt, lte, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import { contactPoints } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import type { ChannelKind } from "./channels/kinds";
import { decideSend } from "./gate";
import { readGateFacts } from "./gate-facts";
import { suppressIn } from "./suppress";

/** Long times, so that a rehearsal can shorten them to the same proportions. */
export interface DeliverySettings {
  leaseSeconds: number;
  /** From a claim to the question whether the vendor has it (guarantees.md, Proof of absence). */
  reconcileAfterSeconds: number;
}
export const DELIVERY: DeliverySettings = { leaseSeconds: 60, reconcileAfterSeconds: 120 };

/** An outbound message with all that sending it needs. */
export interface OutboxItem {
  outboxId: string;
  messageId: string;
  conversationId: string;
  contactPointId: string;
  channelId: string;
  channelKind: ChannelKind;
  from: string;
  to: string;
  text: string;
  sendClass: (typeof messages.$inferSelect)["sendClass"];
  attempts: number;
  /** When the last claim was made (database time). */
  claimedAt: Date;
}

/** Claimed: nobody else sends it while the lease lasts, and whoever's token is stale writes nothing. */
export interface Claimed extends OutboxItem {
  leaseToken: string;
  /** Of this process's monotonic clock, which stands still for nobody. */
  claimedAtMs: number;
}

const BATCH = 10;

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
      from: channels.address,
      to: contactPoints.value,
      text: messages.text,
      sendClass: messages.sendClass,
      attempts: outbox.attempts,
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

/**
 * Claims what is due and may go out, at most one message a conversation, the oldest first. The gate is asked in this
 * transaction; what it refuses is suppressed here, what must wait is put off. `leftOver` says whether to ask again.
 */
export const claimDue = async (
  ctx: ClinicContext,
  settings: DeliverySettings,
): Promise<{ claimed: Claimed[]; leftOver: boolean }> =>
  unwrap(
    await transact(ctx, {}, async (tx) => {
      const due = await lockDue(tx, ctx);
      const busy = await conversationsInFlight(tx, ctx, due);
      const free = due.filter((item) => !busy.has(item.conversationId));
      const facts = await readGateFacts(tx, ctx, free);
      const claimed: Claimed[] = [];
      for (const item of free) {
        const known = facts.get(item.outboxId);
        const verdict = known ? decideSend(known) : ({ verdict: "suppress", reason: "channel_off" } as const);
        if (verdict.verdict === "send") claimed.push(await claim(tx, ctx, item, settings));
        else if (verdict.verdict === "later") await putOff(tx, ctx, item, verdict.at);
        else await refuse(tx, ctx, item, verdict.reason);
      }
      return ok({ claimed, leftOver: free.length > 0 });
    }),
  );

/** Locks the conversation too: its messages leave one after the other, whoever sends them. */
function lockDue(tx: Tx, ctx: ClinicContext): Promise<OutboxItem[]> {
  const [earlier, itsMessage] = [alias(outbox, "earlier"), alias(messages, "its_message")];
  const before = tx
    .select({ id: earlier.id })
    .from(earlier)
    .innerJoin(itsMessage, and(eq(itsMessage.clinicId, earlier.clinicId), eq(itsMessage.id, earlier.messageId)))
    .where(
      and(
        eq(earlier.clinicId, ctx.clinic.id),
        eq(itsMessage.conversationId, messages.conversationId),
        lt(earlier.id, outbox.id),
        or(
          and(eq(earlier.state, "due"), or(lte(earlier.dueAt, sql`now()`), sql`${earlier.attempts} > 0`)),
          and(eq(earlier.state, "sending"), sql`${earlier.leaseToken} is not null and ${earlier.leaseUntil} > now()`),
        ),
      ),
    );
  return outboxItems(tx)
    .where(
      and(
        eq(outbox.clinicId, ctx.clinic.id),
        eq(outbox.state, "due"),
        lte(outbox.dueAt, sql`now()`),
        notExists(before),
      ),
    )
    .orderBy(asc(outbox.dueAt), asc(outbox.id))
    .limit(BATCH)
    .for("no key update", { of: [outbox, conversations], skipLocked: true });
}

/** Read after the locks: what a rival claimed and committed in between is seen now. */
async function conversationsInFlight(tx: Tx, ctx: ClinicContext, items: OutboxItem[]): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const ids = items.map((item) => item.conversationId);
  const rows = await tx
    .select({ id: messages.conversationId })
    .from(outbox)
    .innerJoin(messages, and(eq(messages.clinicId, outbox.clinicId), eq(messages.id, outbox.messageId)))
    .where(
      and(
        eq(outbox.clinicId, ctx.clinic.id),
        inArray(messages.conversationId, ids),
        eq(outbox.state, "sending"),
        sql`${outbox.leaseToken} is not null and ${outbox.leaseUntil} > now()`,
      ),
    );
  return new Set(rows.map((row) => row.id));
}

async function claim(tx: Tx, ctx: ClinicContext, item: OutboxItem, settings: DeliverySettings): Promise<Claimed> {
  const leaseToken = crypto.randomUUID();
  const [row] = await tx
    .update(outbox)
    .set({
      state: "sending",
      attempts: sql`${outbox.attempts} + 1`,
      dueAt: sql`now()`,
      leaseToken,
      leaseUntil: sql`now() + ${settings.leaseSeconds}::float8 * interval '1 second'`,
    })
    .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.id, item.outboxId)))
    .returning({ attempts: outbox.attempts, claimedAt: outbox.dueAt });
  if (!row) throw new Error("a locked row vanished");
  await tx
    .update(messages)
    .set({ status: "sending" })
    .where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, item.messageId), eq(messages.status, "queued")));
  await audit(tx, ctx, { action: "message.send", targetType: "message", targetId: item.messageId });
  return { ...item, ...row, leaseToken, claimedAtMs: performance.now() };
}

async function putOff(tx: Tx, ctx: ClinicContext, item: OutboxItem, at: Date): Promise<void> {
  await tx
    .update(outbox)
    .set({ dueAt: at })
    .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.id, item.outboxId)));
  await audit(tx, ctx, { action: "message.put_off", targetType: "message", targetId: item.messageId });
}

async function refuse(tx: Tx, ctx: ClinicContext, item: OutboxItem, reason: string): Promise<void> {
  await suppressIn(tx, ctx, item.outboxId, item.messageId, reason);
  await audit(tx, ctx, { action: "message.suppress", targetType: "message", targetId: item.messageId });
  await announce(tx, ctx, "conversation", item.conversationId);
}
