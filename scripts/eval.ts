import { existsSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { scorecard } from "./eval/scorecard";
import { render, WORST } from "./eval/render";

/**
 * `npm run eval -- [--data DIR] [--input FILE]… [--json] [--misses FILE]`: scores the understanding on a folder of
 * third-party data, and on more files of the same kinds. Never writes to the folder.
 */
const { values } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/evals" },
    input: { type: "string", multiple: true, default: [] },
    json: { type: "boolean", default: false },
    misses: { type: "string" },
  },
});
const missing = [
  ...(existsSync(values.data) ? [] : [values.data]),
  ...values.input.filter((file) => !existsSync(file)),
];
if (missing.length > 0 && !(missing[0] === values.data && values.input.length > 0 && missing.length === 1)) {
  process.stderr.write(`Nothing to score: there is no ${missing.join(", no ")}. Name the folder with --data.\n`);
  process.exit(1);
}
const scores = scorecard(values.data, values.input);
if (scores.length === 0) {
  process.stderr.write(`Nothing to score: ${values.data} holds none of the files that this command knows.\n`);
  process.exit(1);
}
const misses = scores.flatMap((score) => score.misses);
if (values.misses) writeFileSync(values.misses, misses.map((miss) => `${JSON.stringify(miss)}\n`).join(""));
const short = scores.map((score) => ({ ...score, missed: score.misses.length, misses: score.misses.slice(0, WORST) }));
process.stdout.write(values.json ? `${JSON.stringify(short, null, 2)}\n` : render(short));
