import type { ClinicContext } from "@/lib/core/context";
import { err, ok } from "@/lib/core/result";
import { actOnThread, settleTasksIn } from "./internal";

/** A member takes the conversation: from now on the bot is silent. A closed one is ILLEGAL_TRANSITION. */
export const takeOver = (ctx: ClinicContext, id: string) =>
  actOnThread(ctx, id, "conversation.take_over", async (thread, tx) => {
    if (thread.status === "closed") return err("ILLEGAL_TRANSITION", { status: thread.status });
    await settleTasksIn(tx, ctx, id);
    const assigneeId = ctx.actor.type === "user" ? ctx.actor.id : null;
    return ok({ holder: "staff", status: "open", assigneeId, unreadCount: 0, snoozedUntil: null });
  });
