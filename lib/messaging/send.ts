import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { conversations, messages, outbox, type MessagePayload, type SEND_CLASSES } from "@/db/schema/messaging";
import { outboxDue } from "@/inngest/events";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ring } from "@/lib/core/doorbell";
import { afterCommit } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";

export type SendClass = (typeof SEND_CLASSES)[number];

export interface SendInput {
  conversationId: string;
  text: string;
  /** Decides what the gate asks at the moment of sending (domain.md, The send gate). */
  sendClass: SendClass;
  /** The same key is the same message: asking again writes nothing and answers the first one's id. */
  dedupeKey: string;
  senderType: "bot" | "staff" | "system";
  senderUserId?: string;
  turnId?: string;
  /** The template whose text this is, with its values in `payload.template`. */
  templateId?: string;
  payload?: MessagePayload;
  /** Not before this; now unless said. */
  sendAt?: Date;
  /** Of no use from here on: then it is dropped, not sent late. A reminder's is the visit's start. */
  expiresAt?: Date | null;
}

/** A stop is confirmed at once or not at all (outside-world.md). */
const CONFIRMATION_MS = 5 * 60_000;

/**
 * Enqueues one outbound message in the caller's transaction and answers its id. Whether it may go out is decided at
 * the moment of sending, not here. Its time in the thread is later than that of every message already there.
 */
export async function sendIn(tx: Tx, ctx: ClinicContext, input: SendInput): Promise<string> {
  const earlier = await findByKey(tx, ctx, input.dedupeKey);
  if (earlier) return earlier;
  const id = newId();
  const occurredAt = await nextInThread(tx, ctx, input.conversationId);
  const { conversationId, text, sendClass, senderType, senderUserId, turnId, templateId, payload } = input;
  const who = { senderType, senderUserId, turnId };
  const what = { text, sendClass, templateId, payload };
  const row = { id, clinicId: ctx.clinic.id, conversationId, ...what, ...who, occurredAt };
  await tx.insert(messages).values({ ...row, direction: "outbound", status: "queued" });
  const queued = await tx
    .insert(outbox)
    .values({ clinicId: ctx.clinic.id, messageId: id, dedupeKey: input.dedupeKey, ...timesOf(ctx, input) })
    .onConflictDoNothing({ target: [outbox.clinicId, outbox.dedupeKey], where: isNull(outbox.supersededAt) })
    .returning({ id: outbox.id });
  if (queued.length === 0) return takeBack(tx, ctx, id, input.dedupeKey);
  await audit(tx, ctx, { action: "message.enqueue", targetType: "message", targetId: id });
  await announce(tx, ctx, "message", id);
  await announce(tx, ctx, "conversation", conversationId);
  afterCommit(tx, () => ring(outboxDue.create({ clinicId: ctx.clinic.id })));
  return id;
}

/** `sendAt` is an instant of the product's clock; the outbox counts in the database's. */
function timesOf(ctx: ClinicContext, { sendAt, expiresAt, sendClass }: SendInput) {
  const now = ctx.now().getTime();
  const seconds = Math.max(0, ((sendAt?.getTime() ?? now) - now) / 1000);
  const isConfirmation = sendClass === "optout_confirmation";
  return {
    dueAt: sql`now() + ${seconds}::float8 * interval '1 second'`,
    expiresAt: expiresAt ?? (isConfirmation ? new Date(now + CONFIRMATION_MS) : null),
  };
}

async function findByKey(tx: Tx, ctx: ClinicContext, dedupeKey: string): Promise<string | undefined> {
  const [found] = await tx
    .select({ messageId: outbox.messageId })
    .from(outbox)
    .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.dedupeKey, dedupeKey), isNull(outbox.supersededAt)));
  return found?.messageId;
}

/** The thread's clock: now, or a millisecond after its last message when clocks of two machines disagree. */
async function nextInThread(tx: Tx, ctx: ClinicContext, conversationId: string): Promise<Date> {
  const [thread] = await tx
    .update(conversations)
    .set({
      lastMessageAt: sql`greatest(${ctx.now()}::timestamptz, ${conversations.lastMessageAt} + interval '1 millisecond')`,
    })
    .where(and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, conversationId)))
    .returning({ at: conversations.lastMessageAt });
  if (!thread?.at) throw new Error(`no conversation ${conversationId}`);
  return thread.at;
}

/** A rival enqueued the same key first: ours never was. */
async function takeBack(tx: Tx, ctx: ClinicContext, id: string, dedupeKey: string): Promise<string> {
  await tx.delete(messages).where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, id)));
  const theirs = await findByKey(tx, ctx, dedupeKey);
  if (!theirs) throw new Error("a message that was enqueued vanished");
  return theirs;
}
