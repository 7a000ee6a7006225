import "./run/place.mjs";
import { fail, say, sinceStart } from "./run/say.mjs";
import { installPackages } from "./run/install.mjs";

/* `npm run verify`: what needs no database and no browser, within half a minute; the habit before every commit. */
async function main() {
  await installPackages();
  const { line, runParts } = await import("./run/parts.mjs");
  const total = await runParts(["lint", "types", "unit", "format"], 2);
  say(`\n${sinceStart()}\n${line(total)}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

main().catch((error) => {
  fail(error);
  process.exitCode = 1;
});
