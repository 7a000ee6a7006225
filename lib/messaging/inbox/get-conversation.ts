import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { readConversationsIn, type ConversationItem } from "./read-conversations";

/** One thread of the clinic; another clinic's is NOT_FOUND. */
export const getConversation = (ctx: ClinicContext, id: string): Promise<Result<ConversationItem>> =>
  query(ctx, async (tx) => {
    const [conversation] = await readConversationsIn(tx, ctx, [id]);
    return conversation ? ok(conversation) : err("NOT_FOUND", { what: "conversation" });
  });
