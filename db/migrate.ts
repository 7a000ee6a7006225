import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";
import { env } from "@/lib/core/env";
import { ensureAppRole, grantAppRole } from "./roles";

const FOLDER = fileURLToPath(new URL("./migrations", import.meta.url));
/** Any number, the same in every process: two starts at once migrate one after the other. */
const MIGRATION_LOCK = 4_201_337;

/**
 * Brings a database up to date as its owner: application role, migrations, grants. Safe to run again and at
 * once from several processes. `appUrl` names the application role (and, for a new role, its password).
 */
export async function migrateDatabase({ ownerUrl, appUrl }: { ownerUrl: string; appUrl: string }): Promise<void> {
  const app = new URL(appUrl);
  const role = decodeURIComponent(app.username);
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query("set client_min_messages = warning");
    await ensureAppRole(client, role, app.password ? decodeURIComponent(app.password) : undefined);
    await migrate(drizzle(client), { migrationsFolder: FOLDER });
    await grantAppRole(client, role);
  } finally {
    await client.end();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { DATABASE_MIGRATE_URL: ownerUrl, DATABASE_URL: appUrl } = env();
  if (!ownerUrl) throw new Error("DATABASE_MIGRATE_URL is not set: it names the owner of the tables.");
  await migrateDatabase({ ownerUrl, appUrl });
  process.stdout.write("The database is up to date.\n");
}
