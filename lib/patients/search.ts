import { asc, count, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { foldName } from "./fold";
import { readPatientsIn, type PatientSummary } from "./read";
import type { ListPatients } from "./schema";

/** A list counts this far and says `totalCapped` beyond (api.md, Conventions). */
const COUNTED_AT_MOST = 10_000;

export interface PatientPage {
  items: PatientSummary[];
  page: number;
  limit: number;
  total: number;
  totalCapped: boolean;
}

/** The clinic's patients by name; with `q`, those whose name, phone or e-mail has it in it. */
export const listPatients = (ctx: ClinicContext, input: ListPatients): Promise<Result<PatientPage>> =>
  query(ctx, async (tx) => {
    const { page, limit } = input;
    const found = input.q ? await searchPatientIdsIn(tx, input.q) : undefined;
    const total = found ? found.length : await countAll(tx, ctx);
    const from = (page - 1) * limit;
    const ids = found ? found.slice(from, from + limit) : await pageOfAll(tx, ctx, from, limit);
    const items = await readPatientsIn(tx, ctx, from < COUNTED_AT_MOST ? ids : []);
    return ok({ items, page, limit, total: Math.min(total, COUNTED_AT_MOST), totalCapped: total > COUNTED_AT_MOST });
  });

/**
 * Ids of the clinic's patients by a part of the name, phone or e-mail, by name. What was typed means itself: `%` and
 * `_` are letters. Phones are found in any spelling of their digits.
 */
export async function searchPatientIdsIn(tx: Tx, q: string, most = COUNTED_AT_MOST + 1): Promise<string[]> {
  const isAddress = /^[+0-9 ().-]{3,}$/.test(q) || q.includes("@");
  const words = (isAddress ? q.trim().toLowerCase() : foldName(q)).replace(/[\\%_]/g, "\\$&");
  if (!words) return [];
  const found = await tx.execute<{ id: string }>(sql`select id from search_patients(${words}, ${most}) as id`);
  return found.rows.map((row) => row.id);
}

async function countAll(tx: Tx, ctx: ClinicContext): Promise<number> {
  const capped = tx
    .select({ id: patients.id })
    .from(patients)
    .where(eq(patients.clinicId, ctx.clinic.id))
    .limit(COUNTED_AT_MOST + 1)
    .as("capped");
  const [row] = await tx.select({ n: count() }).from(capped);
  return row?.n ?? 0;
}

async function pageOfAll(tx: Tx, ctx: ClinicContext, from: number, limit: number): Promise<string[]> {
  const rows = await tx
    .select({ id: patients.id })
    .from(patients)
    .where(eq(patients.clinicId, ctx.clinic.id))
    .orderBy(asc(patients.nameKey), asc(patients.id))
    .limit(limit)
    .offset(from);
  return rows.map((row) => row.id);
}
