/** What the programs in scripts/ print: one line a finished step, and a sign of life during a long one. */
const started = Date.now();
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

// Whoever read our words may leave (`npm start | head`): that is no reason to fall over.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

export const say = (line = "") => process.stdout.write(`${line}\n`);
export const sinceStart = () => seconds(started);

/** Runs `work`, saying how long it takes; `quick` steps say nothing unless they turn out slow. */
export async function step(label, work, { quick = false } = {}) {
  const since = Date.now();
  let told = false;
  const alive = setInterval(() => {
    say(`  … ${label} (${Math.round((Date.now() - since) / 1000)} s)`);
    told = true;
  }, 10_000);
  if (!quick) say(`· ${label}`);
  try {
    const answer = await work();
    if (!quick || told) say(`✓ ${label} (${seconds(since)})`);
    return answer;
  } finally {
    clearInterval(alive);
  }
}

/** Ends the program with a reason that a person can act on; bugs keep their stack. */
export class Stop extends Error {}
export function fail(error) {
  process.stderr.write(`\n✗ ${error instanceof Stop ? error.message : (error?.stack ?? error)}\n`);
}
