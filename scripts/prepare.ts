import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { ownerOf, startPostgres, THROWAWAY, type LocalPostgres } from "@/db/local/postgres";
import { migrateDatabase } from "@/db/migrate";
import { readEnv, type Env } from "@/lib/core/env";

/*
 * The part of a start that needs our own code, in one short-lived process: check the environment, start or reach the
 * database, migrate it, seed the demo. What it found goes to scripts/start.mjs, which stays small and keeps running.
 */
const DATABASE = "chairside";
const APP_ROLE = "chairside_app";
/** The end of this pipe, which the launcher holds, stops the database. */
const LIFELINE = 3;

class Problem extends Error {}

interface Prepared {
  mode: Env["mode"];
  notices: string[];
  urls: { DATABASE_URL: string; DATABASE_MIGRATE_URL?: string };
  local?: Pick<LocalPostgres, "port" | "pid" | "home">;
}

const argument = (name: string) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const say = (line: string) => process.stdout.write(`  ${line}\n`);

async function prepare(): Promise<Prepared> {
  const read = readEnv(process.env);
  if (!("env" in read))
    throw new Problem(`The environment can't be used:\n${read.problems.map((p) => `  ${p}`).join("\n")}`);
  const { env, notices } = read;
  process.send?.("checked");
  if (process.env.DATABASE_URL) {
    const urls = {
      DATABASE_URL: env.DATABASE_URL,
      ...(env.DATABASE_MIGRATE_URL ? { DATABASE_MIGRATE_URL: env.DATABASE_MIGRATE_URL } : {}),
    };
    if (env.DATABASE_MIGRATE_URL)
      await migrateDatabase({ ownerUrl: env.DATABASE_MIGRATE_URL, appUrl: env.DATABASE_URL });
    await refuseOwner(env.DATABASE_URL);
    if (env.mode === "demo") await seed(urls);
    return { mode: env.mode, notices, urls };
  }
  const { local, urls } = await startLocal();
  await createDatabase(ownerOf(local, "postgres"));
  await migrateDatabase({ ownerUrl: urls.DATABASE_MIGRATE_URL, appUrl: urls.DATABASE_URL });
  if (!existsSync("seed/report.json") || !(await isSeeded(urls.DATABASE_MIGRATE_URL))) await seed(urls);
  return { mode: "demo", notices, urls, local: { port: local.port, pid: local.pid, home: local.home } };
}

async function startLocal(): Promise<{ local: LocalPostgres; urls: Required<Prepared["urls"]> }> {
  const port = argument("postgres-port");
  const local = await startPostgres({
    dataDir: join(argument("data-dir") ?? ".data", "postgres"),
    lifeline: LIFELINE,
    ...(port ? { port: Number(port) } : {}),
    ...(process.argv.includes("--throwaway") ? { settings: THROWAWAY } : {}),
  });
  return {
    local,
    urls: { DATABASE_URL: local.url(APP_ROLE, DATABASE), DATABASE_MIGRATE_URL: ownerOf(local, DATABASE) },
  };
}

async function createDatabase(server: string): Promise<void> {
  await withClient(server, async (client) => {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE}`);
  });
}

/** The seed writes its clinics in one transaction: they are all there or none is. */
const isSeeded = (owner: string) =>
  withClient(owner, async (client) => {
    const { rowCount } = await client.query("select 1 from clinics where slug in ('demo-dental', 'north-dental')");
    return rowCount === 2;
  });

/** Row-level security binds neither owners nor superusers: an application that logs in as one has no walls. */
async function refuseOwner(address: string): Promise<void> {
  const { rows } = await withClient(address, (client) =>
    client.query<{ name: string; privileged: boolean; owns: boolean }>(`
      select r.rolname as name, r.rolsuper or r.rolbypassrls as privileged,
        exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'member')) as owns
      from pg_roles r where r.rolname = current_user`),
  );
  const role = rows[0];
  if (role && (role.privileged || role.owns))
    throw new Problem(
      `DATABASE_URL: the role ${role.name} ${role.privileged ? "bypasses row-level security" : "owns tables"}. Name the owner in ` +
        `DATABASE_MIGRATE_URL and a role of the application's own in DATABASE_URL (npm run db:migrate creates it).`,
    );
}

async function withClient<T>(address: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function seed(urls: Prepared["urls"]): Promise<void> {
  if (!existsSync("db/seed/run.ts")) return;
  say("filling in the demo's clinics");
  const child = spawn(process.execPath, ["--import", "tsx", "db/seed/run.ts"], {
    env: { ...process.env, ...urls, DEMO: "1" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0) throw new Problem("The demo could not be filled in (see above).");
}

const reason = (error: unknown): string => {
  if (error instanceof Problem) return error.message;
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0]);
  if (isRefusal(error)) return `The database can't be used: ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `${error.cause.message}\n` : "";
  return `${cause}${error.stack ?? error.message}`;
};

/** What the network or the server said (not there, no such role or database, wrong password): no bug of ours. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && /^(E[A-Z]+|28...|3D000|57P03|42501)$/.test(String(error.code));

prepare().then(
  (prepared) => process.send?.(prepared, () => process.exit(0)),
  (error: unknown) => {
    process.stderr.write(`${reason(error)}\n`);
    process.exit(1);
  },
);
