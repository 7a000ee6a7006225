import { and, eq, lt, sql } from "drizzle-orm";
import { idempotencyKeys, liveEvents } from "@/db/schema/records";
import { clearOldCounts } from "@/lib/core/rate";
import { ok, unwrap } from "@/lib/core/result";
import { transact, unscoped } from "@/lib/core/transact";
import { systemContext } from "./mint";

const JOB = "clinics.clear-expired";
const MOST_CLINICS = 500;
const A_DAY_AGO = sql`now() - interval '1 day'`;

export interface Cleared {
  liveEvents: number;
  keys: number;
  counts: number;
}

/**
 * Removes what is of no use after a day: changes that live screens have long been told of, answers kept for repeated
 * requests, and old counts. Nothing of it is a record of anything; running it twice is harmless.
 */
export async function clearExpired(): Promise<Cleared> {
  const cleared: Cleared = { liveEvents: 0, keys: 0, counts: await clearOldCounts() };
  for (const clinicId of await clinicsWith("live_events")) cleared.liveEvents += await clearIn(clinicId, "liveEvents");
  for (const clinicId of await clinicsWith("idempotency_keys")) cleared.keys += await clearIn(clinicId, "keys");
  return cleared;
}

const clinicsWith = (work: "live_events" | "idempotency_keys"): Promise<string[]> =>
  unscoped(async (tx) => {
    const found = await tx.execute<{ id: string }>(
      sql`select id from clinics_with_due_work(${work}, ${MOST_CLINICS}) as id`,
    );
    return found.rows.map(({ id }) => id);
  });

async function clearIn(clinicId: string, what: "liveEvents" | "keys"): Promise<number> {
  const ctx = await systemContext(clinicId, JOB);
  return unwrap(
    await transact(ctx, {}, async (tx) => {
      const gone =
        what === "liveEvents"
          ? await tx.delete(liveEvents).where(and(eq(liveEvents.clinicId, clinicId), lt(liveEvents.at, A_DAY_AGO)))
          : await tx
              .delete(idempotencyKeys)
              .where(and(eq(idempotencyKeys.clinicId, clinicId), lt(idempotencyKeys.createdAt, A_DAY_AGO)));
      return ok(gone.rowCount ?? 0);
    }),
  );
}
