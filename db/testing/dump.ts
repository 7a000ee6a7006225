import { createHash } from "node:crypto";
import pg from "pg";
import { env } from "@/lib/core/env";

/** Every row that a clinic can see of the tables that have clinics, one line each, by table. */
export async function dumpClinic(clinicId: string, except: readonly string[] = []): Promise<Map<string, string[]>> {
  const client = new pg.Client(env().DATABASE_URL);
  await client.connect();
  try {
    await client.query("select set_config('app.clinic_id', $1, false)", [clinicId]);
    const { rows: tables } = await client.query<{ name: string }>(`
      select quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'clinic_id' and not a.attisdropped
      where n.nspname = 'public' and c.relkind = 'r' order by 1`);
    const dump = new Map<string, string[]>();
    for (const name of ["clinics", ...tables.map((table) => table.name)].filter((one) => !except.includes(one))) {
      const { rows } = await client.query<{ line: string }>(
        `select t::text as line from ${name} t where t.${name === "clinics" ? "id" : "clinic_id"} = $1 order by 1`,
        [clinicId],
      );
      dump.set(
        name,
        rows.map(({ line }) => line),
      );
    }
    return dump;
  } finally {
    await client.end();
  }
}

/** One word a table: two dumps are equal when these are. */
export const checksums = (dump: ReadonlyMap<string, readonly string[]>): Record<string, string> =>
  Object.fromEntries(
    [...dump].map(([table, lines]) => [
      table,
      `${lines.length} ${createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16)}`,
    ]),
  );

/** The lines that say one of these words. */
export const linesWith = (dump: ReadonlyMap<string, readonly string[]>, words: readonly string[]): string[] =>
  [...dump].flatMap(([table, lines]) =>
    lines.filter((line) => words.some((word) => line.includes(word))).map((line) => `${table}: ${line}`),
  );
