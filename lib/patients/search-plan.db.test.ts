import { sql } from "drizzle-orm";
import { Client } from "pg";
import { beforeAll, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { inClinic, makeBareClinic } from "@/db/testing/make";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { ListPatients } from "./schema";
import { listPatientsIn } from "./search";

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

/** Tables that this connection has read from end to end. */
async function scannedIn(tx: Tx): Promise<string[]> {
  const { rows } = await tx.execute<{ relname: string }>(sql`
    select relname from pg_stat_xact_user_tables
    where seq_scan > 0 and relname in ('patients', 'contact_points')`);
  return rows.map((row) => row.relname);
}

const timed = async (ask: object) => {
  const started = performance.now();
  const answer = await query(ctx, async (tx) => {
    const found = await listPatientsIn(tx, ctx, ListPatients.parse(ask));
    return { found, scanned: await scannedIn(tx) };
  });
  const took = (performance.now() - started).toFixed(1);
  if (process.env.PATIENTS_ROWS) process.stdout.write(`${JSON.stringify(ask)}: ${answer.found.total} in ${took} ms\n`);
  return answer;
};

test.each([
  { q: "a3f9" },
  { q: "(200) 000 7919" },
  { q: "c81e72", sort: "-created" },
  { q: "eccbc", type: "EXISTING", upcoming: "no", opted_out: "no" },
])("%o is found by an index", async (ask) => {
  const { found, scanned } = await timed(ask);
  expect(found.total).toBeGreaterThan(0);
  expect(scanned).toEqual([]);
});

test("a list counts to ten thousand and says that there are more", async () => {
  for (const ask of [{}, { page: "150" }, { sort: "-created" }, { type: "EXISTING", language: "en" }]) {
    const { found } = await timed(ask);
    expect([found.total, found.totalCapped, found.items.length]).toEqual([10_000, true, 20]);
  }
  expect((await timed({ page: "501" })).found.items).toEqual([]);
  expect((await timed({ follow_up: "due" })).found.total).toBe(0);
});
