import { newId } from "@/db/ids";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { channelOf } from "./channels/registry";
import { isOptedOutIn } from "./consent";
import { changeThreadIn, lockThreadIn, settleTasksIn } from "./internal";
import { readMessageIn, type MessageItem } from "./list-messages";
import type { Reply } from "./schema";
import { sendIn } from "./send";
import { findChannelIn } from "./thread";

/**
 * A member writes to the patient, and thereby holds the conversation. OPTED_OUT where the person has ended messages on
 * this channel; ILLEGAL_TRANSITION in a closed conversation: the patient opens it again.
 */
export const replyToConversation = (ctx: ClinicContext, id: string, { text }: Reply): Promise<Result<MessageItem>> =>
  transact(ctx, {}, async (tx) => {
    const thread = await lockThreadIn(tx, ctx, id);
    if (!thread.ok) return thread;
    const { status, contactPointId, channelId } = thread.data;
    if (status === "closed") return err("ILLEGAL_TRANSITION", { status });
    const channel = await findChannelIn(tx, ctx, channelId);
    if (!channel) return err("NOT_FOUND", { what: "channel" });
    if (await isOptedOutIn(tx, ctx, contactPointId, channelOf(channel.kind).consentChannel)) return err("OPTED_OUT");
    const senderUserId = ctx.actor.type === "user" ? ctx.actor.id : undefined;
    const written = { conversationId: id, text, sendClass: "staff", senderType: "staff", senderUserId } as const;
    const messageId = await sendIn(tx, ctx, { ...written, dedupeKey: `staff:${newId()}` });
    await settleTasksIn(tx, ctx, id);
    await changeThreadIn(tx, ctx, id, "conversation.reply", {
      holder: "staff",
      status: "waiting",
      assigneeId: senderUserId ?? null,
      unreadCount: 0,
    });
    const message = await readMessageIn(tx, ctx, messageId);
    return message ? ok(message) : err("NOT_FOUND", { what: "message" });
  });
