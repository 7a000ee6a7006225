import { sql } from "drizzle-orm";
import { Client } from "pg";
import { beforeAll, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { inClinic, makeBareClinic } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { ListPatients } from "./schema";
import { listPatientsIn, searchPatientIdsIn } from "./search";

/** Fast at 100,000 (`PATIENTS_ROWS=100000`) is a matter of how many rows are looked at: this is a fifth of it. */
const PEOPLE = Number(process.env.PATIENTS_ROWS ?? 20_000);
let ctx: ClinicContext;

const AT_ONCE = 10_000;
const parts = Array.from({ length: PEOPLE / AT_ONCE }, (_, at) => [at * AT_ONCE + 1, (at + 1) * AT_ONCE] as const);

beforeAll(async () => {
  ctx = await makeBareClinic();
  const id = ctx.clinic.id;
  for (const [from, to] of parts)
    await inClinic(ctx, async (tx) => {
      await tx.execute(sql`insert into patients (id, clinic_id, name, name_key, language, patient_type, created_from, created_at)
        select md5('p' || n)::uuid, ${id}, 'Person ' || md5(n::text), 'person ' || md5(n::text),
          case when n % 3 = 0 then 'es' else 'en' end, 'EXISTING', 'IMPORT', now() - n * interval '1 minute'
        from generate_series(${from}::int, ${to}::int) n`);
      await tx.execute(sql`insert into contact_points (id, clinic_id, kind, value)
        select md5('k' || n)::uuid, ${id}, 'phone', '+1' || (2000000000 + n::bigint * 7919)
        from generate_series(${from}::int, ${to}::int) n`);
      await tx.execute(sql`insert into patient_contact_points (clinic_id, patient_id, contact_point_id)
        select ${id}, md5('p' || n)::uuid, md5('k' || n)::uuid from generate_series(${from}::int, ${to}::int) n`);
    });
  const owner = new Client({ connectionString: process.env.DATABASE_MIGRATE_URL });
  await owner.connect();
  await owner.query("analyze patients, contact_points, patient_contact_points");
  await owner.end();
}, 240_000);

/** How often this connection has read these tables from end to end: counts stand until they are flushed. */
async function scansIn(tx: Tx): Promise<unknown> {
  const { rows } = await tx.execute(sql`
    select relname, seq_scan from pg_stat_xact_user_tables
    where relname = 'patients' or (relname = 'contact_points' and ${PEOPLE >= 100_000}) order by relname`);
  return rows;
}

test.each(["a3f9", "c81e72", "(200) 000 7919", "2000007919"])("%s is found by an index", async (q) => {
  await query(ctx, async (tx) => {
    const before = await scansIn(tx);
    const found = await searchPatientIdsIn(tx, q);
    expect(found.length).toBeGreaterThan(0);
    expect(await scansIn(tx)).toEqual(before);
  });
});

test("a list counts to ten thousand and says that there are more; a search in it may be sorted and narrowed", async () => {
  const ask = async (input: object) => {
    const started = performance.now();
    const found = await query(ctx, (tx) => listPatientsIn(tx, ctx, ListPatients.parse(input)));
    const took = (performance.now() - started).toFixed(1);
    if (process.env.PATIENTS_ROWS) process.stdout.write(`${JSON.stringify(input)}: ${found.total} in ${took} ms\n`);
    return found;
  };
  for (const input of [{}, { page: "150" }, { sort: "-created" }, { type: "EXISTING", language: "en" }]) {
    const { total, totalCapped, items } = await ask(input);
    expect([total, totalCapped, items.length]).toEqual([10_000, true, 20]);
  }
  expect((await ask({ page: "501" })).items).toEqual([]);
  expect((await ask({ follow_up: "due" })).total).toBe(0);
  const few = await ask({ q: "c81e7", sort: "-created", upcoming: "no", opted_out: "no" });
  expect(few.items.map((item) => item.createdAt)).toEqual(
    few.items.map((item) => item.createdAt).toSorted((a, b) => +b - +a),
  );
  expect(few.total).toBeGreaterThan(0);
});
