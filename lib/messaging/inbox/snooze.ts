import type { ClinicContext } from "@/lib/core/context";
import { err, ok } from "@/lib/core/result";
import { actOnThread } from "./internal";
import type { Snooze } from "@/lib/messaging/schema";

const LONGEST_MS = 366 * 24 * 3_600_000;

/**
 * Hides a conversation from the open ones until an instant, or until the patient writes; null shows it again. At most a
 * year ahead; a closed conversation is ILLEGAL_TRANSITION.
 */
export const snoozeConversation = (ctx: ClinicContext, id: string, { until }: Snooze) =>
  actOnThread(ctx, id, until ? "conversation.snooze" : "conversation.wake", (thread) => {
    if (thread.status === "closed") return Promise.resolve(err("ILLEGAL_TRANSITION", { status: thread.status }));
    const snoozedUntil = until === null ? null : new Date(until);
    const ahead = snoozedUntil ? snoozedUntil.getTime() - ctx.now().getTime() : 1;
    if (ahead > 0 && ahead <= LONGEST_MS) return Promise.resolve(ok({ snoozedUntil }));
    return Promise.resolve(
      err("VALIDATION_FAILED", [{ code: "custom", path: ["until"], message: "Within the next year." }]),
    );
  });
