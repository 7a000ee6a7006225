import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** A list counts this far and says `totalCapped` beyond (api.md, Conventions). */
const COUNTED_AT_MOST = 10_000;

/** How many rows `from … where …` has, counted to 10,000 at most. */
export async function countCapped(tx: Tx, fromWhere: SQL): Promise<{ total: number; totalCapped: boolean }> {
  const { rows } = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from (select 1 ${fromWhere} limit ${COUNTED_AT_MOST + 1}) capped`,
  );
  const counted = rows[0]?.n ?? 0;
  return { total: Math.min(counted, COUNTED_AT_MOST), totalCapped: counted > COUNTED_AT_MOST };
}
