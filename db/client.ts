import { drizzle, type NodePgDatabase, type NodePgTransaction } from "drizzle-orm/node-postgres";
import type { ExtractTablesWithRelations } from "drizzle-orm";
import { Pool } from "pg";
import { env } from "@/lib/core/env";

type NoSchema = Record<string, never>;
export type Db = NodePgDatabase;
/** A transaction of one clinic, one user or HQ; only `lib/core/transact` opens one. */
export type Tx = NodePgTransaction<NoSchema, ExtractTablesWithRelations<NoSchema>>;

interface Shared {
  chairsidePool?: Pool;
  chairsideCountingPool?: Pool;
}
// Hot reload evaluates this module again; the pool must survive it.
const shared: Shared = globalThis as Shared;

/** The process's pool. It survives a lost database: an idle client's error is not an exception of ours. */
export function pool(): Pool {
  shared.chairsidePool ??= openPool();
  return shared.chairsidePool;
}

/** A few connections whose commits don't wait for the disk: for counts, which a crash may take, and nothing else. */
export function countingPool(): Pool {
  shared.chairsideCountingPool ??= openPool(COUNTING_CONNECTIONS, "-c synchronous_commit=off");
  return shared.chairsideCountingPool;
}

const COUNTING_CONNECTIONS = 2;

function openPool(max = env().DATABASE_POOL_MAX, more = ""): Pool {
  const opened = new Pool({
    connectionString: env().DATABASE_URL,
    max,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    application_name: "chairside",
    pipeline: true, // statements sent together travel together; each still has its own answer or error
    options: `-c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000 -c lock_timeout=5000 ${more}`,
  });
  opened.on("error", () => undefined); // the next query reconnects and reports
  // A client that is in use is not the pool's to listen to: cut between two queries, it would end the process.
  opened.on("connect", (client) => void client.on("error", () => undefined));
  return opened;
}

export const db = (): Db => drizzle(pool());

/** For tests and scripts, so that the process can end. */
export async function closePool(): Promise<void> {
  const { chairsidePool, chairsideCountingPool } = shared;
  shared.chairsidePool = shared.chairsideCountingPool = undefined;
  await chairsidePool?.end();
  await chairsideCountingPool?.end();
}
