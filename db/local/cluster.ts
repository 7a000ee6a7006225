import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import pg from "pg";
import { mayEnter, SHARED_DIR, type Account, type Binaries } from "./binaries";

/** The owner of everything in a local cluster; the application logs in as another role (db/migrate.ts). */
export const OWNER = "chairside_owner";
const LOCALE = ["-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];

/** Runs one of Postgres's tools as its account; throws with what the tool printed and the log's last lines. */
export async function run(binaries: Binaries, tool: "initdb" | "pgCtl", args: string[], log?: string): Promise<void> {
  const child = spawn(binaries[tool], args, {
    ...binaries.account,
    cwd: "/",
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  if (code === 0) return;
  const tail = log && existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").slice(-8).join("\n") : "";
  throw new Error(
    [`Postgres: ${basename(binaries[tool])} ended with ${code}.`, output.trim(), tail].filter(Boolean).join("\n"),
  );
}

/** Makes the cluster beside its place and renames it, so that a broken first start leaves nothing half made. */
export async function createCluster(binaries: Binaries, dataDir: string): Promise<void> {
  if (!existsSync(dirname(dataDir))) {
    mkdirSync(dirname(dataDir), { recursive: true });
    chmodSync(dirname(dataDir), 0o755);
  }
  const home = binaries.account ? placeFor(binaries.account, dataDir) : dataDir;
  const partial = `${home}.init`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  // Only the cluster's own folder changes hands; the rest of the checkout stays whose it was.
  if (binaries.account) chownSync(partial, binaries.account.uid, binaries.account.gid);
  await run(binaries, "initdb", [
    "-D",
    partial,
    "-U",
    OWNER,
    "-A",
    "trust",
    ...LOCALE,
    "--no-sync",
    "--no-instructions",
  ]);
  renameSync(partial, home);
  if (home !== dataDir) {
    rmSync(dataDir, { force: true });
    symlinkSync(home, dataDir);
  }
}

/** The cluster's own place, or one that the server's account can reach when the checkout is closed to it. */
function placeFor(account: Account, dataDir: string): string {
  if (mayEnter(account, dirname(dataDir))) return dataDir;
  mkdirSync(SHARED_DIR, { recursive: true, mode: 0o755 });
  chmodSync(SHARED_DIR, 0o755);
  return join(SHARED_DIR, `${basename(dataDir)}-${Date.now().toString(36)}`);
}

export interface Running {
  pid: number;
  port: number;
}

/** What postmaster.pid says: the process and its port (line 4). Only a connection tells whether it lives. */
export function readPidFile(dataDir: string): Running | undefined {
  const file = join(dataDir, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

/** True when a connection gets an answer; `starting` while the server is coming up or going down. */
export async function probe(port: number): Promise<"up" | "starting" | "down"> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: OWNER,
    database: "postgres",
    connectionTimeoutMillis: 2000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return "up";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "57P03" || code === "53300" ? "starting" : "down";
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A pid file that names another program (a restarted machine counts from one again) would stop Postgres: remove it. */
export function removeForeignPidFile(dataDir: string): void {
  const running = readPidFile(dataDir);
  if (!running || !existsSync("/proc/self/cwd")) return;
  try {
    if (realpathSync(readlinkSync(`/proc/${running.pid}/cwd`)) === realpathSync(dataDir)) return;
  } catch {
    // No such process: Postgres clears its own stale file.
    return;
  }
  rmSync(join(dataDir, "postmaster.pid"), { force: true });
}

/** A TCP port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === "string") throw new Error("no free port");
  return address.port;
}
