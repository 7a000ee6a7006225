import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { tasks } from "@/db/schema/front-desk";
import { conversations } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import type { Violations } from "@/lib/core/violations";
import { announce } from "@/lib/realtime/announce";
import { readConversationsIn, type ConversationItem } from "./read-conversations";
import type { Conversation } from "@/lib/messaging/thread";

const threadOf = (ctx: ClinicContext, id: string) =>
  and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, id));

/** A thread, locked for a person's act on it. NOT_FOUND; CLINIC_SUSPENDED: staff only read. */
export async function lockThreadIn(tx: Tx, ctx: ClinicContext, id: string): Promise<Result<Conversation>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  const [thread] = await tx.select().from(conversations).where(threadOf(ctx, id)).for("update");
  return thread ? ok(thread) : err("NOT_FOUND", { what: "conversation" });
}

/** One act of a person on a thread: locked, decided by `act`, written, audited, announced, and read back. */
export const actOnThread = (
  ctx: ClinicContext,
  id: string,
  action: string,
  act: (thread: Conversation, tx: Tx) => Promise<Result<Partial<typeof conversations.$inferInsert>>>,
  violations: Violations = {},
): Promise<Result<ConversationItem>> =>
  transact(ctx, violations, async (tx) => {
    const thread = await lockThreadIn(tx, ctx, id);
    if (!thread.ok) return thread;
    const changes = await act(thread.data, tx);
    if (!changes.ok) return changes;
    if (hasNews(thread.data, changes.data)) await changeThreadIn(tx, ctx, id, action, changes.data);
    const [item] = await readConversationsIn(tx, ctx, [id]);
    return item ? ok(item) : err("NOT_FOUND", { what: "conversation" });
  });

/** An act that changes nothing is no act: it is neither written, nor told, nor audited. */
function hasNews(thread: Conversation, changes: Partial<typeof conversations.$inferInsert>): boolean {
  const before = new Map<string, unknown>(Object.entries(thread));
  return Object.entries(changes).some(([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name)));
}

export async function changeThreadIn(
  tx: Tx,
  ctx: ClinicContext,
  id: string,
  action: string,
  changes: Partial<typeof conversations.$inferInsert>,
): Promise<void> {
  await tx.update(conversations).set(changes).where(threadOf(ctx, id));
  await audit(tx, ctx, { action, targetType: "conversation", targetId: id, changed: Object.keys(changes) });
  await announce(tx, ctx, "conversation", id);
}

/** What a person who looks after the thread has thereby seen to; answers which. A call that is owed stays owed. */
export async function settleTasksIn(tx: Tx, ctx: ClinicContext, conversationId: string): Promise<string[]> {
  const done = await tx
    .update(tasks)
    .set({ doneAt: ctx.now(), doneBy: ctx.actor.type === "user" ? ctx.actor.id : null })
    .where(
      and(
        eq(tasks.clinicId, ctx.clinic.id),
        eq(tasks.conversationId, conversationId),
        inArray(tasks.reason, ["handoff", "emergency", "question"]),
        isNull(tasks.doneAt),
      ),
    )
    .returning({ id: tasks.id });
  for (const { id } of done) {
    await audit(tx, ctx, { action: "task.done", targetType: "task", targetId: id });
    await announce(tx, ctx, "task", id);
  }
  return done.map(({ id }) => id);
}
