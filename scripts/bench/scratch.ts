import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownerOf, startPostgres } from "@/db/local/postgres";
import { migrateDatabase } from "@/db/migrate";

export const TOKEN = "bench-twilio-auth-token";
export const APP_SECRET = "bench-whatsapp-app-secret";
export const ACCOUNT = "AC00000000000000000000000000000001";

/** A Postgres of the bench's own, with fsync and every other default on, migrated; the environment of this process names it. */
export async function openScratch() {
  const folder = mkdtempSync(join(tmpdir(), "chairside-bench-"));
  chmodSync(folder, 0o755); // the database's own user passes through
  const dataDir = join(folder, "postgres");
  const local = await startPostgres({ dataDir, quiet: true, settings: { shared_buffers: "128MB" } });
  const [ownerUrl, appUrl] = [ownerOf(local, "postgres"), local.url("chairside_app", "postgres")];
  await migrateDatabase({ ownerUrl, appUrl });
  Object.assign(process.env, {
    DEMO: "1",
    DATABASE_URL: appUrl,
    DATABASE_MIGRATE_URL: ownerUrl,
    DATABASE_LISTEN_URL: "",
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    WHATSAPP_APP_SECRET: APP_SECRET,
    INNGEST_DEV: "",
    INNGEST_BASE_URL: "",
    INNGEST_EVENT_KEY: "bench",
    INNGEST_SIGNING_KEY: "signkey-bench-0123456789abcdef0123456789abcdef",
    LOG_LEVEL: "silent",
    NODE_ENV: "production",
  });
  const logFile = join(local.home, "server.log");
  const close = async () => {
    const { closePool } = await import("@/db/client");
    await closePool();
    await local.stop();
    rmSync(local.home, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, ownerUrl, logFile, close };
}

export type Scratch = Awaited<ReturnType<typeof openScratch>>;
