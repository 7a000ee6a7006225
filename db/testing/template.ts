import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { ownerOf, startPostgres, THROWAWAY } from "@/db/local/postgres";
import { migrateDatabase } from "@/db/migrate";
import { appUrl, onDatabase } from "./urls";

/** A server for tests, and the migrated database in it that everyone gets copies of. */
export interface TestServer {
  ownerUrl: string;
  template: string;
  /** Ends this process's use of the server. */
  stop: () => Promise<void>;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BUILD_LOCK = 4_210_001;

/**
 * A server (`TEST_DATABASE_URL`, the address of an owner who may create databases and roles; else the embedded one in
 * .data/test-postgres) and a template, migrated once for each state of the migrations.
 */
export async function openTestServer(given = process.env.TEST_DATABASE_URL): Promise<TestServer> {
  const local = given
    ? undefined
    : await startPostgres({ dataDir: join(ROOT, ".data/test-postgres"), settings: THROWAWAY, quiet: true });
  const ownerUrl = local ? ownerOf(local, "postgres") : String(given);
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    await dropLeftovers(client);
    const template = `chairside_template_${migrationsHash()}`;
    await makeTemplate(client, ownerUrl, template);
    return { ownerUrl, template, stop: async () => local?.stop() };
  } catch (error) {
    await local?.stop();
    throw error;
  } finally {
    await client.end();
  }
}

/** Copies whose run died: the name carries the run's process id. Templates of other migrations go with the last run. */
async function dropLeftovers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where datname like 'chairside\\_test\\_%' or datname like 'chairside\\_template\\_%'",
  );
  const names = rows.map((row) => row.datname);
  const copies = names.filter((name) => name.startsWith("chairside_test_"));
  const dead = copies.filter((name) => !isAlive(Number(name.split("_")[2])));
  const current = `chairside_template_${migrationsHash()}`;
  const stale =
    dead.length === copies.length ? names.filter((name) => name.includes("_template_") && name !== current) : [];
  for (const name of [...dead, ...stale])
    await client.query(`drop database if exists "${name}" with (force)`).catch(() => undefined);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Migrates under another name and renames, so that a broken run leaves no half-made template behind. */
async function makeTemplate(client: pg.Client, ownerUrl: string, template: string): Promise<void> {
  await client.query("select pg_advisory_lock($1)", [BUILD_LOCK]);
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [template]);
    if (rowCount) return;
    const building = `${template}_building`;
    await client.query(`drop database if exists "${building}" with (force)`);
    await client.query(`create database "${building}"`);
    const owner = onDatabase(ownerUrl, building);
    await migrateDatabase({ ownerUrl: owner, appUrl: appUrl(owner) });
    await client.query(`alter database "${building}" rename to "${template}"`);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [BUILD_LOCK]);
  }
}

function migrationsHash(): string {
  const hash = createHash("sha256");
  for (const file of [join(ROOT, "db/migrate.ts"), ...filesOf(join(ROOT, "db/migrations"))])
    hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}

const filesOf = (folder: string): string[] =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { recursive: true, encoding: "utf8" })
        .sort()
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile());
