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
}
// Hot reload evaluates this module again; the pool must survive it.
const shared: Shared = globalThis as Shared;

/** The process's pool. It survives a lost database: an idle client's error is not an exception of ours. */
export function pool(): Pool {
  shared.chairsidePool ??= openPool();
  return shared.chairsidePool;
}

function openPool(): Pool {
  const opened = new Pool({
    connectionString: env().DATABASE_URL,
    max: env().DATABASE_POOL_MAX,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    application_name: "chairside",
    pipeline: true, // statements sent together travel together; each still has its own answer or error
    options: "-c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000 -c lock_timeout=5000",
  });
  opened.on("error", () => undefined); // the next query reconnects and reports
  // A client that is in use is not the pool's to listen to: cut between two queries, it would end the process.
  opened.on("connect", (client) => void client.on("error", () => undefined));
  return opened;
}

export const db = (): Db => drizzle(pool());

/** For tests and scripts, so that the process can end. */
export async function closePool(): Promise<void> {
  const open = shared.chairsidePool;
  shared.chairsidePool = undefined;
  await open?.end();
}
