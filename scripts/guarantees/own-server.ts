import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinaries } from "@/db/local/binaries";
import { run } from "@/db/local/cluster";
import { ownerOf, startPostgres, THROWAWAY, type LocalPostgres } from "@/db/local/postgres";

/** A Postgres that may be switched off in the middle of a sentence. */
export interface OwnServer {
  ownerUrl: string;
  /** Stops it at once: nothing is finished, nobody is told. */
  stopNow: () => Promise<void>;
  /** Starts it at the same port, where it recovers. */
  start: () => Promise<void>;
  remove: () => Promise<void>;
}

/** What was committed must outlive the process; the machine's power is not what is at stake. */
const SETTINGS = { ...THROWAWAY, synchronous_commit: "on", full_page_writes: "on" };

export async function openOwnServer(): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), "chairside-fire-"));
  chmodSync(folder, 0o755);
  const dataDir = join(folder, "postgres");
  const first = await startPostgres({ dataDir, settings: SETTINGS, quiet: true });
  const users: LocalPostgres[] = [first];
  return {
    ownerUrl: ownerOf(first, "postgres"),
    stopNow: () => run(findBinaries(), "pgCtl", ["stop", "-m", "immediate", "-w", "-D", first.home]),
    start: async () => {
      users.push(await startPostgres({ dataDir, port: first.port, settings: SETTINGS, quiet: true }));
    },
    remove: async () => {
      for (const user of users) await user.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
