import { and, eq, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { conversations } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";

/** A worker that stands still for longer has lost its turn to another. */
const LEASE_SECONDS = 30;

export interface Lease {
  readonly conversationId: string;
  readonly token: string;
}

/** What a worker finds at a conversation's door: its turn, how long it must still wait, or nothing to do. */
export type Claim =
  | { readonly found: "turn"; readonly lease: Lease }
  | { readonly found: "wait"; readonly ms: number }
  | { readonly found: "nothing" };

const mine = (ctx: ClinicContext, conversationId: string) =>
  and(eq(conversations.clinicId, ctx.clinic.id), eq(conversations.id, conversationId));

/**
 * Takes the lease of a conversation whose turn is due, by the database's clock. Who comes second waits for the lease's
 * end or finds nothing to do; a turn that isn't due yet answers in how many milliseconds it will be.
 */
export async function claimTurn(ctx: ClinicContext, conversationId: string): Promise<Claim> {
  const token = crypto.randomUUID();
  return unwrap(
    await transact(ctx, {}, async (tx) => {
      const isFree = or(isNull(conversations.turnLeaseUntil), lt(conversations.turnLeaseUntil, sql`now()`));
      const taken = await tx
        .update(conversations)
        .set({ turnLeaseToken: token, turnLeaseUntil: sql`now() + ${LEASE_SECONDS}::int * interval '1 second'` })
        .where(and(mine(ctx, conversationId), isFree, lte(conversations.turnDueAt, sql`now()`)))
        .returning({ id: conversations.id });
      if (taken.length === 1) return ok<Claim>({ found: "turn", lease: { conversationId, token } });
      return ok(await whatIsThere(tx, ctx, conversationId));
    }),
  );
}

async function whatIsThere(tx: Tx, ctx: ClinicContext, conversationId: string): Promise<Claim> {
  const [row] = await tx
    .select({
      ms: sql<number | null>`ceil(extract(epoch from ${conversations.turnDueAt} - now()) * 1000)::int`,
      isLeased: sql<boolean>`coalesce(${conversations.turnLeaseUntil} >= now(), false)`,
    })
    .from(conversations)
    .where(mine(ctx, conversationId));
  // The one who has the lease takes what came meanwhile, or the next ring or sweep does.
  if (row?.ms == null || row.isLeased) return { found: "nothing" };
  return { found: "wait", ms: Math.max(row.ms, 1) };
}

/** The conversation's row, locked, if the lease still is ours: a worker whose token is stale writes nothing (I18). */
export async function lockLeased(tx: Tx, ctx: ClinicContext, { conversationId, token }: Lease) {
  const [row] = await tx
    .select()
    .from(conversations)
    .where(and(mine(ctx, conversationId), eq(conversations.turnLeaseToken, token)))
    .for("update");
  return row;
}

type Changes = Partial<typeof conversations.$inferInsert> | Record<string, unknown>;

/** Writes the turn's result on the conversation and gives the lease back. */
export async function settleLease(tx: Tx, ctx: ClinicContext, lease: Lease, changes: Changes): Promise<void> {
  await tx
    .update(conversations)
    .set({ ...changes, turnLeaseToken: null, turnLeaseUntil: null })
    .where(and(mine(ctx, lease.conversationId), eq(conversations.turnLeaseToken, lease.token)));
}
