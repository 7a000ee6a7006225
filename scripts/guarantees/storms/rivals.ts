import { slotsOf, type Told } from "../desks";
import type { Field } from "../field";
import { canMeasure } from "./pause";
import type { Storm } from "./storms";

const RIVALS = 64;
const ANSWERED_WITHIN_MS = 2000;
const count = (told: Told[], status: number) => told.filter((one) => one.status === status).length;
const times = (length: number, work: (at: number) => Promise<Told>) =>
  Promise.all(Array.from({ length }, (_, at) => work(at)));

/** F25. 64 for one place, 64 for 64, and visits that want each other's place. */
export const rivals: Storm = {
  hasTalks: false,
  during: async (field) => [...(await forOne(field)), ...(await forEach(field)), ...(await swaps(field))],
  after: async ({ database }) => {
    await database.query("select pg_stat_force_next_flush()");
    const [row] = await database.query<{ deadlocks: number }>(
      "select deadlocks::int from pg_stat_database where datname = current_database()",
    );
    return row?.deadlocks === 0 ? [] : [`${row?.deadlocks} deadlocks`];
  },
};

async function forOne({ desks, place }: Field): Promise<string[]> {
  const [slot] = slotsOf(place.cast, 1);
  if (!slot) return ["no place"];
  const told = await times(RIVALS, (at) => desks.book(`for-one-${at}`, slot));
  const clean = told.filter(({ status, answer }) => status === 409 && answer.includes('"SLOT_TAKEN"'));
  const slow = clean.filter(({ ms }) => ms > ANSWERED_WITHIN_MS && canMeasure());
  const problems = slow.length > 0 ? [`${slow.length} of ${RIVALS} waited for longer than two seconds`] : [];
  if (count(told, 201) !== 1 || clean.length !== RIVALS - 1)
    problems.push(`I6: ${count(told, 201)} winners and ${clean.length} clean refusals of ${RIVALS}`);
  return problems;
}

async function forEach({ desks, place }: Field): Promise<string[]> {
  const slots = slotsOf(place.cast, RIVALS + 1).slice(1);
  const told = await Promise.all(slots.map((slot, at) => desks.book(`for-each-${at}`, slot)));
  return count(told, 201) === RIVALS ? [] : [`${count(told, 201)} of ${RIVALS} got their own place`];
}

const SWAPS = 4;

/** Neither loses its place, whoever is first; both are answered by a rule. */
async function swaps({ desks, place }: Field): Promise<string[]> {
  const problems: string[] = [];
  const slots = slotsOf(place.cast, RIVALS + 1 + 2 * SWAPS).slice(RIVALS + 1);
  for (let at = 0; at < SWAPS; at++) {
    const [here, there] = [slots[2 * at], slots[2 * at + 1]];
    if (!here || !there) return ["no place"];
    const [one, two] = await Promise.all([desks.book(`here-${at}`, here), desks.book(`there-${at}`, there)]);
    const [a, b] = [visitOf(one), visitOf(two)];
    const moved = await Promise.all([desks.move(`to-there-${at}`, a, there), desks.move(`to-here-${at}`, b, here)]);
    if (moved.some(({ status }) => status !== 200 && status !== 409))
      problems.push(`a swap was answered ${moved.map(({ status }) => status).join(" and ")}`);
  }
  return problems;
}

/** The id in our own envelope. */
const visitOf = ({ answer }: Told) => (JSON.parse(answer) as { data: { id: string } }).data.id;
