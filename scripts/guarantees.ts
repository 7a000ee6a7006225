import { execFileSync } from "node:child_process";
import { freemem } from "node:os";
import { parseArgs } from "node:util";
import { buildPrograms } from "./guarantees/build";
import { GUARANTEES } from "./guarantees/faults";
import { openPlace, openPlaceApart, type Place } from "./guarantees/place";
import { randomOf } from "./guarantees/random";
import { run } from "./guarantees/run";

const HELP = `Usage: npm run guarantees -- [options]

Kills, repeats and cuts the product's own processes on a real Postgres while patients write, and asks every
invariant afterwards, the carrier's ledger against the tables. One line a guarantee.

  --seeds N             runs of each guarantee (20); of those that restart a process a quarter
  --from N              the first seed (1)
  --only F01,K3         these alone; there are: ${Object.keys(GUARANTEES).join(" ")}
  --jobs N              guarantees at a time (2 where memory allows)
  --json                (with npm run --silent) an array of {"id","holds","seeds","seconds","note"} and nothing else

With GUARANTEES_LOG=info in the environment the product's own log lines are shown.
A run that breaks prints its seed, its faults and the command that repeats it. The exit code is 1 when one doesn't hold.
`;

interface Row {
  id: string;
  holds: boolean;
  seeds: number;
  seconds: number;
  note: string;
}

/** Two runs are a server, two carriers and up to six workers. */
const MEMORY_FOR_TWO = 3_000_000_000;

const OPTIONS = {
  ...({ seeds: { type: "string", default: "20" }, from: { type: "string", default: "1" } } as const),
  ...({ jobs: { type: "string", default: freemem() > MEMORY_FOR_TWO ? "2" : "1" }, only: { type: "string" } } as const),
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
async function check(place: Place, id: string, from: number, most: number): Promise<Row> {
  const started = performance.now();
  const guarantee = GUARANTEES[id];
  const seeds = guarantee?.restarts ? Math.ceil(most / 4) : most;
  let [booked, deaths, done] = [0, 0, 0];
  const rowOf = (holds: boolean, note: string): Row => ({
    ...{ id, holds, seeds: done, note },
    seconds: Math.round((performance.now() - started) / 100) / 10,
  });
  if (id.startsWith("K") && !place.build.points.has(id)) return rowOf(false, "no such point in the sources");
  for (let seed = from; guarantee && seed < from + seeds; seed++) {
    const random = randomOf(seed);
    const faults = guarantee.faultsOf(random, seed);
    const report = await run(place, faults, random).catch((error: unknown) => ({
      ...{ problems: [`the run itself failed: ${String(error)}`], deaths: 0, booked: 0 },
    }));
    done += 1;
    booked += report.booked;
    deaths += report.deaths;
    if (report.problems.length > 0) {
      const again = `npm run guarantees -- --only ${id} --from ${seed} --seeds 1`;
      return rowOf(
        false,
        `seed ${seed} at ${commit()}: ${report.problems.join("; ")} | ${JSON.stringify(faults)} | ${again}`,
      );
    }
  }
  if (booked === 0) return rowOf(false, "nobody got as far as a visit");
  const lacks = guarantee?.lacks ? `; ${guarantee.lacks}` : "";
  return rowOf(true, `${deaths} kills, ${booked} visits booked${lacks}`);
}

const lineOf = ({ id, holds, seeds, seconds, note }: Row) =>
  `${holds ? "holds" : "  no "}  ${id.padEnd(4)} ${seeds} seeds, ${seconds} s  ${note}\n`;

/** The places that these guarantees need, each opened once. */
async function openPlaces(ids: string[]) {
  const build = await buildPrograms();
  const needsApart = (id: string) => GUARANTEES[id]?.faultsOf(randomOf(1), 1).isApart === true;
  const shared = ids.every(needsApart) ? undefined : await openPlace(build);
  const apart = ids.some(needsApart) ? await openPlaceApart(build) : undefined;
  const close = async () => {
    await shared?.close();
    await apart?.close();
    build.remove();
  };
  let lastApart: Promise<unknown> = Promise.resolve();
  return {
    placeOf: (id: string) => (needsApart(id) ? apart : shared),
    /** The server apart is stopped and filled: one at a time. */
    inTurn: <T>(id: string, work: () => Promise<T>): Promise<T> => {
      if (!needsApart(id)) return work();
      const mine = lastApart.then(work);
      lastApart = mine.catch(() => undefined);
      return mine;
    },
    close,
  };
}

async function main(): Promise<number> {
  const { ids, seeds, from, jobs, json, help } = readFlags();
  if (help) return (process.stdout.write(HELP), 0);
  const { placeOf, inTurn, close } = await openPlaces(ids);
  const rows: Row[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < ids.length; at = next++) {
      const id = ids[at] ?? "";
      const place = placeOf(id);
      if (!place) continue;
      const row = await inTurn(id, () => check(place, id, from, seeds));
      rows[at] = row;
      if (!json) process.stdout.write(lineOf(row));
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
  } finally {
    await close();
  }
  if (json) process.stdout.write(`${JSON.stringify(rows, null, 1)}\n`);
  return rows.every(({ holds }) => holds) ? 0 : 1;
}

process.exitCode = await main();
