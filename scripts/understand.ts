import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { answerLines, parseLine } from "@/lib/dialog/measure/answer-lines";

/** `npm run understand -- --input FILE.jsonl --output FILE.jsonl`: one message a line in, one understanding a line out. */
const { values } = parseArgs({ options: { input: { type: "string" }, output: { type: "string" } } });
if (!values.input || !values.output) {
  process.stderr.write("Usage: npm run understand -- --input messages.jsonl --output answers.jsonl\n");
  process.exit(2);
}
const text = await readFile(values.input, "utf8").catch(() => null);
if (text === null) {
  process.stderr.write(`There is no file to read at ${values.input}.\n`);
  process.exit(1);
}
const lines = text
  .replace(/^\uFEFF/, "")
  .split(/\r?\n/)
  .filter((line) => line.trim() !== "");
const answers = answerLines(lines.map(parseLine));
await writeFile(values.output, answers.map((answer) => `${JSON.stringify(answer)}\n`).join(""));
process.stdout.write(`${answers.length} messages understood, written to ${values.output}.\n`);
