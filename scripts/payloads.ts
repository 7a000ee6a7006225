import { parseArgs } from "node:util";
import { openTestServer } from "@/db/testing/template";
import { readPayloads } from "./payloads/payload-file";
import type { Mode } from "./payloads/plan";
import { channelOf, isInScope, runFile, type Row } from "./payloads/run-file";

const HELP = `Usage: npm run payloads -- --data DIR [options]

Replays a folder of third parties' payload files against the product: the webhook routes, the functions and the
carrier's stub, on a real Postgres, each file on a clean database, in order and then with every delivery repeated.

  --data DIR            the folder of *.json files, or one that has them in webhooks/
  --only ID[,ID]        these files alone
  --only-channels LIST  files of these channels alone: sms, twilio-whatsapp, whatsapp, signature
  --shuffle SEED        also in a random order, each delivery twice; the same seed is the same order
  --jobs N              replays at a time (2)
  --strict              files of channels that the product doesn't have count against the exit code too
  --json                (with npm run --silent) an array of {"id","holds","note"} and nothing else on stdout

The exit code is 1 when a file of a channel that the product has doesn't hold.
`;

const list = (words: string | undefined) => words?.split(",").map((word) => word.trim());

const OPTIONS = {
  ...({ data: { type: "string" }, only: { type: "string" }, "only-channels": { type: "string" } } as const),
  ...({ shuffle: { type: "string" }, jobs: { type: "string" }, strict: { type: "boolean" } } as const),
  ...({ json: { type: "boolean" }, help: { type: "boolean" } } as const),
};

function readFlags() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : "unknown flag"}\n`);
    return {};
  }
}

async function main(): Promise<number> {
  const values = readFlags();
  if (values.help || !values.data) {
    (values.help ? process.stdout : process.stderr).write(HELP);
    return values.help ? 0 : 2;
  }
  const all = await readPayloads(values.data);
  if (!all) return fail(`There is no folder ${values.data}.`);
  const [ids, channels] = [list(values.only), list(values["only-channels"])];
  const files = all.filter(
    (file) =>
      (!ids || ids.includes(file.id)) &&
      (!channels || channels.includes(channelOf(file)) || channels.includes(file.channel)),
  );
  if (files.length === 0) return fail("No payload file is left to replay.");
  const modes: Mode[] = ["in order", "doubled", ...(values.shuffle === undefined ? [] : (["shuffled"] as const))];
  const report = (row: Row) => void (values.json || process.stdout.write(lineOf(row)));
  const rows = await replayAll(files, modes, Number(values.shuffle ?? 1), Number(values.jobs ?? 2), report);
  const counted = new Set(files.filter((file) => values.strict || isInScope(file)).map(({ id }) => id));
  const failed = rows.filter(({ id, holds }) => !holds && counted.has(id)).length;
  const held = rows.filter(({ holds }) => holds).length;
  process.stdout.write(
    values.json
      ? `${JSON.stringify(rows, null, 1)}\n`
      : `\n${held} of ${rows.length} hold; ${failed} don't, ${rows.length - held - failed} are for channels not there yet.\n`,
  );
  return failed > 0 ? 1 : 0;
}

const lineOf = ({ id, holds, note }: Row) => `${holds ? "holds" : "  no "}  ${id}${note ? `  (${note})` : ""}\n`;

type Files = NonNullable<Awaited<ReturnType<typeof readPayloads>>>;

/** A few at a time; rows come back in the order of the files. */
async function replayAll(files: Files, modes: Mode[], seed: number, jobs: number, report: (row: Row) => void) {
  const server = await openTestServer();
  const rows: Row[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < files.length; index = next++) {
      const file = files[index];
      if (!file) return;
      const row = await runFile(file, modes, seed, server);
      rows[index] = row;
      report(row);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
  } finally {
    await server.stop();
  }
  return rows;
}

function fail(words: string): number {
  process.stderr.write(`${words}\n`);
  return 2;
}

process.exitCode = await main();
