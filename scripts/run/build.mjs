import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "./exec.mjs";
import { compilePrograms } from "./programs.mjs";
import { step } from "./say.mjs";

const STAMP = ".next/chairside-stamp";
const FOLDERS = ["app", "components", "lib", "db", "inngest", "messages", "public", "stubs"];
const FILES = [
  "middleware.ts",
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const NOT_SERVED = /\.test\.tsx?$|^db\/(local|testing|seed|migrations)\//;

/** Builds the pages and routes when a source of theirs is another than at the last build. */
export async function buildIfChanged() {
  const wanted = fingerprint();
  if (existsSync(".next/BUILD_ID") && existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  rmSync(STAMP, { force: true });
  const next = ["node_modules/next/dist/bin/next", "build"];
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  await step("building", async () => {
    await mustRun("next build", process.execPath, next, { env });
    await compilePrograms();
  });
  writeFileSync(STAMP, wanted);
}

function fingerprint() {
  const hash = createHash("sha256").update(process.versions.node);
  const paths = [...FOLDERS.flatMap(filesIn), ...FILES.filter((file) => existsSync(file))];
  for (const path of paths) hash.update(path).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => !NOT_SERVED.test(path))
    .sort();
}
