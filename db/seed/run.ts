import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { closePool } from "@/db/client";
import { env } from "@/lib/core/env";
import { reportDemo } from "./report";
import { seedDemo } from "./seed-demo";

/*
 * `npm run db:seed`: fills the demo once; later calls end at once. Never in production mode. The report is written
 * again if it was lost.
 */
const REPORT = "seed/report.json";

async function run(): Promise<void> {
  if (env().mode !== "demo") throw new Error("The demo is never seeded in production mode (set DEMO=1 for a demo).");
  const started = performance.now();
  const isNew = await seedDemo(new Date());
  if (!isNew && existsSync(REPORT)) return;
  const report = await reportDemo();
  const seconds = Math.round(performance.now() - started) / 1000;
  mkdirSync("seed", { recursive: true });
  writeFileSync(REPORT, `${JSON.stringify(isNew ? { ...report, seconds } : report, null, 2)}\n`);
}

run()
  .finally(closePool)
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  });
