import type { ClinicContext } from "@/lib/core/context";
import { err, ok } from "@/lib/core/result";
import { actOnThread } from "./internal";

/** The conversation goes back to the bot, which answers the next message. A closed one is ILLEGAL_TRANSITION. */
export const handBack = (ctx: ClinicContext, id: string) =>
  actOnThread(ctx, id, "conversation.hand_back", (thread) =>
    Promise.resolve(
      thread.status === "closed"
        ? err("ILLEGAL_TRANSITION", { status: thread.status })
        : ok({ holder: "bot", status: "open", assigneeId: null, isUrgent: false }),
    ),
  );
