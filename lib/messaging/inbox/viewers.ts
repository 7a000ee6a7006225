import { and, asc, eq, gt, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { conversationViewers } from "@/db/schema/front-desk";
import { users } from "@/db/schema/identity";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import type { BePresent } from "@/lib/messaging/schema";

export interface Viewer {
  id: string;
  name: string;
  isTyping: boolean;
}

/** Screens tell every 10 seconds that they are there; who missed two of them is gone (database time). */
const GONE_AFTER = sql`now() - interval '25 seconds'`;

/**
 * The caller has a thread open. Answers who else has, and tells the others only what is news: somebody came, began or
 * stopped writing, or left. Presence is nobody's data and passes: it is the one write without an audit row.
 */
export const bePresent = (ctx: ClinicContext, id: string, here: BePresent): Promise<Result<{ items: Viewer[] }>> =>
  transact(ctx, { conversation_viewers_conversation_fk: err("NOT_FOUND", { what: "conversation" }) }, async (tx) => {
    if (ctx.actor.type !== "user") return err("FORBIDDEN");
    const isNews = here.isLeaving
      ? await leave(tx, ctx, id, ctx.actor.id)
      : await stay(tx, ctx, id, ctx.actor.id, here);
    if (isNews) await announce(tx, ctx, "viewer", id);
    return ok({ items: await othersIn(tx, ctx, id) });
  });

/** Who else has the thread open now. */
export const listViewers = (ctx: ClinicContext, id: string): Promise<Result<{ items: Viewer[] }>> =>
  query(ctx, async (tx) => ok({ items: await othersIn(tx, ctx, id) }));

const mine = (ctx: ClinicContext, id: string, userId: string) =>
  and(
    eq(conversationViewers.clinicId, ctx.clinic.id),
    eq(conversationViewers.conversationId, id),
    eq(conversationViewers.userId, userId),
  );

async function leave(tx: Tx, ctx: ClinicContext, id: string, userId: string): Promise<boolean> {
  const gone = await tx
    .delete(conversationViewers)
    .where(mine(ctx, id, userId))
    .returning();
  return gone.length > 0;
}

async function stay(tx: Tx, ctx: ClinicContext, id: string, userId: string, { isTyping }: BePresent): Promise<boolean> {
  const [before] = await tx
    .select({
      isTyping: conversationViewers.isTyping,
      isHere: sql<boolean>`${conversationViewers.seenAt} > ${GONE_AFTER}`,
    })
    .from(conversationViewers)
    .where(mine(ctx, id, userId));
  await tx
    .insert(conversationViewers)
    .values({ clinicId: ctx.clinic.id, conversationId: id, userId, isTyping, seenAt: sql`now()` })
    .onConflictDoUpdate({
      target: [conversationViewers.clinicId, conversationViewers.conversationId, conversationViewers.userId],
      set: { isTyping, seenAt: sql`now()` },
    });
  return !before?.isHere || before.isTyping !== isTyping;
}

const othersIn = (tx: Tx, ctx: ClinicContext, id: string): Promise<Viewer[]> =>
  tx
    .select({ id: users.id, name: users.name, isTyping: conversationViewers.isTyping })
    .from(conversationViewers)
    .innerJoin(users, eq(users.id, conversationViewers.userId))
    .where(
      and(
        eq(conversationViewers.clinicId, ctx.clinic.id),
        eq(conversationViewers.conversationId, id),
        gt(conversationViewers.seenAt, GONE_AFTER),
        ctx.actor.type === "user" ? ne(conversationViewers.userId, ctx.actor.id) : undefined,
      ),
    )
    .orderBy(asc(users.name));
