import type { SQL } from "drizzle-orm";
import { PgDialect, type PreparedQueryConfig } from "drizzle-orm/pg-core";
import type { QueryResult, QueryResultRow } from "pg";
import type { Tx } from "@/db/client";

const DIALECT = new PgDialect();
const names = new Map<string, string>();

/** Statements have the same name in all connections: the text decides. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `hot${names.size}`;
  names.set(text, name);
  return name;
}

/**
 * Runs a statement of a hot path under a name, so that each connection parses and plans it once: planning costs more
 * than running it. Only for statements of few shapes: every text stays prepared as long as its connection lives.
 */
export async function prepared<T extends QueryResultRow>(tx: Tx, statement: SQL): Promise<T[]> {
  return fixed<T, Record<string, never>>(statement)(tx, {});
}

/** The same for a statement that is built once, with `sql.placeholder`s for the values of each run. */
export function fixed<T extends QueryResultRow, V extends Record<string, unknown>>(statement: SQL) {
  const query = DIALECT.sqlToQuery(statement);
  const name = nameOf(query.sql);
  type Answer = PreparedQueryConfig & { execute: QueryResult<T> };
  return async (tx: Tx, values: V): Promise<T[]> => {
    const { rows } = await tx._.session.prepareQuery<Answer>(query, undefined, name, false).execute(values);
    return rows;
  };
}
