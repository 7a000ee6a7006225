import type { ClinicContext } from "@/lib/core/context";
import { ok } from "@/lib/core/result";
import { dropDraftIn } from "./drafts";
import { actOnThread, settleTasksIn } from "./internal";
import { putAway } from "@/lib/messaging/outbox/put-away";

/** What a closed thread is: nobody's, with nothing due; the dialog begins anew with the next message. */
export const CLOSED = {
  status: "closed",
  holder: "bot",
  assigneeId: null,
  isUrgent: false,
  unreadCount: 0,
  snoozedUntil: null,
  turnDueAt: null,
  dialog: {},
} as const;

/**
 * Closes a conversation; the patient's next message opens it again, and begins anew. Closing a closed one changes
 * nothing. What it had is kept for who opens it again by hand.
 */
export const closeConversation = (ctx: ClinicContext, id: string) =>
  actOnThread(ctx, id, "conversation.close", async (thread, tx) => {
    if (thread.status === "closed") return ok({});
    const taskIds = await settleTasksIn(tx, ctx, id);
    const draft = await dropDraftIn(tx, ctx, id);
    return ok({ ...CLOSED, dialog: putAway(thread, taskIds, draft) });
  });
