import { PARTS } from "./checks.mjs";
import { say } from "./say.mjs";

/** Runs parts, `wide` at a time, and prints what each found as it ends. */
export async function runParts(names, wide) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...names];
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const counts = await runPart(name);
      for (const key of Object.keys(total)) total[key] += counts[key];
    }
  };
  await Promise.all(Array.from({ length: wide }, worker));
  return total;
}

async function runPart(name) {
  const since = Date.now();
  const seconds = () => `${((Date.now() - since) / 1000).toFixed(1)} s`;
  say(`· ${name}`);
  const alive = setInterval(() => say(`  … ${name} (${seconds()})`), 15_000);
  const counts = await PARTS[name]().catch((error) => ({ passed: 0, failed: 1, skipped: 0, output: error.message }));
  clearInterval(alive);
  if (counts.output) say(`\n${counts.output.trim()}\n`);
  say(`${counts.failed ? "✗" : "✓"} ${name}: ${line(counts)} (${seconds()})`);
  return counts;
}

export const line = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
