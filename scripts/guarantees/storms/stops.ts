import type { Field } from "../field";
import { bookInPairs } from "./bookings";
import { EARLY_AFTERNOON, liveWhereItIs } from "./hours";
import { canMeasure, pause, waitUntil } from "./pause";
import { countOpen, enqueue, entriesOf, numbersOf, readState, setPace, type Queued } from "./queue";
import type { Storm } from "./storms";

const [RECIPIENTS, STOPPING, AFTERWARDS] = [30, 10, 30];
const PER_SECOND = 15;
/** Well before the queue is through. */
const STOPS_WITHIN_MS = 1500;
const DONE_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 1000;

/** F28. A third of all recipients stop while the queue is worked; then the clinic ends all automatic sends at once. */
export const stops: Storm = {
  hasTalks: false,
  mayFail: true, // a claim and a stop that want the same person may wait for each other for too long, and are done anew
  during: async (field) => {
    const booking = await bookInPairs(field, 1);
    await liveWhereItIs(field, EARLY_AFTERNOON);
    await setPace(field, "twilio_sms", PER_SECOND);
    return [...booking, ...(await stopOneByOne(field)), ...(await stopAll(field))];
  },
};

async function stopOneByOne(field: Field): Promise<string[]> {
  const { phones, random } = field;
  const numbers = numbersOf(RECIPIENTS, 5000);
  const queued = await enqueue(field, [
    ...numbers.map((to) => ({ to, text: `your visit is tomorrow, ${to}`, sendClass: "reminder" }) as const),
    ...numbers.map((to) => ({ to, text: `and it was moved, ${to}`, sendClass: "service" }) as const),
  ]);
  const stopping = numbers.filter((_, at) => at % (RECIPIENTS / STOPPING) === 0);
  const stopped = stopping.map(async (from) => {
    await pause(random.below(STOPS_WITHIN_MS));
    await phones.send({ from, text: "STOP" });
  });
  await Promise.all(stopped);
  const isOver = await waitUntil(async () => (await countOpen(field, queued)) === 0, DONE_WITHIN_MS);
  const problems = isOver ? [] : ["I17: the queue is not worked off"];
  await waitUntil(async () => (await countConfirmed(field)) >= STOPPING, DONE_WITHIN_MS);
  const confirmed = await countConfirmed(field);
  if (confirmed !== STOPPING) problems.push(`${confirmed} of ${STOPPING} were told that they have stopped`);
  return [...problems, ...(await keptBack(field, queued, stopping))];
}

const countConfirmed = async ({ database }: Field): Promise<number> =>
  (
    await database.query(
      "select from messages where send_class = 'optout_confirmation' and status in ('sent', 'delivered', 'read')",
    )
  ).length;

/** Whoever didn't stop got everything; of the others something was waiting, and it is kept back for that reason. */
async function keptBack(field: Field, queued: Queued[], stopping: string[]): Promise<string[]> {
  const states = await readState(field, queued);
  const endOf = ({ outboxId }: Queued) => states.get(outboxId);
  const isSent = (one: Queued) => ["sent", "delivered", "read"].includes(endOf(one)?.status ?? "");
  const theirs = queued.filter(({ to }) => stopping.includes(to));
  const lost = queued.filter((one) => !stopping.includes(one.to) && !isSent(one));
  const kept = theirs.filter((one) => !isSent(one));
  const odd = kept.filter((one) => endOf(one)?.status !== "suppressed" || endOf(one)?.why !== "opted_out");
  const problems = kept.length > 0 || !canMeasure() ? [] : ["every stop came too late to keep anything back"];
  if (lost.length > 0) problems.push(`${lost.length} were not sent to people who never stopped`);
  if (odd.length > 0) problems.push(`${odd.length} were kept back for another reason than the stop`);
  return problems;
}

/** In the middle of a queue the clinic's one switch is turned: within a second nothing begins any more. */
async function stopAll(field: Field): Promise<string[]> {
  const { database, ledger } = field;
  const queued = await enqueue(
    field,
    numbersOf(AFTERWARDS, 6000).map((to) => ({ to, text: `a reminder to ${to}`, sendClass: "reminder" }) as const),
  );
  const begun = () => queued.flatMap((one) => entriesOf(ledger(), "request", one).map(({ at }) => Date.parse(at)));
  await waitUntil(() => begun().length > 3, DONE_WITHIN_MS);
  await database.query("update clinics set has_automatic_sends = false");
  const ended = Date.now();
  await waitUntil(async () => (await countOpen(field, queued)) === 0, DONE_WITHIN_MS);
  const late = begun().filter((at) => at > ended + ENDS_WITHIN_MS);
  const kept = [...(await readState(field, queued)).values()].filter(({ why }) => why === "sends_stopped");
  const problems = kept.length > 0 ? [] : ["the switch kept nothing back"];
  return late.length === 0 || !canMeasure()
    ? problems
    : [...problems, `${late.length} sends began after all were ended`];
}
