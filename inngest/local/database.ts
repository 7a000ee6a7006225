import pg from "pg";
import { log } from "@/lib/core/log";

/** Whatever can run a statement: the pool, or the client of a transaction. */
export type Sql = Pick<pg.ClientBase, "query">;

export function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: 6,
    connectionTimeoutMillis: 3000,
    idleTimeoutMillis: 60_000,
    application_name: "chairside-executor",
    options: "-c statement_timeout=10000 -c idle_in_transaction_session_timeout=10000",
  });
  pool.on("error", (error) => log.warn({ error }, "executor lost an idle connection"));
  return pool;
}

/** Runs `work` in one transaction; what it throws rolls back. */
export async function inTransaction<T>(pool: pg.Pool, work: (sql: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const answer = await work(client);
    await client.query("commit");
    return answer;
  } catch (error) {
    await client.query("rollback").catch((cause: unknown) => {
      broken = cause instanceof Error ? cause : new Error(String(cause));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
