import type { ClinicContext } from "@/lib/core/context";
import { ok } from "@/lib/core/result";
import { actOnThread } from "./internal";

/** Staff have seen what came in so far. */
export const markRead = (ctx: ClinicContext, id: string) =>
  actOnThread(ctx, id, "conversation.read", () => Promise.resolve(ok({ unreadCount: 0 })));
