import type { Field } from "../field";
import { bookInPairs } from "./bookings";
import { hammer } from "./hammer";
import { pause, waitUntil } from "./pause";
import type { Storm } from "./storms";

/** How long the server is away: a second, and what thirty are in a run of ten. */
const AWAY_MS = [1000, 4000];

/** F02. The server is stopped in the middle of everything, and comes back. */
export const blackout: Storm = {
  mayFail: true,
  during: async (field) => {
    const { place, random, phones, carrier } = field;
    if (!place.power) throw new Error("no server to stop");
    const booking = bookInPairs(field, 24);
    await pause(200 + random.below(1200));
    await place.power.stopNow();
    field.cuts += 1;
    const said = carrier.ledger().length;
    const waiting = phones.send({ from: "+12025550181", text: "are you open on friday?" });
    const problems = await hammer(field, 503, { most: 10, forMs: 1000 });
    await pause(AWAY_MS[random.below(AWAY_MS.length)] ?? 0);
    const during = carrier.ledger().slice(said);
    await place.power.start();
    await waiting;
    const answers = new Set(during.flatMap(({ kind, status }) => (kind === "webhook" && status ? [status] : [])));
    for (const status of answers)
      if (status !== "503") problems.push(`a webhook was answered ${status} without a database`);
    if (answers.size === 0) problems.push("no webhook came while the database was away");
    return [...problems, ...(await booking)];
  },
};

const ERRORS = 1000;
const ERRORS_FOR_MS = 5000;
const LOCKED_AT_MOST_MS = 8000;

/** F03. No connection is to be had; then all that there are wait for a lock, and the rest for one of them. */
export const noConnections: Storm = {
  mayFail: true,
  during: async (field) => {
    const { database } = field;
    await pause(field.random.below(500));
    await database.query(`alter database "${database.name}" connection limit 0`);
    await database.cut("all");
    field.cuts += 1;
    const refused = await hammer(field, 503, { most: ERRORS, forMs: ERRORS_FOR_MS });
    await database.query(`alter database "${database.name}" connection limit -1`);
    return [...refused, ...(await waitForLock(field))];
  },
  after: async ({ web, faults }) => {
    const isCalm = await waitUntil(async () => {
      const { totalCount, idleCount, waitingCount } = await web.poolCounts();
      return waitingCount === 0 && totalCount === idleCount && totalCount <= faults.poolSize;
    }, 3000);
    return isCalm ? [] : [`the pool leaks: ${JSON.stringify(await web.poolCounts())} of ${faults.poolSize}`];
  },
};

/** The table of raw events is locked: who got a connection waits in the database, the others for two seconds. */
async function waitForLock({ database, carrier, phones, faults }: Field): Promise<string[]> {
  const said = carrier.ledger().length;
  const heard = () =>
    carrier
      .ledger()
      .slice(said)
      .flatMap(({ kind, status }) => (kind === "webhook" && status ? [status] : []));
  const sent: Promise<void>[] = [];
  const isRefused = await database.session(async (client) => {
    await client.query("begin; lock table webhook_events in access exclusive mode");
    for (let at = 0; at < 2 * faults.poolSize + 8; at++)
      sent.push(phones.send({ from: "+12025550182", text: `line ${at}` }));
    const found = await waitUntil(() => heard().includes("503"), LOCKED_AT_MOST_MS);
    await client.query("commit");
    return found;
  });
  await Promise.all(sent);
  const odd = heard().filter((status) => status !== "200" && status !== "503");
  const problems = [...new Set(odd)].map((status) => `a webhook was answered ${status} while the table was locked`);
  return isRefused ? problems : [...problems, "nobody waited too long for a connection"];
}

const CUTS_PER_SECOND = 5;
const CUT_FOR_MS = 6000;

/** F05. Connections are cut at random, five a second, while patients write and desks book. */
export const cuts: Storm = {
  mayFail: true,
  during: async (field) => {
    const booking = bookInPairs(field, 30);
    const until = performance.now() + CUT_FOR_MS;
    while (performance.now() < until) {
      field.cuts += 1;
      await field.database.cut("one");
      await pause(1000 / CUTS_PER_SECOND);
    }
    return booking;
  },
};
