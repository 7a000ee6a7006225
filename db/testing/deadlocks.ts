import pg from "pg";
import { env } from "@/lib/core/env";

/** The deadlocks that Postgres has counted in this test file's database, retried ones too. */
export async function countDeadlocks(): Promise<number> {
  const client = new pg.Client(env().DATABASE_URL);
  await client.connect();
  try {
    await client.query("select pg_stat_force_next_flush()");
    const { rows } = await client.query<{ deadlocks: number }>(
      "select deadlocks::int from pg_stat_database where datname = current_database()",
    );
    return rows[0]?.deadlocks ?? -1;
  } finally {
    await client.end();
  }
}
