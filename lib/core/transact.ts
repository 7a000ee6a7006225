import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ClinicContext, HqContext } from "./context";
import { claimKey, writeAnswer } from "./idempotency";
import { inOneTransaction, type Scope } from "./open-transaction";
import type { Err, Result } from "./result";
import { isRetryable, violationOf, type Violations } from "./violations";

const ATTEMPTS = 4;
const afterCommits = new WeakMap<Tx, (() => void)[]>();

/** Runs `action` once the transaction has committed, and never when it rolls back. For doorbells, which may be lost. */
export function afterCommit(tx: Tx, action: () => void): void {
  const actions = afterCommits.get(tx);
  if (actions) actions.push(action);
  else afterCommits.set(tx, [action]);
}

/** What a decision was read from is not so any more: the transaction is run again, like one that met a deadlock. */
export class ChangedMeanwhile extends Error {}

/** Carries a refusal out of Drizzle's transaction, which rolls back on any throw. */
class Refusal extends Error {
  constructor(readonly result: Err) {
    super(result.error);
  }
}

/**
 * The one way to change a clinic's data: a transaction with the clinic set for row-level security. It rolls back
 * when `work` answers an error, maps named constraints to answers, retries deadlocks, and, for a keyed request,
 * writes the answer down in the same commit.
 */
export async function transact<T>(
  ctx: ClinicContext,
  violations: Violations,
  work: (tx: Tx) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await inScope({ "app.clinic_id": ctx.clinic.id }, async (tx) => {
      const answered = ctx.idempotent && (await claimKey(tx, ctx, ctx.idempotent));
      if (answered) throw new Refusal(answered);
      const result = await work(tx);
      if (!result.ok) throw new Refusal(result);
      if (ctx.idempotent) await writeAnswer(tx, ctx, ctx.idempotent, result);
      return result;
    });
  } catch (error) {
    if (error instanceof Refusal) return error.result;
    const violation = violationOf(error, violations);
    if (violation) return violation;
    throw error;
  }
}

/** Keeps the refusal of a keyed request, whose transaction has rolled back: the same key answers it again. */
export const keepRefusal = (ctx: ClinicContext, refusal: Err): Promise<void> =>
  inScope({ "app.clinic_id": ctx.clinic.id }, async (tx) => {
    if (!ctx.idempotent || (await claimKey(tx, ctx, ctx.idempotent))) return;
    await writeAnswer(tx, ctx, ctx.idempotent, refusal);
  });

/**
 * Tries one effect inside a transaction that goes on either way: a savepoint is rolled back when `work` answers an
 * error or hits a named constraint, and the refusal is the answer.
 */
export async function attempt<T>(
  tx: Tx,
  violations: Violations,
  work: (tx: Tx) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await tx.transaction(async (inner) => {
      const result = await work(inner);
      if (!result.ok) throw new Refusal(result);
      const actions = afterCommits.get(inner) ?? [];
      for (const action of actions) afterCommit(tx, action);
      return result;
    });
  } catch (error) {
    if (error instanceof Refusal) return error.result;
    const violation = violationOf(error, violations);
    if (violation) return violation;
    throw error;
  }
}

/** Reads a clinic's data in one read-only snapshot of its own scope. */
export const query = <T>(ctx: ClinicContext, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inScope({ "app.clinic_id": ctx.clinic.id }, work, true);

/** A transaction of one person's own rows: their account, sessions, memberships. */
export const transactAsUser = <T>(userId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inScope({ "app.user_id": userId }, work);

/**
 * A transaction of the person whose session has this token hash. The scope comes from the look-up itself: there is
 * no moment in which it could be another's. An unknown hash runs `work` with `undefined` and sees nothing.
 */
export const transactAsSession = <T>(
  tokenHash: string,
  work: (tx: Tx, found: { sessionId: string; userId: string } | undefined) => Promise<T>,
): Promise<T> =>
  inScope({}, async (tx) => {
    const found = await tx.execute<{ session_id: string; user_id: string }>(
      sql`select session_id, user_id, set_config('app.user_id', user_id::text, true) from find_session(${tokenHash})`,
    );
    const [row] = found.rows;
    return work(tx, row && { sessionId: row.session_id, userId: row.user_id });
  });

/** A transaction over HQ's own tables: no clinic's data is visible in it. */
export const transactAsHq = <T>(_ctx: HqContext, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inScope({ "app.hq": "on" }, work);

/** For the look-ups that answer ids before a clinic is known, and raw events that have none yet. */
export const unscoped = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inScope({}, work);

async function inScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>, isReadOnly = false): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let opened: Tx | undefined;
    try {
      const done = await inOneTransaction({ scope, isReadOnly }, (tx) => {
        opened = tx;
        return work(tx);
      });
      if (opened) for (const action of afterCommits.get(opened) ?? []) action();
      return done;
    } catch (error) {
      const mayRetry = error instanceof ChangedMeanwhile || isRetryable(error);
      if (attempt >= ATTEMPTS || !mayRetry) throw error;
    }
  }
}
