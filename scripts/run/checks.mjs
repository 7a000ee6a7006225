import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { buildIfChanged } from "./build.mjs";
import { needChromium } from "./chromium.mjs";
import { lastLines, run } from "./exec.mjs";
import { say } from "./say.mjs";

const RESULTS = "node_modules/.cache/chairside";
const node = (script, ...args) => [process.execPath, [script, ...args]];

const PRETTIER = node("node_modules/prettier/bin/prettier.cjs", "--check", "--log-level=warn", "--cache", ".");
const CACHE = ["--cache", "--cache-location", "node_modules/.cache/eslint/"];
const ESLINT = node("node_modules/eslint/bin/eslint.js", "--max-warnings=0", ...CACHE, ".");
const TYPEGEN = node("node_modules/next/dist/bin/next", "typegen");
const TSC = node("node_modules/typescript/bin/tsc", "--noEmit");

/** The parts of `npm test` by name, in their order; each answers what it counted. */
export const PARTS = {
  format: () => commands(PRETTIER),
  lint: () => commands(ESLINT),
  types: () => commands(TYPEGEN, TSC),
  unit: () => vitest("unit"),
  db: () => vitest("db", "--maxWorkers=2"),
  e2e: () => playwright(),
};

/** One check of several commands: it passes when all of them do. */
async function commands(...list) {
  for (const [command, args] of list) {
    const { code, output } = await run(command, args, { env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" } });
    if (code !== 0) return { passed: 0, failed: 1, skipped: 0, output };
  }
  return { passed: 1, failed: 0, skipped: 0 };
}

async function vitest(project, ...more) {
  const file = freshResult(project);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const [command, args] = node("node_modules/vitest/vitest.mjs", "run", "--project", project, ...reporters, ...more);
  const env = { ...process.env, NO_COLOR: "1", VITE_CONFIG_NATIVE_IGNORE_WARNING: "true" };
  const { code, output } = await run(command, args, { env, watch: progress(/^ [✓❯×] /) });
  const result = readResult(file);
  if (!result) return broken(output);
  // A file that can't be read has no tests to count: it fails as one.
  const unread = result.testResults.filter(
    (each) => each.status === "failed" && each.assertionResults.length === 0,
  ).length;
  const skipped = result.numPendingTests + (result.numTodoTests ?? 0);
  return counted({ passed: result.numPassedTests, failed: result.numFailedTests + unread, skipped }, code, output);
}

async function playwright() {
  const CHROMIUM_PATH = await needChromium();
  await buildIfChanged();
  const file = freshResult("e2e");
  const [command, args] = node("node_modules/@playwright/test/cli.js", "test");
  const env = { ...process.env, CHROMIUM_PATH, E2E_RESULT: file };
  const { code, output } = await run(command, args, { env, watch: progress(/^ *[✓✘-] /) });
  const result = readResult(file);
  if (!result) return broken(output);
  const { expected, unexpected, flaky, skipped } = result.stats;
  return counted({ passed: expected, failed: unexpected + flaky, skipped }, code, output);
}

function freshResult(name) {
  mkdirSync(RESULTS, { recursive: true });
  const file = `${RESULTS}/${name}.json`;
  rmSync(file, { force: true });
  return file;
}

const readResult = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined);

/** A runner that fails without a failed test, or runs none at all, is a failure too. */
function counted(counts, code, output) {
  const nothing = counts.passed + counts.failed === 0;
  if (counts.failed === 0 && (code !== 0 || nothing)) counts.failed = 1;
  return { ...counts, ...(counts.failed ? { output } : {}) };
}

const broken = (output) => ({ passed: 0, failed: 1, skipped: 0, output: lastLines(output, 60) });
const progress = (interesting) => (line) => {
  if (interesting.test(line)) say(`    ${line.trimEnd().slice(0, 150)}`);
};
