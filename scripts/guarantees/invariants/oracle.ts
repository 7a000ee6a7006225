import type pg from "pg";
import type { LedgerEntry } from "@/stubs/twilio/ledger";
import type { Told } from "../desks";
import { INVARIANTS } from "./queries";

/** What is known of a run outside the database. */
export interface Witness {
  ledger: readonly LedgerEntry[];
  told: readonly Told[];
  deaths: number;
  cuts: number;
  restores?: number;
}

const TABLES = `
create temp table ledger (n int, at timestamptz, kind text, sid text, outbox_id text, receiver text, text text, status text, began timestamptz);
create temp table client_log (n int, key text, status int, answer text, visit_id text);
create temp table run (deaths int, cuts int, restores int);`;

/** Lays what the witnesses say beside the tables; the connection is the database owner's, to whom no row is hidden. */
export async function testify(sql: pg.Client, { ledger, told, deaths, cuts, restores = 0 }: Witness): Promise<void> {
  await sql.query(TABLES);
  const entries = ledger.map(({ outboxId, to, ...entry }, n) => ({ ...entry, n, outbox_id: outboxId, receiver: to }));
  await sql.query("insert into ledger select * from json_populate_recordset(null::ledger, $1)", [
    JSON.stringify(entries),
  ]);
  const log = told.map(({ key, status, answer }, n) => ({ n, key, status, answer, visit_id: visitOf(answer) }));
  await sql.query("insert into client_log select * from json_populate_recordset(null::client_log, $1)", [
    JSON.stringify(log),
  ]);
  await sql.query("insert into run values ($1, $2, $3)", [deaths, cuts, restores]);
}

function visitOf(answer: string): string | undefined {
  const { data } = JSON.parse(answer) as { data?: { id?: string } }; // our own envelope
  return data?.id;
}

const MOST_TOLD = 6;

/** Every invariant that doesn't hold, as `I4: what breaks it`. */
export async function broken(sql: pg.Client): Promise<string[]> {
  const problems: string[] = [];
  for (const { id, sql: text } of INVARIANTS) {
    const { rows } = await sql.query<{ broken: string }>(text);
    if (rows.length > 0)
      problems.push(
        `${id}: ${rows
          .slice(0, MOST_TOLD)
          .map((row) => row.broken)
          .join(", ")}`,
      );
  }
  return problems;
}
