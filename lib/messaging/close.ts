import type { ClinicContext } from "@/lib/core/context";
import { ok } from "@/lib/core/result";
import { dropDraftIn } from "./drafts";
import { actOnThread, settleTasksIn } from "./internal";

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

/** Closes a conversation; the patient's next message opens it again. Closing a closed one changes nothing. */
export const closeConversation = (ctx: ClinicContext, id: string) =>
  actOnThread(ctx, id, "conversation.close", async (_thread, tx) => {
    await settleTasksIn(tx, ctx, id);
    await dropDraftIn(tx, ctx, id);
    return ok(CLOSED);
  });
