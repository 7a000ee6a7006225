import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { conditionsOf } from "./filter";
import { foldName } from "./fold";
import { readPatientsIn, type PatientSummary } from "./read";
import type { ExportPatients, ListPatients } from "./schema";

/** A list counts this far and says `totalCapped` beyond (api.md, Conventions). */
const COUNTED_AT_MOST = 10_000;
/** Of a search that is filtered or sorted further, all that a large clinic has. */
const FOUND_AT_MOST = 200_000;

export interface PatientPage {
  items: PatientSummary[];
  page: number;
  limit: number;
  total: number;
  totalCapped: boolean;
}

/** The clinic's patients by name unless sorted otherwise; with `q`, those whose name, phone or e-mail has it in it. */
export const listPatients = (ctx: ClinicContext, input: ListPatients): Promise<Result<PatientPage>> =>
  query(ctx, async (tx) => ok(await listPatientsIn(tx, ctx, input)));

export async function listPatientsIn(tx: Tx, ctx: ClinicContext, input: ListPatients): Promise<PatientPage> {
  const { page, limit, sort } = input;
  const where = wherePatients(ctx, input);
  if (!where) return { items: [], page, limit, total: 0, totalCapped: false };
  const counted = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from (select 1 from patients p where ${where} limit ${COUNTED_AT_MOST + 1}) capped`,
  );
  const total = counted.rows[0]?.n ?? 0;
  const from = (page - 1) * limit;
  const ids = from < Math.min(total, COUNTED_AT_MOST) ? await idsOf(tx, where, ORDERS[sort], limit, from) : [];
  const items = await readPatientsIn(tx, ctx, ids);
  return { items, page, limit, total: Math.min(total, COUNTED_AT_MOST), totalCapped: total > COUNTED_AT_MOST };
}

const ORDERS = {
  name: sql`p.name_key, p.id`,
  "-name": sql`p.name_key desc, p.id desc`,
  created: sql`p.created_at, p.id`,
  "-created": sql`p.created_at desc, p.id desc`,
  follow_up: sql`p.next_follow_up_date nulls last, p.id`,
  "-follow_up": sql`p.next_follow_up_date desc nulls last, p.id desc`,
} as const satisfies Record<ListPatients["sort"], SQL>;

async function idsOf(tx: Tx, where: SQL, order: SQL, limit: number, from: number): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(
    sql`select p.id from patients p where ${where} order by ${order} limit ${limit} offset ${from}`,
  );
  return rows.map((row) => row.id);
}

/** All that a list asks for, as one condition on `p`; undefined when what was typed can match nobody. */
export function wherePatients(ctx: ClinicContext, input: ExportPatients): SQL | undefined {
  const conditions = conditionsOf(ctx, input);
  if (input.q !== undefined && input.q !== "") {
    const words = wordsOf(input.q);
    if (!words) return undefined;
    conditions.push(sql`p.id in (select search_patients(${words}, ${FOUND_AT_MOST}))`);
  }
  return sql.join(conditions, sql` and `);
}

/** What was typed as the search takes it: names folded, addresses lowered; `%` and `_` are letters. */
function wordsOf(q: string): string {
  const isAddress = /^[+0-9 ().-]{3,}$/.test(q) || q.includes("@");
  const text = q.replaceAll("\u0000", "");
  return (isAddress ? text.trim().toLowerCase() : foldName(text)).replace(/[\\%_]/g, "\\$&");
}

/** Ids of the clinic's patients by a part of the name, phone or e-mail, by name; phones in any spelling of their digits. */
export async function searchPatientIdsIn(tx: Tx, q: string, most = COUNTED_AT_MOST + 1): Promise<string[]> {
  const words = wordsOf(q);
  if (!words) return [];
  const found = await tx.execute<{ id: string }>(sql`select id from search_patients(${words}, ${most}) as id`);
  return found.rows.map((row) => row.id);
}
