import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { turns } from "@/db/schema/dialog";
import { replyDrafts } from "@/db/schema/front-desk";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { lockThreadIn } from "./internal";

/** Keeps the answer that the bot would give, in the turn's transaction; the newest takes the place of an older one. */
export async function saveDraftIn(
  tx: Tx,
  ctx: ClinicContext,
  conversationId: string,
  draft: { turnId: string | null; text: string },
): Promise<void> {
  const row = { clinicId: ctx.clinic.id, conversationId, ...draft };
  await tx
    .insert(replyDrafts)
    .values({ ...row, createdAt: ctx.now() })
    .onConflictDoUpdate({
      target: [replyDrafts.clinicId, replyDrafts.conversationId],
      set: { ...draft, createdAt: sql`excluded.created_at` },
    });
  await audit(tx, ctx, { action: "draft.save", targetType: "conversation", targetId: conversationId });
  await announce(tx, ctx, "conversation", conversationId);
}

/** Takes a thread's draft away and answers it; undefined when there is none. The caller audits what it does instead. */
export async function dropDraftIn(tx: Tx, ctx: ClinicContext, conversationId: string) {
  const [draft] = await tx
    .delete(replyDrafts)
    .where(and(eq(replyDrafts.clinicId, ctx.clinic.id), eq(replyDrafts.conversationId, conversationId)))
    .returning();
  return draft;
}

/**
 * A draft has been sent, as it was or corrected: the talk goes on from where its turn would have brought it, and the turn
 * has its answer. Answers the dialog's state as it now stands; undefined for a draft of no turn.
 */
export async function takeUpDraftIn(
  tx: Tx,
  ctx: ClinicContext,
  turnId: string | null,
  message: { id: string; text: string },
): Promise<Record<string, unknown> | undefined> {
  if (!turnId) return undefined;
  const [turn] = await tx
    .update(turns)
    .set({ replyMessageId: message.id })
    .where(and(eq(turns.clinicId, ctx.clinic.id), eq(turns.id, turnId)))
    .returning({ state: turns.stateAfter });
  await audit(tx, ctx, { action: "draft.send", targetType: "message", targetId: message.id });
  return turn && { ...turn.state, lastReply: message.text, updatedAt: ctx.now().toISOString() };
}

/** Staff don't want the bot's draft. NOT_FOUND when there is none. */
export const discardDraft = (ctx: ClinicContext, conversationId: string): Promise<Result<{ discarded: true }>> =>
  transact(ctx, {}, async (tx) => {
    const thread = await lockThreadIn(tx, ctx, conversationId);
    if (!thread.ok) return thread;
    if (!(await dropDraftIn(tx, ctx, conversationId))) return err("NOT_FOUND", { what: "draft" });
    await audit(tx, ctx, { action: "draft.discard", targetType: "conversation", targetId: conversationId });
    await announce(tx, ctx, "conversation", conversationId);
    return ok({ discarded: true });
  });
