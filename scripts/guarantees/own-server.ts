import { execFile, execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { findBinaries } from "@/db/local/binaries";
import { run } from "@/db/local/cluster";
import { ownerOf, startPostgres, THROWAWAY, type LocalPostgres } from "@/db/local/postgres";
import { waitUntil } from "./storms/pause";

/** A Postgres that may be switched off in the middle of a sentence. */
export interface OwnServer {
  ownerUrl: string;
  /** Stops it at once: nothing is finished, nobody is told. */
  stopNow: () => Promise<void>;
  /** Starts it at the same port, where it recovers. */
  start: () => Promise<void>;
  /** Starts it again under a limit on the size of its files, in bytes, or under none: what grows beyond is a full disk. */
  limitFiles: (bytes: number | undefined) => Promise<void>;
  /** Copies its files while it works, and archives its log from then on. */
  backUp: () => Promise<void>;
  /** Writes a name into the log that it can be restored to. */
  markPoint: (name: string) => Promise<void>;
  /** What it has done since is lost: starts it from the backup, up to the named point of the archived log. */
  restoreTo: (name: string) => Promise<void>;
  remove: () => Promise<void>;
}

/** What was committed must outlive the process; the machine's power is not what is at stake. */
const SETTINGS = {
  ...THROWAWAY,
  ...{ synchronous_commit: "on", full_page_writes: "on", wal_level: "replica", archive_mode: "on" },
};
/** What `ulimit -f` counts in. */
const BLOCK = 512;

export async function openOwnServer(): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), "chairside-fire-"));
  chmodSync(folder, 0o755);
  const dataDir = join(folder, "postgres");
  const first = await startPostgres({ dataDir, settings: SETTINGS, quiet: true });
  const users: LocalPostgres[] = [first];
  const binaries = findBinaries();
  const ownerUrl = ownerOf(first, "postgres");
  const start = async () => {
    users.push(await startPostgres({ dataDir, port: first.port, settings: SETTINGS, quiet: true }));
  };
  const stopNow = () => run(binaries, "pgCtl", ["stop", "-m", "immediate", "-w", "-D", first.home]);
  return {
    ownerUrl,
    stopNow,
    start,
    limitFiles: async (bytes) => {
      const limit = bytes === undefined ? "" : `ulimit -f ${Math.floor(bytes / BLOCK)} && `;
      const restart = `${limit}exec "$0" restart -m fast -w -D "$1" -l "$1/server.log"`;
      await promisify(execFile)("/bin/sh", ["-c", restart, binaries.pgCtl, first.home], {
        ...binaries.account,
        cwd: "/",
      });
    },
    ...backups({ folder, home: first.home, ownerUrl, account: binaries.account, stopNow, start }),
    remove: async () => {
      for (const user of users) await user.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Site {
  folder: string;
  home: string;
  ownerUrl: string;
  account: { uid: number; gid: number } | undefined;
  stopNow: () => Promise<void>;
  start: () => Promise<void>;
}

function backups({ folder, home, ownerUrl, account, stopNow, start }: Site) {
  const archive = join(folder, "archive");
  const copy = join(folder, "backup");
  const lost = join(folder, "lost");
  const own = (path: string) => account && chownSync(path, account.uid, account.gid);
  const write = (path: string, text: string) => (appendFileSync(path, text), own(path));
  const asOwner = <T>(work: (client: pg.Client) => Promise<T>) => connected(ownerUrl, work);
  return {
    backUp: () =>
      asOwner(async (client) => {
        for (const old of [archive, copy, lost]) rmSync(old, { recursive: true, force: true });
        mkdirSync(archive);
        own(archive);
        await client.query(`alter system set archive_command = 'cp "%p" "${archive}/%f"'`);
        await client.query("select pg_reload_conf()");
        await client.query("select pg_backup_start('fire', true)");
        copyFiles(home, copy);
        const { rows } = await client.query<{ labelfile: string }>("select labelfile from pg_backup_stop(false)");
        write(join(copy, "backup_label"), rows[0]?.labelfile ?? "");
      }),
    markPoint: (name: string) =>
      asOwner(async (client) => void (await client.query("select pg_create_restore_point($1)", [name]))),
    restoreTo: async (name: string) => {
      await asOwner(archiveAll);
      await stopNow();
      renameSync(home, lost);
      renameSync(copy, home);
      for (const stale of ["postmaster.pid", "pg_wal", "server.log"])
        rmSync(join(home, stale), { recursive: true, force: true });
      for (const folderOfLog of ["pg_wal", "pg_wal/archive_status", "pg_wal/summaries"]) {
        mkdirSync(join(home, folderOfLog), { mode: 0o700 });
        own(join(home, folderOfLog));
      }
      write(
        join(home, "postgresql.auto.conf"),
        `restore_command = 'cp "${archive}/%f" "%p"'\nrecovery_target_name = '${name}'\nrecovery_target_action = 'promote'\narchive_command = ''\n`,
      );
      write(join(home, "recovery.signal"), "");
      await start();
      if (!(await waitUntil(() => asOwner(isOpen)))) throw new Error("the restored server never opened");
    },
  };
}

/** The files as they are, owners and all; what vanishes meanwhile is the log's to bring back. */
function copyFiles(from: string, to: string): void {
  try {
    execFileSync("cp", ["-a", from, to], { stdio: "ignore" });
  } catch (error) {
    if (!existsSync(join(to, "PG_VERSION"))) throw error;
  }
}

async function archiveAll(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ wal: string }>("select pg_walfile_name(pg_switch_wal()) as wal");
  const isArchived = async () =>
    (await client.query("select from pg_stat_archiver where last_archived_wal >= $1", [rows[0]?.wal])).rowCount === 1;
  if (!(await waitUntil(isArchived))) throw new Error("the log was never archived");
}

const isOpen = async (client: pg.Client) => (await client.query("select where not pg_is_in_recovery()")).rowCount === 1;

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
