import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { saveDraftIn } from "./drafts";
import { actOnThread } from "./internal";
import { reopenTasksIn, takeOut, type PutAway } from "@/lib/messaging/outbox/put-away";
import type { ConversationItem } from "./read-conversations";
import type { Reopen } from "@/lib/messaging/schema";

/**
 * Opens a closed conversation, for the bot or for the member who does it, and gives back what closing took: the dialog
 * goes on where it was, what staff had to do is to be done again, a hand-off still needs somebody. Who takes a thread
 * from the bot by opening it has thereby seen to its tasks. An open one stays as it is; CONFLICT when the patient has
 * begun a new one on this channel meanwhile.
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
    async (thread, tx) => {
      if (thread.status !== "closed") return ok({});
      const had = takeOut(thread.dialog);
      const dialog = had?.dialog ?? {};
      const assigneeId = holder === "staff" && ctx.actor.type === "user" ? ctx.actor.id : null;
      const standing =
        had && (holder === "bot" || had.holder === "staff")
          ? await restoreIn(tx, ctx, id, had)
          : { status: "open" as const };
      return ok({ holder, assigneeId, dialog, ...standing });
    },
    { conversations_one_open_uq: err("CONFLICT", { what: "open_conversation" }) },
  );

/** What was to be done, who waits, and what the bot would have said. */
async function restoreIn(tx: Tx, ctx: ClinicContext, id: string, had: PutAway) {
  await reopenTasksIn(tx, ctx, id, had.taskIds);
  if (had.draft) await saveDraftIn(tx, ctx, id, had.draft);
  const { status, isUrgent, unreadCount } = had;
  return { status, isUrgent, unreadCount };
}
