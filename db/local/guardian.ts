import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Binaries } from "./binaries";

/**
 * Waits for the end of its standard input, which its starter holds open: Ctrl-C, SIGTERM and kill -9 all close it.
 * The last guardian to leave stops the server, so that two programs on one cluster don't stop it under each other.
 */
const SCRIPT = `
users="$1/chairside-users"; me="$users/$$"; : > "$me"; echo ready
cat >/dev/null
rm -f "$me"
for other in "$users"/*; do kill -0 "\${other##*/}" 2>/dev/null && exit 0; done
exec "$2" stop -m fast -w -D "$1" >/dev/null 2>&1
`;

/** Starts the guardian on a pipe of this process, or on `lifeline`, the descriptor of a pipe that another one holds. */
export async function spawnGuardian(binaries: Binaries, dataDir: string, lifeline?: number): Promise<ChildProcess> {
  const child = spawn("/bin/sh", ["-c", SCRIPT, "sh", dataDir, binaries.pgCtl], {
    ...binaries.account,
    cwd: "/",
    detached: true,
    stdio: [lifeline ?? "pipe", "pipe", "ignore"],
  });
  await new Promise<void>((resolve, reject) => {
    child
      .once("error", reject)
      .once("exit", (code) => reject(new Error(`The database's guardian ended with ${code}.`)));
    child.stdout?.once("data", () => resolve());
  });
  child.removeAllListeners("exit").unref();
  child.stdout?.destroy();
  return child;
}

/** Makes the list of who uses a cluster; `empty` when the server was down, because then nobody did. */
export function prepareUsers(binaries: Binaries, dataDir: string, empty: boolean): void {
  const users = join(dataDir, "chairside-users");
  if (!existsSync(users)) mkdirSync(users);
  chmodSync(users, 0o700);
  if (binaries.account) chownSync(users, binaries.account.uid, binaries.account.gid);
  if (empty) for (const name of readdirSync(users)) rmSync(join(users, name), { force: true });
}
