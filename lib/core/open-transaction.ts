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
const clients = new WeakMap<object, PoolClient>();

/**
 * Runs `work` in one transaction of one connection, with `scope` set for row-level security: committed when it
 * returns, rolled back when it throws. The opening travels with the first statements of `work`, on pipelined
 * connections in one packet. What was read alone is answered before its end is: nothing hangs on that.
 */
export async function inOneTransaction<T>(opening: Opening, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  const session = new NodePgSession(client, DIALECT, undefined);
  clients.set(session, client);
  const opened = open(client, opening);
  opened.catch(() => undefined); // awaited below, also when `work` fails first
  try {
    const done = await work(new NodePgTransaction(DIALECT, session, undefined));
    await opened; // before anything is committed or answered: without the scope nothing that was read counts
    if (opening.isReadOnly) {
      void end(client);
      return done;
    }
    const { command } = await client.query("commit");
    if (command !== "COMMIT") throw new Error("a failed transaction was to be committed");
    client.release();
    return done;
  } catch (error) {
    await giveBack(client);
    throw error;
  }
}

/** What is asked of this transaction before anything is awaited travels in one packet: each one costs a system call. */
export function sendTogether(tx: Tx): void {
  const client = clients.get(tx._.session);
  if (client) inOnePacket(client);
}

function inOnePacket({ connection: { stream } }: PoolClient): void {
  stream.cork();
  process.nextTick(() => stream.uncork());
}

function open(client: PoolClient, { scope, isReadOnly }: Opening): Promise<unknown> {
  const settings = Object.entries(scope).map(
    ([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`,
  );
  const begin = isReadOnly ? "begin read only" : "begin";
  inOnePacket(client);
  return client.query(settings.length > 0 ? `${begin}; select ${settings.join(", ")}` : begin);
}

/** Ends a transaction that changed nothing, whatever became of it. */
async function end(client: PoolClient): Promise<void> {
  try {
    await client.query("commit"); // of a failed one too: the answer is then ROLLBACK
    client.release();
  } catch {
    client.release(true);
  }
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
