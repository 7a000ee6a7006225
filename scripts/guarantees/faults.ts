import type { Fault, WebhookFaults } from "@/stubs/twilio/faults";
import type { Random } from "./random";
import type { STORMS } from "./storms/storms";

/** What goes wrong in one run. Crashes: where a worker dies in its first life, its second, and so on. */
export interface Faults {
  web: string[];
  jobs: string[];
  /** How wrong the clock of each job worker goes, in hours; there are as many workers. */
  clocks: number[];
  /** Where each job worker stands still for longer than its lease, as `K4:1,K8:2`. */
  halts: string[];
  carrier: Fault[];
  webhooks: Partial<WebhookFaults>;
  /** Between the carrier's statuses; undefined: it never tells by itself. */
  statusEveryMs: number | undefined;
  /** What else happens, while patients write and, where it says so, after they have been answered. */
  storm: keyof typeof STORMS | undefined;
  /** WhatsApp takes part; without it the clinic's number there is mute. */
  hasWhatsapp: boolean;
  /** Nobody dies and no answer is lost: a slow machine must not look as if. */
  isCalm: boolean;
  /** Connections of each process. */
  poolSize: number;
  /** The server must be nobody else's. */
  isApart: boolean;
}

const NONE: Faults = {
  ...{ web: [], jobs: [], clocks: [0], halts: [], carrier: [], webhooks: {}, statusEveryMs: 40 },
  ...{ storm: undefined, hasWhatsapp: false, isCalm: false, poolSize: 10, isApart: false },
};
const TWO = { clocks: [0, 0] };
const ON_BOTH = { hasWhatsapp: true, isCalm: true, poolSize: 20 };
/** No statuses stand between the patients and whoever listens. */
const UNTOLD = { ...NONE, ...TWO, isCalm: true, statusEveryMs: undefined };

const IN_WEB = ["K1", "K2", "K3"];
const IN_JOBS = ["K4", "K5", "K6", "K7", "K8", "K9", "K10"];
const nth = (random: Random) => random.below(3) + 1;
const anyOf = (points: string[], random: Random) => `${points[random.below(points.length)]}:${nth(random)}`;

/** Every other seed dies a second time, while it recovers: at the same point or the one beside it. */
function killAt(point: string, random: Random, seed: number): Faults {
  const isWeb = IN_WEB.includes(point);
  const crashes = [`${point}:${nth(random)}`];
  if (seed % 2 === 0) crashes.push(anyOf(neighboursOf(point, isWeb ? IN_WEB : IN_JOBS), random));
  const statusEveryMs = point === "K10" && random.chance(0.5) ? undefined : random.below(80);
  return { ...NONE, statusEveryMs, ...(isWeb ? { web: crashes } : { jobs: crashes }) };
}

function neighboursOf(point: string, all: string[]): string[] {
  const at = all.indexOf(point);
  return all.slice(Math.max(0, at - 1), at + 2);
}

type Maker = (random: Random, seed: number) => Faults;

export interface Guarantee {
  faultsOf: Maker;
  /** Its faults restart a process, which takes its time: a quarter of the seeds. */
  restarts: boolean;
  /** What it speaks of and the product doesn't have yet. */
  lacks?: string;
}

const kills = Object.fromEntries(
  [...IN_WEB, ...IN_JOBS].map((point): [string, Guarantee] => [
    point,
    { faultsOf: (random, seed) => killAt(point, random, seed), restarts: true },
  ]),
);

const runs = (faultsOf: Maker): Guarantee => ({ faultsOf, restarts: false });
const restarts = (faultsOf: Maker): Guarantee => ({ faultsOf, restarts: true });

const lost = (random: Random): Fault => {
  const isAccepted = random.chance(0.5);
  return random.chance(0.5) ? { kind: "stall", ms: 2100, isAccepted } : { kind: "reset", isAccepted };
};

/** What each guarantee does to the product, by its id. */
export const GUARANTEES: Record<string, Guarantee> = {
  ...kills,
  F01: restarts((random) => ({
    ...{ ...NONE, ...TWO },
    web: [anyOf(IN_WEB, random), anyOf(IN_WEB, random)],
    jobs: [anyOf(IN_JOBS, random), anyOf(IN_JOBS, random), anyOf(IN_JOBS, random)],
  })),
  F02: restarts(() => ({ ...NONE, storm: "blackout", isApart: true })),
  F03: runs(() => ({ ...NONE, storm: "noConnections", poolSize: 4 })),
  F04: restarts(() => ({ ...NONE, storm: "noWrites", isApart: true })),
  F05: runs(() => ({ ...NONE, ...TWO, storm: "cuts" })),
  F06: runs(() => ({ ...NONE, ...TWO, webhooks: { copies: 5 }, storm: "aWeekLater" })),
  F07: runs((random) => ({
    ...{ ...NONE, statusEveryMs: undefined, storm: "disorder" },
    carrier: Array.from({ length: 1 + random.below(4) }, () => ({ kind: "status_first", status: "delivered" })),
  })),
  F08: runs(() => ({ ...NONE, ...TWO, storm: "photos" })),
  F09: runs(() => ({ ...NONE, storm: "strangers" })),
  F10: runs(() => ({ ...NONE, ...ON_BOTH, storm: "limits" })),
  F11: runs(() => ({ ...NONE, ...TWO, ...ON_BOTH, storm: "outage" })),
  F12: runs((random) => ({
    ...NONE,
    carrier: [
      { kind: "stall", ms: 2100, isAccepted: true },
      { kind: "reset", isAccepted: true },
      lost(random),
      lost(random),
    ],
  })),
  F13: runs(() => ({ ...NONE, storm: "closedPort" })),
  F14: runs(() => ({ ...NONE, ...TWO, ...ON_BOTH, storm: "refusals" })),
  F18: runs(() => ({ ...NONE, storm: "externalEvents" })),
  F21: {
    ...runs(() => ({ ...NONE, storm: "clockChanges" })),
    lacks: "reminders are not planned yet: that one fires once is not asked",
  },
  F26: runs(() => ({ ...NONE, ...TWO, storm: "lateYes" })),
  F20: restarts((_random, seed) => ({ ...NONE, clocks: [0, [1, -1, 24][seed % 3] ?? 1], storm: "wrongClock" })),
  F31: restarts(() => ({ ...NONE, ...TWO, storm: "backlog" })),
  F32: runs(() => ({ ...NONE, ...TWO, storm: "poison" })),
  F33: restarts((random) => ({
    ...{ ...NONE, ...TWO, storm: "standstill" },
    halts: ["K4:1", `K4:1,${anyOf(IN_JOBS, random)}`],
  })),
  F35: restarts(() => ({ ...NONE, storm: "restarts" })),
  F37: restarts(() => ({ ...NONE, storm: "restored", isApart: true })),
  F25: runs(() => ({ ...NONE, storm: "rivals" })),
  F28: {
    ...runs(() => ({ ...UNTOLD, storm: "stops" })),
    lacks:
      "campaigns are not there yet: a queue of reminders stands for one, the clinic's switch for its end; I16 is not asked",
  },
  F29: runs(() => ({ ...UNTOLD, storm: "nightfall" })),
  F30: {
    ...runs(() => ({ ...UNTOLD, storm: "caps" })),
    lacks: "campaigns and waitlist offers are not there yet: single messages of their classes stand for them",
  },
  F36: runs(() => ({ ...NONE, storm: "answeringMachines" })),
};
