import type { Field } from "../field";
import { pause, waitUntil } from "./pause";
import type { Storm } from "./storms";

const TALKERS = ["Jordan Reyes", "Dana Novak", "Sam Okafor", "Lee Moreau"];
const HOURS = ["9", "10", "11", "2 pm"];
const WRITERS = 12;
const LINES_EACH = 13;
const AT_ONCE = 12;
const ANSWERED_WITHIN_MS = 120_000;
const phoneOf = (at: number) => `+1202555${String(100 + at).padStart(4, "0")}`;

/** What somebody writes who gets no answer for an hour; the newest is about the visit. */
const linesOf = (at: number) => [
  ...["hello?", "is anybody there?", "I asked for a cleaning", "next Wednesday would be good", "hello again"],
  ...[`my name is ${TALKERS[at]}`, "are you there?", "I am still waiting", "please answer me", "anyone?", "well then"],
  `at ${HOURS[at]} please`,
];

/**
 * F31. The job engine is down for an hour while two hundred messages come in, each of which is taken; afterwards everybody
 * gets one answer, to the newest of theirs with all that they wrote before, and those who were booking book.
 */
export const backlog: Storm = {
  hasTalks: false,
  before: async (field) => {
    for (const at of TALKERS.keys())
      await field.phones.send({ from: phoneOf(at), text: "Hi, I would like to book a cleaning" });
    const areAnswered = await waitUntil(async () => {
      await field.database.hurry();
      return (await field.database.backlog()) === 0;
    }, ANSWERED_WITHIN_MS);
    return areAnswered ? [] : ["nobody was answered before"];
  },
  during: async (field) => {
    await Promise.all(field.jobs.map((worker) => worker.stop()));
    await field.bell.close();
    field.cuts += 1;
    await anHourPasses(field, "all");
    await writeAll(field);
    await anHourPasses(field, "new");
    const told = field.carrier.ledger().length;
    await field.bell.open();
    await Promise.all(field.jobs.map((worker) => worker.start()));
    return answered(field, told);
  },
  after: async ({ phones, database }) => {
    for (const at of TALKERS.keys()) await phones.send({ from: phoneOf(at), text: "yes" });
    const areBooked = await waitUntil(async () => {
      await database.hurry();
      return (await visits(database)) === TALKERS.length;
    }, ANSWERED_WITHIN_MS);
    return areBooked ? [] : [`${await visits(database)} of ${TALKERS.length} were booked on what they had written`];
  },
};

const visits = async (database: Field["database"]) =>
  (await database.query("select from appointments where status = 'scheduled'")).length;

/** Each writer's lines one after the other, a dozen writers at a time, so that a line is never before the one before. */
async function writeAll({ phones }: Field): Promise<void> {
  const talks = [
    ...TALKERS.map((_, at) => ({ from: phoneOf(at), lines: linesOf(at) })),
    ...Array.from({ length: WRITERS }, (_, at) => ({
      from: phoneOf(TALKERS.length + at),
      lines: Array.from({ length: LINES_EACH }, (_line, n) =>
        n < LINES_EACH - 1 ? `hello ${n}` : "are you open on friday?",
      ),
    })),
  ];
  let next = 0;
  const write = async () => {
    for (let talk = talks[next++]; talk; talk = talks[next++])
      for (const text of talk.lines) await phones.send({ from: talk.from, text });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, write));
}

const AGED = {
  all: { messages: ["occurred_at", "created_at"], turns: ["at", "created_at"], conversations: ["turn_due_at"] },
  new: { webhook_events: ["received_at"] },
};

/** What is there, or what waits to be read, is an hour older. */
async function anHourPasses({ database }: Field, what: keyof typeof AGED): Promise<void> {
  for (const [table, columns] of Object.entries(AGED[what]))
    await database.query(
      `update ${table} set ${columns.map((one) => `${one} = ${one} - interval '1 hour'`).join(", ")}`,
    );
}

/** Everybody is answered, once. */
async function answered({ carrier, database }: Field, since: number): Promise<string[]> {
  await waitUntil(async () => {
    await database.hurry();
    await pause(50);
    return (await database.backlog()) === 0;
  }, ANSWERED_WITHIN_MS);
  const replies = new Map<string, number>();
  for (const { kind, to = "" } of carrier.ledger().slice(since))
    if (kind === "accepted") replies.set(to, (replies.get(to) ?? 0) + 1);
  const phones = Array.from({ length: TALKERS.length + WRITERS }, (_, at) => phoneOf(at));
  const odd = phones.filter((phone) => replies.get(phone) !== 1);
  return odd.length === 0
    ? []
    : [`${odd.length} of ${phones.length} did not get one answer: ${odd.map((one) => replies.get(one) ?? 0).join()}`];
}
