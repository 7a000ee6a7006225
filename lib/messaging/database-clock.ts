import { sql } from "drizzle-orm";
import { systemClock, type Clock } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";

/**
 * The context with the database's time for its clock, where it has this machine's: of two workers one may be an hour off,
 * and then it would write to people at night (guarantees.md, F20). A clock that somebody set stays.
 */
export async function onDatabaseTime(ctx: ClinicContext): Promise<ClinicContext> {
  if (ctx.now !== systemClock) return ctx;
  const asked = performance.now();
  const at = await query(ctx, async (tx) => {
    const { rows } = await tx.execute<{ ms: number }>(
      sql`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`,
    );
    return rows[0]?.ms;
  });
  if (at === undefined) throw new Error("the database has no time");
  const now: Clock = () => new Date(at + performance.now() - asked);
  return { ...ctx, now };
}
