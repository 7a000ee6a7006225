import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { tasks } from "@/db/schema/front-desk";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import type { Kind } from "@/lib/notifications/schema";
import { tellIn, type News } from "@/lib/notifications/tell";
import { announce } from "@/lib/realtime/announce";

type Reason = (typeof tasks.$inferSelect)["reason"];

export interface RaisedTask {
  reason: Reason;
  conversationId?: string;
  messageId?: string;
  patientId?: string | null;
  /** What exactly is to be done; of an open task of the same kind, that too. */
  note?: string;
  /** The channel that it is about, where no conversation or message is. */
  channelId?: string;
}

/** What members hear of a task; `other` is one that they wrote themselves. */
const KIND_OF: Record<Reason, Kind | undefined> = {
  emergency: "emergency",
  handoff: "handoff",
  visit_or_stop: "handoff",
  phone_after_stop: "handoff",
  question: "handoff",
  as_agreed: "handoff",
  unanswered: "unanswered",
  send_unknown: "send_failed",
  send_failed: "send_failed",
  channel_broken: "channel_broken",
  other: undefined,
};

/**
 * Asks staff to do something and tells them, once: while such a task of the conversation (or, without one, of the clinic) is open, a
 * second one is not written. Answers its id when it is new.
 */
export async function raiseTaskIn(
  tx: Tx,
  ctx: ClinicContext,
  { channelId, ...task }: RaisedTask,
): Promise<string | undefined> {
  if (!task.conversationId && (await isOpenIn(tx, ctx, task.reason))) return undefined;
  const [made] = await tx
    .insert(tasks)
    .values({ dueAt: sql`now()`, ...task, clinicId: ctx.clinic.id })
    .onConflictDoNothing()
    .returning({ id: tasks.id });
  if (!made) return addToOpen(tx, ctx, task);
  await audit(tx, ctx, { action: "task.raise", targetType: "task", targetId: made.id });
  await announce(tx, ctx, "task", made.id);
  const [kind, about] = [KIND_OF[task.reason], subjectOf({ channelId, ...task })];
  if (kind && about) await tellIn(tx, ctx, { kind, ...about, dedupeKey: `task:${made.id}` });
  return made.id;
}

/** A task that says what to do takes in what comes to it while it is open. */
async function addToOpen(tx: Tx, ctx: ClinicContext, { conversationId, reason, note }: RaisedTask): Promise<undefined> {
  if (!conversationId || !note) return;
  const mine = and(eq(tasks.clinicId, ctx.clinic.id), eq(tasks.conversationId, conversationId));
  const isNews = sql`strpos(coalesce(${tasks.note}, ''), ${note}::text) = 0`;
  const [open] = await tx
    .update(tasks)
    .set({ note: sql`concat_ws(E'\n', ${tasks.note}, ${note}::text)` })
    .where(and(mine, eq(tasks.reason, reason), isNull(tasks.doneAt), isNews))
    .returning({ id: tasks.id });
  if (!open) return;
  await audit(tx, ctx, { action: "task.change", targetType: "task", targetId: open.id, changed: ["note"] });
  await announce(tx, ctx, "task", open.id);
}

function subjectOf(task: RaisedTask): Pick<News, "entityType" | "entityId"> | undefined {
  const { conversationId, messageId, channelId } = task;
  if (conversationId) return { entityType: "conversation", entityId: conversationId };
  if (messageId) return { entityType: "message", entityId: messageId };
  return channelId ? { entityType: "channel", entityId: channelId } : undefined;
}

async function isOpenIn(tx: Tx, ctx: ClinicContext, reason: Reason): Promise<boolean> {
  const open = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        ...[eq(tasks.clinicId, ctx.clinic.id), eq(tasks.reason, reason)],
        ...[isNull(tasks.conversationId), isNull(tasks.doneAt)],
      ),
    )
    .limit(1);
  return open.length > 0;
}
