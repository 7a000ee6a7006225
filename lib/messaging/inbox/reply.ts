import { and, desc, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { messages, type MessagePayload } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { may } from "@/lib/identity/permissions";
import { CONSENT_CHANNEL_OF } from "@/lib/messaging/channels/kinds";
import { mayAnswerIn } from "@/lib/messaging/consents/consent";
import { dropDraftIn, takeUpDraftIn } from "./drafts";
import { changeThreadIn, lockThreadIn, settleTasksIn } from "./internal";
import { readMessageIn, type MessageItem } from "./list-messages";
import { windowOf } from "./read-conversations";
import { fillTemplateIn } from "./reply-template";
import type { Reply } from "@/lib/messaging/schema";
import { sendIn } from "@/lib/messaging/send";
import { findChannelIn, type Conversation } from "@/lib/messaging/thread";

/**
 * A member writes to the patient, and thereby holds the conversation, unless what goes out is the bot's own draft.
 * OPTED_OUT where the person has ended messages on this channel; WINDOW_CLOSED for free text after WhatsApp's 24 hours;
 * SUPPORT_FORBIDDEN for words of one's own from who may send templates alone: theirs takes the thread from nobody.
 * CONFLICT when a colleague has answered since the message that the writer saw last, or a newer draft has taken the
 * place of the one that is sent; ILLEGAL_TRANSITION in a closed
 * conversation: it is opened again first.
 */
export const replyToConversation = (ctx: ClinicContext, id: string, reply: Reply): Promise<Result<MessageItem>> =>
  transact(ctx, {}, (tx) => replyIn(tx, ctx, id, reply));

/** The same in the caller's transaction. */
export async function replyIn(tx: Tx, ctx: ClinicContext, id: string, reply: Reply): Promise<Result<MessageItem>> {
  const thread = await lockThreadIn(tx, ctx, id);
  if (!thread.ok) return thread;
  const isHelp = !mayWrite(ctx);
  if (isHelp && !reply.template) return err("SUPPORT_FORBIDDEN");
  const allowed = await checkReplyIn(tx, ctx, thread.data, reply);
  if (!allowed.ok) return allowed;
  const words = await wordsOf(tx, ctx, reply);
  if (!words.ok) return words;
  if (isHelp) return helpIn(tx, ctx, id, words.data);
  const draft = await dropDraftIn(tx, ctx, id);
  if (reply.draftId && draft?.turnId !== reply.draftId) return err("CONFLICT", { what: "draft" });
  const senderUserId = ctx.actor.type === "user" ? ctx.actor.id : undefined;
  const written = { conversationId: id, sendClass: "staff", senderType: "staff", senderUserId } as const;
  const turnId = (reply.isDraft && draft?.turnId) || undefined;
  const { status } = thread.data;
  const messageId = await sendIn(tx, ctx, { ...written, ...words.data, turnId, dedupeKey: `staff:${newId()}` });
  const taken = turnId && (await takeUpDraftIn(tx, ctx, turnId, { id: messageId, text: words.data.text }));
  // The bot's words see to nothing that it asks staff to do.
  if (!reply.isDraft) await settleTasksIn(tx, ctx, id);
  const held = reply.isDraft
    ? { status: status === "handoff" ? status : ("waiting" as const), ...(taken && { dialog: taken }) }
    : { status: "waiting" as const, holder: "staff" as const, assigneeId: senderUserId ?? null };
  const change = { unreadCount: 0, snoozedUntil: null, ...held };
  await changeThreadIn(tx, ctx, id, "conversation.reply", change);
  const message = await readMessageIn(tx, ctx, messageId);
  return message ? ok(message) : err("NOT_FOUND", { what: "message" });
}

const mayWrite = ({ role }: ClinicContext) =>
  role === "SYSTEM" || (role !== "PATIENT" && may(role, "conversation.reply"));

/** A template by who looks on: the thread stays whose it is, with all that waits in it. */
async function helpIn(tx: Tx, ctx: ClinicContext, id: string, words: Words): Promise<Result<MessageItem>> {
  const written = { conversationId: id, sendClass: "staff", senderType: "staff" } as const;
  const messageId = await sendIn(tx, ctx, { ...written, ...words, dedupeKey: `support:${newId()}` });
  await changeThreadIn(tx, ctx, id, "conversation.help", { snoozedUntil: null });
  const message = await readMessageIn(tx, ctx, messageId);
  return message ? ok(message) : err("NOT_FOUND", { what: "message" });
}

async function checkReplyIn(tx: Tx, ctx: ClinicContext, thread: Conversation, reply: Reply): Promise<Result<null>> {
  const { id, status, contactPointId, channelId, lastInboundAt } = thread;
  if (status === "closed") return err("ILLEGAL_TRANSITION", { status });
  const channel = await findChannelIn(tx, ctx, channelId);
  if (!channel) return err("NOT_FOUND", { what: "channel" });
  const mayAnswer = await mayAnswerIn(tx, ctx, contactPointId, CONSENT_CHANNEL_OF[channel.kind], lastInboundAt);
  if (!mayAnswer) return err("OPTED_OUT");
  const window = windowOf(channel.kind, lastInboundAt);
  if (window && !reply.template && (!window.closesAt || window.closesAt <= ctx.now()))
    return err("WINDOW_CLOSED", { closed_at: window.closesAt });
  return reply.seenMessageId ? checkNobodyAnswered(tx, ctx, id, reply.seenMessageId) : ok();
}

/** Two people in one thread: the second must not answer what the first has answered meanwhile. */
async function checkNobodyAnswered(tx: Tx, ctx: ClinicContext, id: string, seenId: string): Promise<Result<null>> {
  const own = ctx.actor.type === "user" ? ctx.actor.id : null;
  const seen = tx
    .select({ at: messages.occurredAt, id: messages.id })
    .from(messages)
    .where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.conversationId, id), eq(messages.id, seenId)));
  const [later] = await tx
    .select({ id: messages.id, by: messages.senderUserId })
    .from(messages)
    .where(
      and(
        ...[eq(messages.clinicId, ctx.clinic.id), eq(messages.conversationId, id), eq(messages.senderType, "staff")],
        own ? ne(messages.senderUserId, own) : undefined,
        sql`(${messages.occurredAt}, ${messages.id}) > ${seen}`,
      ),
    )
    .orderBy(desc(messages.occurredAt))
    .limit(1);
  return later ? err("CONFLICT", { what: "answered", by: later.by }) : ok();
}

interface Words {
  text: string;
  templateId?: string;
  payload?: MessagePayload;
}

async function wordsOf(tx: Tx, ctx: ClinicContext, { text, template, subject }: Reply): Promise<Result<Words>> {
  const words = template
    ? await fillTemplateIn(tx, ctx, template.id, template.values)
    : ok<Words>({ text: text ?? "" });
  if (!words.ok || !subject) return words;
  return ok({ ...words.data, payload: { ...words.data.payload, subject } });
}
