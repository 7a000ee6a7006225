import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { dropCopy, makeCopy } from "@/db/testing/copies";
import { openTestServer, type TestServer } from "@/db/testing/template";
import { appUrl, onDatabase } from "@/db/testing/urls";
import { buildWorker, type TestBuild } from "./guarantees/build";
import { GUARANTEES } from "./guarantees/faults";
import { CLINIC_NUMBER } from "./guarantees/patients";
import { randomOf } from "./guarantees/random";
import { run, type Place } from "./guarantees/run";

const HELP = `Usage: npm run guarantees -- [options]

Kills, repeats and cuts the product's own processes on a real Postgres while patients write, and asks every
invariant afterwards, the carrier's ledger against the tables. One line a guarantee.

  --seeds N             runs of each guarantee (20)
  --from N              the first seed (1)
  --only F01,K3         these alone; there are: ${Object.keys(GUARANTEES).join(" ")}
  --jobs N              guarantees at a time (2)
  --json                (with npm run --silent) an array of {"id","holds","seeds","seconds","note"} and nothing else

A run that breaks prints its seed, its faults and the command that repeats it. The exit code is 1 when one doesn't hold.
`;

interface Row {
  id: string;
  holds: boolean;
  seeds: number;
  seconds: number;
  note: string;
}

const OPTIONS = {
  ...({ seeds: { type: "string", default: "20" }, from: { type: "string", default: "1" } } as const),
  ...({ jobs: { type: "string", default: "2" }, only: { type: "string" } } as const),
  ...({ json: { type: "boolean" }, help: { type: "boolean" } } as const),
};

function readFlags() {
  const { values } = parseArgs({ options: OPTIONS });
  const ids = values.only?.split(",").map((word) => word.trim()) ?? Object.keys(GUARANTEES);
  const unknown = ids.filter((id) => !(id in GUARANTEES));
  if (unknown.length > 0) throw new Error(`--only: ${unknown.join(", ")} is not there`);
  const [seeds = 20, from = 1, jobs = 2] = [values.seeds, values.from, values.jobs].map(Number);
  return { ids, seeds, from, jobs, json: values.json === true, help: values.help === true };
}

const commit = () => execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();

/** Runs one guarantee with every seed; the first that breaks is told in full and ends it. */
async function check(place: Place, build: TestBuild, id: string, from: number, seeds: number): Promise<Row> {
  const started = performance.now();
  let [booked, deaths, done] = [0, 0, 0];
  const rowOf = (holds: boolean, note: string): Row => ({
    ...{ id, holds, seeds: done, note },
    seconds: Math.round((performance.now() - started) / 100) / 10,
  });
  if (id.startsWith("K") && !build.points.has(id)) return rowOf(false, "no such point in the sources");
  for (let seed = from; seed < from + seeds; seed++) {
    const random = randomOf(seed);
    const faults = GUARANTEES[id]?.(random, seed);
    if (!faults) break;
    const report = await run(place, faults, random);
    const problems = [...report.problems];
    if (faults.web.length + faults.jobs.length > 0 && report.deaths === 0) problems.push("nothing died");
    done += 1;
    booked += report.booked;
    deaths += report.deaths;
    if (problems.length > 0) {
      const again = `npm run guarantees -- --only ${id} --from ${seed} --seeds 1`;
      return rowOf(false, `seed ${seed} at ${commit()}: ${problems.join("; ")} | ${JSON.stringify(faults)} | ${again}`);
    }
  }
  return rowOf(booked > 0, booked > 0 ? `${deaths} kills, ${booked} visits booked` : "nobody got as far as a visit");
}

const lineOf = ({ id, holds, seeds, seconds, note }: Row) =>
  `${holds ? "holds" : "  no "}  ${id.padEnd(4)} ${seeds} seeds, ${seconds} s  ${note}\n`;

/** A database with the clinic in it, which every run copies. */
async function openPlace(server: TestServer, worker: string): Promise<Place> {
  const template = `chairside_test_${process.pid}_${randomBytes(6).toString("hex")}`;
  await makeCopy(server, template);
  Object.assign(process.env, {
    ...{ DEMO: "1", DATABASE_URL: appUrl(onDatabase(server.ownerUrl, template)), LOG_LEVEL: "silent" },
    ...{ INNGEST_DEV: "", INNGEST_BASE_URL: "", APP_URL: "http://localhost:3000" },
  });
  const { setStage } = await import("./guarantees/stage");
  await setStage(CLINIC_NUMBER);
  return { ownerUrl: server.ownerUrl, template, worker };
}

async function main(): Promise<number> {
  const { ids, seeds, from, jobs, json, help } = readFlags();
  if (help) return (process.stdout.write(HELP), 0);
  const [server, build] = [await openTestServer(), await buildWorker()];
  const place = await openPlace(server, build.worker);
  const rows: Row[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < ids.length; at = next++) {
      const row = await check(place, build, ids[at] ?? "", from, seeds);
      rows[at] = row;
      if (!json) process.stdout.write(lineOf(row));
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
  } finally {
    await dropCopy(server, place.template);
    build.remove();
    await server.stop();
  }
  if (json) process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`);
  return rows.every(({ holds }) => holds) ? 0 : 1;
}

process.exitCode = await main();
