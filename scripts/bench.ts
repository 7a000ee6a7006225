import { cpus, release, totalmem } from "node:os";
import { parseArgs } from "node:util";
import type { Plan, Row } from "./bench/row";
import { openScratch, type Scratch } from "./bench/scratch";
import { canPin } from "./bench/server";
import { calendar } from "./bench/calendar";
import { availability } from "./bench/availability";
import { contention } from "./bench/contention";
import { inbox } from "./bench/inbox";
import { realtime } from "./bench/realtime";
import { replyTime } from "./bench/reply-time";
import { scaling } from "./bench/scaling";
import { webhookAck } from "./bench/webhook-ack";
import { buildIfChanged } from "./run/build.mjs";

const SUITES: Record<string, (plan: Plan, scratch: Scratch) => Promise<Row[]>> = {
  1: webhookAck,
  2: availability,
  3: contention,
  6: realtime,
  7: scaling,
  calendar,
  inbox,
  reply: replyTime,
};

const HELP = `Usage: npm run bench -- [--only 1,2,3,6,7,calendar,inbox,reply] [--rounds N] [--seconds N] [--json]

Measures the product against its peers: contenders by turns, the first round dropped, ratios round by round, gates held
against the quartile that looks worse. Exit code 1 when a gate is missed.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      ...{ only: { type: "string" }, rounds: { type: "string" }, seconds: { type: "string" } },
      ...{ json: { type: "boolean" }, help: { type: "boolean" } },
    },
  });
  const names = values.only?.split(",").map((name) => name.trim()) ?? Object.keys(SUITES);
  const [rounds, seconds] = [Number(values.rounds ?? 5), Number(values.seconds ?? 3)];
  const isUnknown = names.some((name) => !SUITES[name]) || !(rounds >= 1) || !(seconds > 0);
  if (values.help || isUnknown) {
    (values.help ? process.stdout : process.stderr).write(HELP);
    return values.help ? 0 : 2;
  }
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  say(machine());
  await whileQuiet(() => buildIfChanged());
  const rows = await runSuites(names, { rounds, seconds, say });
  process.stdout.write(values.json ? `${JSON.stringify(rows, null, 1)}\n` : `${rows.map(lineOf).join("\n")}\n`);
  return rows.every(({ holds }) => holds) ? 0 : 1;
}

async function runSuites(names: string[], plan: Plan): Promise<Row[]> {
  const scratch = await openScratch();
  const rows: Row[] = [];
  try {
    for (const name of names) {
      plan.say(`suite ${name}`);
      rows.push(...((await SUITES[name]?.(plan, scratch)) ?? []));
    }
    return rows;
  } finally {
    await scratch.close();
  }
}

/** The build tells of its steps on standard output, which belongs to the rows. */
async function whileQuiet(work: () => Promise<unknown>): Promise<void> {
  const write = process.stdout.write;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  await work().finally(() => (process.stdout.write = write));
}

function machine(): string {
  const cores = cpus();
  const cpu = `${cores.length} x ${cores[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}`;
  const pins = canPin ? "server on core 0, load on core 1" : "taskset is missing: nothing is pinned";
  return `${cpu}; node ${process.versions.node}; Postgres 18 with fsync on; ${pins}; seed: none, loads are counters`;
}

const lineOf = ({ name, ratio, quartiles, unit, gate, better, holds, note }: Row) =>
  `${holds ? "✓" : "✗"} ${name.padEnd(22)} ${ratio} ${unit} [${quartiles.join(", ")}], gate ${better === "higher" ? ">=" : "<="} ${gate}; ${note}`;

process.exit(await main());
