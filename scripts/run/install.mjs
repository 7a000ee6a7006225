import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { mustRun } from "./exec.mjs";
import { step } from "./say.mjs";

const STAMP = "node_modules/.chairside";

/** `npm ci` when there are no packages yet or the lock file is another one than was installed. */
export async function installPackages() {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  if (!installedByHand()) {
    const label = existsSync("node_modules") ? "updating packages" : "installing packages (a minute or two)";
    await step(label, () =>
      mustRun("npm ci", "npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], NPM),
    );
  }
  writeFileSync(STAMP, wanted);
}

// Only Windows needs a shell to find npm.cmd.
const NPM = { shell: process.platform === "win32" };

function fingerprint() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  for (const file of ["package.json", "package-lock.json"]) hash.update(readFileSync(file));
  return hash.digest("hex");
}

/** npm's own record is newer than the lock file: somebody ran `npm ci`. */
function installedByHand() {
  const record = "node_modules/.package-lock.json";
  return !existsSync(STAMP) && existsSync(record) && statSync(record).mtimeMs >= statSync("package-lock.json").mtimeMs;
}
