import "./run/place.mjs";
import { killRunning } from "./run/exec.mjs";
import { installPackages } from "./run/install.mjs";
import { fail, say, sinceStart, Stop } from "./run/say.mjs";

/*
 * `npm test`: everything that can be checked, from a fresh clone on; `--only unit,db` picks parts. The last line is
 * `N passed, N failed`, counted by the runners themselves; format, lint and types count as one check each.
 */
const STATIC = ["format", "lint", "types", "unit"];
const ALL = [...STATIC, "db", "e2e"];

async function main() {
  const at = process.argv.findIndex((arg) => arg === "--only" || arg.startsWith("--only="));
  const list = at < 0 ? undefined : (process.argv[at].split("=")[1] ?? process.argv[at + 1]);
  const wanted = list ? list.split(",").map((name) => name.trim()) : ALL;
  const unknown = wanted.filter((name) => !ALL.includes(name));
  if (unknown.length > 0) throw new Stop(`--only: ${unknown.join(", ")} is none of ${ALL.join(", ")}.`);

  await installPackages();
  // What follows needs packages, so it is read only now.
  const { line, runParts } = await import("./run/parts.mjs");
  const total = await runParts(
    wanted.filter((name) => STATIC.includes(name)),
    2,
  );
  for (const name of ["db", "e2e"].filter((part) => wanted.includes(part))) {
    const counts = await runParts([name], 1);
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  say(`\n${sinceStart()}\n${line(total)}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    killRunning();
    process.exit(130);
  });

main().catch((error) => {
  fail(error);
  say("0 passed, 1 failed");
  process.exitCode = 1;
});
