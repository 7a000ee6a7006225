import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { actOnThread } from "./internal";
import type { ConversationItem } from "./read-conversations";
import type { Reopen } from "./schema";

/**
 * Opens a closed conversation, for the bot or for the member who does it. An open one stays as it is; CONFLICT when the
 * patient has begun a new one on this channel meanwhile.
 */
export const reopenConversation = (
  ctx: ClinicContext,
  id: string,
  { holder }: Reopen,
): Promise<Result<ConversationItem>> =>
  actOnThread(
    ctx,
    id,
    "conversation.reopen",
    (thread) => {
      if (thread.status !== "closed") return Promise.resolve(ok({}));
      const assigneeId = holder === "staff" && ctx.actor.type === "user" ? ctx.actor.id : null;
      return Promise.resolve(ok({ status: "open" as const, holder, assigneeId }));
    },
    { conversations_one_open_uq: err("CONFLICT", { what: "open_conversation" }) },
  );
