import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { withoutGuard } from "./mutate-guards/apply";
import { BOOK_GUARDS } from "./mutate-guards/book-guards";
import { makeCopy } from "./mutate-guards/copy";
import type { Guard } from "./mutate-guards/guard";
import { GUARDS } from "./mutate-guards/guards";
import { runTests } from "./mutate-guards/run-tests";

const ALL = [...GUARDS, ...BOOK_GUARDS];

const HELP = `Usage: npm run mutate-guards -- [--only NAME[,NAME]] [--json]

Takes one guard away at a time, in a copy of the tree, and shows that a test goes red for it. With all guards in place
the same tests must be green first. The exit code is 1 when a guard's loss goes unseen or its snippet has moved.

  --only NAME  guards whose name contains NAME
  --json       an array of {"id","holds","note"} and nothing else on stdout
`;

interface Row {
  id: string;
  holds: boolean;
  note: string;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, json: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const only = values.only?.split(",").map((name) => name.trim().toLowerCase());
  const guards = ALL.filter(({ name }) => !only || only.some((part) => name.toLowerCase().includes(part)));
  if (guards.length === 0) {
    process.stderr.write(`No guard has that name. There are: ${ALL.map(({ name }) => name).join(", ")}.\n`);
    return 2;
  }
  const report = (row: Row) => void (values.json || process.stdout.write(lineOf(row)));
  const rows = await mutateAll(guards, report);
  const survived = rows.filter(({ holds }) => !holds).length;
  process.stdout.write(
    values.json
      ? `${JSON.stringify(rows, null, 1)}\n`
      : `\n${rows.length - survived} of ${rows.length} guards are missed when they are gone.\n`,
  );
  return survived > 0 ? 1 : 0;
}

const lineOf = ({ id, holds, note }: Row) => `${holds ? "caught  " : "SURVIVED"}  ${id.padEnd(36)}  ${note}\n`;

async function mutateAll(guards: readonly Guard[], report: (row: Row) => void): Promise<Row[]> {
  const copy = makeCopy(fileURLToPath(new URL("..", import.meta.url)));
  process.once("exit", copy.remove);
  const rows: Row[] = [];
  const fates = await runTests(
    copy.root,
    guards.map(({ test }) => test),
  );
  for (const [index, guard] of guards.entries()) {
    const before = fates[index];
    const row =
      before === "passed"
        ? await mutate(copy.root, guard)
        : { id: guard.name, holds: false, note: `with the guard in place the test ${before}: ${nameOf(guard)}` };
    rows.push(row);
    report(row);
  }
  return rows;
}

async function mutate(root: string, guard: Guard): Promise<Row> {
  const path = join(root, guard.file);
  const text = readFileSync(path, "utf8");
  const mutated = withoutGuard(text, guard);
  if (mutated === undefined) return { id: guard.name, holds: false, note: `the snippet has moved in ${guard.file}` };
  writeFileSync(path, mutated);
  try {
    const [fate] = await runTests(root, [guard.test]);
    const note = fate === "missing" ? `the test did not run: ${nameOf(guard)}` : nameOf(guard);
    return { id: guard.name, holds: fate === "failed", note };
  } finally {
    writeFileSync(path, text);
  }
}

const nameOf = ({ test }: Guard): string => `${test.file}: ${test.name}`;

process.exitCode = await main();
