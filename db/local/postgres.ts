import { closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync, rmSync, writeSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findBinaries, type Binaries } from "./binaries";
import { createCluster, freePort, OWNER, probe, readPidFile, removeForeignPidFile, run, type Running } from "./cluster";
import { prepareUsers, spawnGuardian } from "./guardian";

/** Few processes and little memory: enough for a demo and for tests. */
const SMALL: Record<string, string> = {
  max_connections: "80",
  shared_buffers: "32MB",
  io_method: "sync",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_logical_replication_workers: "0",
  log_checkpoints: "off",
  timezone: "UTC",
};
/** For clusters whose loss costs nothing. */
export const THROWAWAY: Record<string, string> = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "200",
  shared_buffers: "128MB",
};

export interface StartPostgres {
  dataDir: string;
  /** A port to keep (a restart under a running application); else a free one. */
  port?: number;
  settings?: Record<string, string>;
  quiet?: boolean;
  /** The descriptor of a pipe that the starter's own parent holds: the server lives as long as that. */
  lifeline?: number;
}
export interface LocalPostgres {
  port: number;
  pid: number;
  /** Where the cluster really lies. */
  home: string;
  startedByUs: boolean;
  url(user: string, database: string): string;
  /** Ends our use of the server: the last user's end stops it. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded Postgres on `dataDir`, or joins the one that runs there. It listens on 127.0.0.1 alone, trusts
 * local connections, and stops when the process that started it ends, however that ends.
 */
export async function startPostgres(options: StartPostgres): Promise<LocalPostgres> {
  const dataDir = resolve(options.dataDir);
  const binaries = findBinaries();
  const unlock = await lock(`${dataDir}.lock`);
  try {
    if (!existsSync(join(dataDir, "PG_VERSION"))) {
      if (!options.quiet) console.log("  making a database cluster");
      await createCluster(binaries, dataDir);
    }
    const home = realpathSync(dataDir);
    const found = await findRunning(home);
    prepareUsers(binaries, home, !found);
    const server = found ?? (await startServer(binaries, home, options));
    const guardian = await spawnGuardian(binaries, home, options.lifeline);
    const stop = async () => {
      if (!guardian.stdin) return;
      guardian.ref();
      const gone = new Promise((done) => guardian.once("exit", done));
      guardian.stdin.end();
      await gone;
    };
    const url = (user: string, database: string) => `postgres://${user}@127.0.0.1:${server.port}/${database}`;
    return { ...server, home, startedByUs: !found, url, stop };
  } finally {
    unlock();
  }
}

/** The owner's address of a database of a local cluster. */
export const ownerOf = (server: LocalPostgres, database: string) => server.url(OWNER, database);

/** A server that answers; one that is going down or just died is waited for, since its pid file outlives it a while. */
async function findRunning(dataDir: string): Promise<Running | undefined> {
  const patience = Date.now() + 15_000;
  let refused = 0;
  for (;;) {
    const named = readPidFile(dataDir);
    if (!named?.port) return undefined;
    const state = await probe(named.port);
    if (state === "up") return named;
    if (state === "down" && ++refused >= 3) return undefined;
    if (Date.now() > patience) return undefined;
    await pause(150);
  }
}

async function startServer(binaries: Binaries, dataDir: string, options: StartPostgres): Promise<Running> {
  const log = join(dataDir, "server.log");
  for (let attempt = 1; ; attempt++) {
    removeForeignPidFile(dataDir);
    rmSync(log, { force: true });
    const port = options.port ?? (await freePort());
    const settings = Object.entries({ ...SMALL, ...options.settings }).map(([name, value]) => `-c ${name}=${value}`);
    const flags = ["-p", String(port), "-h", "127.0.0.1", "-k", "''", ...settings].join(" ");
    try {
      await run(binaries, "pgCtl", ["start", "-w", "-t", "60", "-D", dataDir, "-l", log, "-o", flags], log);
      const started = readPidFile(dataDir);
      if (started) return started;
    } catch (error) {
      // A port taken in between, or a killed postmaster whose children still hold on: both pass within a second.
      if (attempt >= 4) throw error;
      await pause(attempt * 400);
    }
  }
}

/** One start at a time on a cluster; a lock whose owner died is taken over. */
async function lock(file: string): Promise<() => void> {
  mkdirSync(dirname(file), { recursive: true });
  for (;;) {
    try {
      const handle = openSync(file, "wx");
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      if (!isAlive(readOwner(file))) rmSync(file, { force: true });
      else await pause(50);
    }
  }
}

function readOwner(file: string): number {
  try {
    return Number(readFileSync(file, "utf8")) || process.pid;
  } catch {
    return process.pid;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
