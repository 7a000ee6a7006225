import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "./prepare.mjs";

/** Where browser tests keep their stacks, each in a folder named by its port. */
export const TEST_STACKS = ".data/e2e";

/** Under a strict umask too, the database's own user has to pass through it; what is secret has its own mode. */
export function makeFolder(path) {
  const before = process.umask(0o022);
  mkdirSync(path, { recursive: true });
  process.umask(before);
}

/** A test's database may lie outside (db/local/cluster.ts): it goes with its folder. */
export function removeTestStack(folder) {
  const cluster = join(folder, "postgres");
  if (existsSync(cluster)) rmSync(realpathSync(cluster), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

/** Stacks of browser tests that were killed leave their folders behind. */
export function clearOldTests() {
  for (const name of existsSync(TEST_STACKS) ? readdirSync(TEST_STACKS) : []) {
    const folder = join(TEST_STACKS, name);
    const { pid } = readRecord(join(folder, "running.json"));
    if (/^\d+$/.test(name) && !(pid && isAlive(pid))) removeTestStack(folder);
  }
}

/** Who ran here last; a start killed while it wrote may have left half a line. */
export function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
