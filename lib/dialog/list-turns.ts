import { and, desc, eq, lt, or, type SQL } from "drizzle-orm";
import { z } from "zod";
import { turns } from "@/db/schema/dialog";
import { conversations, messages } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { readCursor, signCursor } from "@/lib/core/cursor";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { traceLines } from "./trace";

export const TurnsOf = z.object({ id: z.uuid() });
/** `GET …/conversations/{id}/turns`: newest first. */
export const ListTurns = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListTurns = z.output<typeof ListTurns>;

export interface TurnItem {
  id: string;
  at: Date;
  outcome: "replied" | "drafted" | "handed_off" | "silent";
  /** The turn in words, in the reader's language. */
  lines: string[];
  understanding: unknown;
  decision: unknown;
  effects: unknown;
  /** What was said; of a drafted turn, what staff made of it, else the draft. */
  reply: string | null;
  latencyMs: number;
}

/** What the bot did in a conversation and why, newest first. NOT_FOUND for another clinic's. */
export const listTurns = (
  ctx: ClinicContext,
  { id, cursor, limit }: { id: string } & ListTurns,
): Promise<Result<{ items: TurnItem[]; nextCursor: string | null }>> =>
  query(ctx, async (tx) => {
    const mine = and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, id));
    const [thread] = await tx.select({ id: conversations.id }).from(conversations).where(mine);
    if (!thread) return err("NOT_FOUND", { what: "conversation" });
    const list = `turns ${ctx.clinic.id} ${id}`;
    const after = cursor ? readCursor(list, cursor) : [];
    if (!after) return err("VALIDATION_FAILED", [{ code: "custom", path: ["cursor"], message: "Not of this list." }]);
    const rows = await tx
      .select({ turn: turns, reply: messages.text })
      .from(turns)
      .leftJoin(messages, and(eq(messages.clinicId, turns.clinicId), eq(messages.id, turns.replyMessageId)))
      .where(and(eq(turns.clinicId, ctx.clinic.id), eq(turns.conversationId, id), olderThan(after)))
      .orderBy(desc(turns.at), desc(turns.id))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1)?.turn : undefined;
    const items = page.map(({ turn, reply }) => itemOf(turn, reply, ctx.locale));
    return ok({ items, nextCursor: last ? signCursor(list, [last.at.toISOString(), last.id]) : null });
  });

const Drafted = z.object({ draft: z.string() });

function itemOf(turn: typeof turns.$inferSelect, reply: string | null, locale: string): TurnItem {
  const { id, at, outcome, understanding, decision, effects, latencyMs } = turn;
  const { facts: _, ...decided } = decision; // the clinic's own lists: long, and known on the page
  return {
    id,
    at,
    outcome,
    lines: traceLines(turn, locale),
    understanding,
    decision: decided,
    effects,
    reply: reply ?? Drafted.safeParse(decision).data?.draft ?? null,
    latencyMs,
  };
}

function olderThan([at, id]: string[]): SQL | undefined {
  if (!at || !id) return undefined;
  const when = new Date(at);
  return or(lt(turns.at, when), and(eq(turns.at, when), lt(turns.id, id)));
}
