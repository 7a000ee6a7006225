import type { Field } from "../field";
import { pause, waitUntil } from "./pause";
import type { Storm } from "./storms";

/** Leases last a second here, of turns and of sends; a minute and a half stands to a minute as this does to them. */
const LEASE_SECONDS = 1;
export const HALT_MS = 1500;
const BLOCKED_MS = 5000;
const LEASES_END_FOR_MS = 6000;
const LOOK_MS = 100;
const PATIENCE_MS = 60_000;
const LONER = "+12025550185";

/**
 * F33. A worker stands still with a turn in its hands, another takes the turn over and stands still as well, and the first
 * goes on where it was; later one stands still at any point, and the server's event loop is busy for five seconds.
 */
export const standstill: Storm = {
  mayFail: true,
  before: async (field) => {
    const { database, phones, jobs } = field;
    await phones.send({ from: LONER, text: "are you open on friday?" });
    const areHalted = await waitUntil(async () => {
      await hasten(field);
      return jobs.every(({ halts }) => halts > 0);
    }, PATIENCE_MS);
    if (!areHalted) return ["a turn that is held by one who stands still is nobody else's"];
    await pause(HALT_MS); // the second holds it, when the first goes on
    const isTaken = await waitUntil(async () => {
      await hasten(field);
      return (await database.backlog()) === 0;
    }, PATIENCE_MS);
    return isTaken ? [] : ["I17: a turn was left in the hands of one that stood still"];
  },
  during: async (field) => {
    const until = performance.now() + LEASES_END_FOR_MS;
    setTimeout(() => field.web.block(BLOCKED_MS), field.random.below(1000));
    while (performance.now() < until) await hasten(field);
    return [];
  },
};

/** Time passes faster: for leases, and for what waits. */
async function hasten({ database }: Field): Promise<void> {
  await database.endLeasesAfter(LEASE_SECONDS);
  await database.hurry();
  await pause(LOOK_MS);
}
