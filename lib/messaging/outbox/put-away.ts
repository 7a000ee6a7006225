import { and, eq, inArray, isNotNull, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { tasks } from "@/db/schema/front-desk";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { announce } from "@/lib/realtime/announce";
import type { Conversation } from "@/lib/messaging/thread";

/** What closing a thread took from it, kept in place of the dialog's state: opened again, it stands where it stood. */
const PutAway = z.object({
  dialog: z.record(z.string(), z.unknown()),
  holder: z.enum(["bot", "staff"]),
  status: z.enum(["open", "waiting", "handoff"]),
  isUrgent: z.boolean(),
  unreadCount: z.int(),
  taskIds: z.array(z.string()),
  draft: z.object({ turnId: z.string().nullable(), text: z.string() }).nullable(),
});
export type PutAway = z.infer<typeof PutAway>;
const Kept = z.object({ putAway: PutAway });

/** As the dialog's state of a closed thread: the dialog itself reads it as a fresh start. */
export function putAway(
  { dialog, holder, status, isUrgent, unreadCount }: Conversation,
  taskIds: string[],
  draft: PutAway["draft"] | undefined,
): Record<string, unknown> {
  const open = status === "closed" ? ("open" as const) : status;
  const kept: PutAway = {
    ...{ dialog, holder, status: open, isUrgent, unreadCount, taskIds },
    draft: draft ? { turnId: draft.turnId, text: draft.text } : null,
  };
  return { putAway: kept };
}

/** What a closed thread had; undefined where it was closed before anything was kept. */
export const takeOut = (dialog: unknown): PutAway | undefined => Kept.safeParse(dialog).data?.putAway;

/** The tasks that closing ticked off are open again, but for those that have been written anew since. */
export async function reopenTasksIn(
  tx: Tx,
  ctx: ClinicContext,
  conversationId: string,
  taskIds: string[],
): Promise<void> {
  if (taskIds.length === 0) return;
  const other = alias(tasks, "other");
  const newer = tx
    .select({ one: sql`1` })
    .from(other)
    .where(
      and(
        ...[eq(other.clinicId, tasks.clinicId), eq(other.conversationId, tasks.conversationId)],
        ...[eq(other.reason, tasks.reason), sql`${other.doneAt} is null`],
      ),
    );
  const again = await tx
    .update(tasks)
    .set({ doneAt: null, doneBy: null })
    .where(
      and(
        ...[eq(tasks.clinicId, ctx.clinic.id), eq(tasks.conversationId, conversationId)],
        ...[inArray(tasks.id, taskIds), isNotNull(tasks.doneAt), notExists(newer)],
      ),
    )
    .returning({ id: tasks.id });
  for (const { id } of again) {
    await audit(tx, ctx, { action: "task.reopen", targetType: "task", targetId: id, changed: ["done_at"] });
    await announce(tx, ctx, "task", id);
  }
}
