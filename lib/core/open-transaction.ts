import { PgDialect } from "drizzle-orm/pg-core";
import { NodePgSession, NodePgTransaction } from "drizzle-orm/node-postgres";
import { escapeLiteral, type PoolClient } from "pg";
import { pool, type Tx } from "@/db/client";

export type Scope = Readonly<Record<string, string>>;
interface Opening {
  scope: Scope;
  isReadOnly: boolean;
}

const DIALECT = new PgDialect();

/**
 * Runs `work` in one transaction of one connection, with `scope` set for row-level security: committed when it
 * returns, rolled back when it throws. The opening travels with the first statements of `work`, on pipelined
 * connections in one packet.
 */
export async function inOneTransaction<T>(opening: Opening, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  const opened = open(client, opening);
  opened.catch(() => undefined); // awaited below, also when `work` fails first
  try {
    const done = await work(new NodePgTransaction(DIALECT, new NodePgSession(client, DIALECT, undefined), undefined));
    await opened; // before anything is committed or answered: without the scope nothing that was read counts
    const { command } = await client.query("commit");
    if (command !== "COMMIT") throw new Error("a failed transaction was to be committed");
    client.release();
    return done;
  } catch (error) {
    await giveBack(client);
    throw error;
  }
}

function open(client: PoolClient, { scope, isReadOnly }: Opening): Promise<unknown> {
  const settings = Object.entries(scope).map(
    ([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`,
  );
  const begin = isReadOnly ? "begin read only" : "begin";
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
  return client.query(settings.length > 0 ? `${begin}; select ${settings.join(", ")}` : begin);
}

/** Rolls back; a connection that can't even do that is closed, so that nobody gets an open transaction. */
async function giveBack(client: PoolClient): Promise<void> {
  try {
    await client.query("rollback");
    client.release();
  } catch {
    client.release(true);
  }
}
