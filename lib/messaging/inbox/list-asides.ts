import { and, desc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { notes } from "@/db/schema/front-desk";
import { users } from "@/db/schema/identity";
import { auditLog } from "@/db/schema/records";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";

/** What happens beside the words of a thread: notes of staff, and acts on it. Never sent, never shown to a patient. */
export interface Aside {
  id: string;
  kind: "note" | (typeof ACTS)[keyof typeof ACTS];
  at: Date;
  /** Who; null for the system, and for who is no longer a member. */
  by: string | null;
  text: string | null;
}

const ACTS = {
  "conversation.take_over": "take_over",
  "conversation.hand_back": "hand_back",
  "conversation.close": "close",
  "conversation.reopen": "reopen",
  "conversation.snooze": "snooze",
  "conversation.wake": "wake",
  "conversation.assign": "assign",
} as const;

const isAct = (action: string): action is keyof typeof ACTS => Object.hasOwn(ACTS, action);

/** Of each sort the newest; a thread with more is read in its messages. */
const MOST = 200;

/** The notes and acts of one conversation, oldest first. */
export const listAsides = (ctx: ClinicContext, conversationId: string): Promise<Result<{ items: Aside[] }>> =>
  query(ctx, async (tx) => {
    const both = [...(await notesOf(tx, ctx, conversationId)), ...(await actsOf(tx, ctx, conversationId))];
    return ok({ items: both.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1)) });
  });

async function notesOf(tx: Tx, ctx: ClinicContext, conversationId: string): Promise<Aside[]> {
  const rows = await tx
    .select({ id: notes.id, at: notes.createdAt, by: users.name, text: notes.text })
    .from(notes)
    .leftJoin(users, eq(users.id, notes.authorId))
    .where(and(eq(notes.clinicId, ctx.clinic.id), eq(notes.conversationId, conversationId)))
    .orderBy(desc(notes.createdAt))
    .limit(MOST);
  return rows.map((row) => ({ ...row, kind: "note" }));
}

async function actsOf(tx: Tx, ctx: ClinicContext, conversationId: string): Promise<Aside[]> {
  const rows = await tx
    .select({ id: auditLog.id, at: auditLog.at, action: auditLog.action, actorId: auditLog.actorId })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.clinicId, ctx.clinic.id),
        eq(auditLog.targetId, conversationId),
        inArray(auditLog.action, Object.keys(ACTS)),
      ),
    )
    .orderBy(desc(auditLog.at))
    .limit(MOST);
  const names = await namesOf(
    tx,
    rows.map((row) => row.actorId),
  );
  return rows.flatMap(({ action, actorId, ...row }): Aside[] =>
    isAct(action) ? [{ ...row, kind: ACTS[action], by: names.get(actorId ?? "") ?? null, text: null }] : [],
  );
}

/** Actors are people or jobs; only people have names. */
async function namesOf(tx: Tx, actorIds: (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(actorIds)].filter((id): id is string => id !== null && /^[0-9a-f-]{36}$/.test(id));
  if (ids.length === 0) return new Map();
  const rows = await tx.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
