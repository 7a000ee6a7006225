import type { Fault } from "@/stubs/twilio/faults";
import type { Random } from "./random";

/** What goes wrong in one run. Crashes: where a worker dies in its first life, its second, and so on. */
export interface Faults {
  web: string[];
  jobs: string[];
  jobWorkers: number;
  carrier: Fault[];
  /** How many times each webhook is delivered at once. */
  deliveries: number;
  /** Between the carrier's statuses; undefined: it never tells. */
  statusEveryMs: number | undefined;
  /** Database connections cut a second, as long as patients write. */
  cutsPerSecond: number;
  /** Messages of each patient that arrive together, before anything else. */
  burst: number;
  lateStatuses: boolean;
}

const NONE: Faults = {
  ...{ web: [], jobs: [], jobWorkers: 1, carrier: [], deliveries: 1, statusEveryMs: 40 },
  ...{ cutsPerSecond: 0, burst: 0, lateStatuses: false },
};

const IN_WEB = ["K1", "K2", "K3"];
const IN_JOBS = ["K4", "K5", "K6", "K7", "K8", "K9", "K10"];
const nth = (random: Random) => random.below(3) + 1;
const anyOf = (points: string[], random: Random) => `${points[random.below(points.length)]}:${nth(random)}`;

/** Every other seed dies a second time, while it recovers. */
function killAt(point: string, random: Random, seed: number): Faults {
  const isWeb = IN_WEB.includes(point);
  const crashes = [`${point}:${nth(random)}`];
  if (seed % 2 === 0) crashes.push(anyOf(isWeb ? IN_WEB : IN_JOBS, random));
  const statusEveryMs = point === "K10" && random.chance(0.5) ? undefined : random.below(80);
  return { ...NONE, statusEveryMs, ...(isWeb ? { web: crashes } : { jobs: crashes }) };
}

type Maker = (random: Random, seed: number) => Faults;

const kills = Object.fromEntries(
  [...IN_WEB, ...IN_JOBS].map((point): [string, Maker] => [point, (random, seed) => killAt(point, random, seed)]),
);

/** What each guarantee does to the product, by its id. */
export const GUARANTEES: Record<string, Maker> = {
  ...kills,
  F01: (random) => ({
    ...NONE,
    jobWorkers: 2,
    web: [anyOf(IN_WEB, random), anyOf(IN_WEB, random)],
    jobs: [anyOf(IN_JOBS, random), anyOf(IN_JOBS, random), anyOf(IN_JOBS, random)],
  }),
  F05: () => ({ ...NONE, jobWorkers: 2, cutsPerSecond: 5 }),
  F06: () => ({ ...NONE, jobWorkers: 2, deliveries: 5 }),
  F07: () => ({ ...NONE, statusEveryMs: undefined, lateStatuses: true }),
  F08: () => ({ ...NONE, jobWorkers: 2, burst: 8 }),
  F12: (random) => ({
    ...NONE,
    carrier: [
      { kind: "stall", ms: 300 + random.below(300), isAccepted: true },
      { kind: "reset", isAccepted: random.chance(0.5) },
      { kind: "reset", isAccepted: true },
    ],
  }),
};
