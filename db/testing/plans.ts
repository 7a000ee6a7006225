import pg from "pg";
import { closePool, pool } from "@/db/client";
import { env } from "@/lib/core/env";

/** A table that a statement read from end to end. */
export interface WholeRead {
  table: string;
  statement: string;
}

/**
 * Has Postgres tell the plan of every statement that `work` runs, those inside functions too, and answers which tables
 * with more than `small` rows were read from end to end. For tests; the tables are counted first, so that plans are
 * those of a clinic that has been at work.
 */
export async function wholeReads(work: () => Promise<unknown>, small: number): Promise<WholeRead[]> {
  const tables = await prepare();
  await closePool(); // connections from here on tell their plans
  const told: string[] = [];
  pool().on("connect", (client) => void client.on("notice", ({ message = "" }) => void told.push(message)));
  try {
    await work();
  } finally {
    await closePool();
  }
  if (told.length === 0) throw new Error("no plan was told");
  return told.flatMap((plan) => {
    const statement = /Query Text: ([\s\S]*?)\n(?=\S.*\(cost=)/.exec(plan)?.[1]?.trim() ?? plan;
    const read = [...plan.matchAll(/Seq Scan on (?:public\.)?(\w+)/g)].map(([, table = ""]) => table);
    return read.filter((table) => (tables.get(table) ?? 0) > small).map((table) => ({ table, statement }));
  });
}

/** Row counts as the planner knows them, by table. */
async function prepare(): Promise<Map<string, number>> {
  const owner = new pg.Client(env().DATABASE_MIGRATE_URL);
  await owner.connect();
  try {
    const role = decodeURIComponent(new URL(env().DATABASE_URL).username);
    const database = new URL(env().DATABASE_URL).pathname.slice(1);
    const settings = {
      session_preload_libraries: "auto_explain",
      "auto_explain.log_min_duration": "0",
      "auto_explain.log_nested_statements": "on",
      client_min_messages: "log",
    };
    for (const [name, value] of Object.entries(settings))
      await owner.query(`alter role "${role}" in database "${database}" set ${name} = '${value}'`);
    await owner.query("analyze");
    const { rows } = await owner.query<{ name: string; rows: number }>(
      "select relname as name, reltuples::float8 as rows from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
    );
    return new Map(rows.map((row) => [row.name, row.rows]));
  } finally {
    await owner.end();
  }
}
