import type { Field } from "../field";
import { DESKS_ALONE } from "./bookings";
import { setDecentHour } from "./hours";
import { waitUntil } from "./pause";
import { countOpen, enqueue, readState, setPace, type Queued, type Wish } from "./queue";
import type { Storm } from "./storms";

const PEOPLE = 10;
const PER_SECOND = 60;
const DONE_WITHIN_MS = 60_000;
const CAPPED: readonly Wish["sendClass"][] = ["offer", "marketing"];

/**
 * F30. Within a minute everybody, by both of their numbers, is to get two invitations, an offer, two reminders and news of
 * their visit: one of the invitations and offers goes, whichever is first; the rest is never in their way.
 */
export const caps: Storm = {
  ...DESKS_ALONE,
  during: async (field) => {
    const { random } = field;
    await setDecentHour(field);
    await setPace(field, "twilio_sms", PER_SECOND);
    const wishes = Array.from({ length: PEOPLE }, (_, at) => wishesOf(at)).flat();
    const queued = await enqueue(
      field,
      shuffled(wishes, () => random.below(1_000_000)),
    );
    const isOver = await waitUntil(async () => (await countOpen(field, queued)) === 0, DONE_WITHIN_MS);
    return [...(isOver ? [] : ["I17: not all is decided"]), ...(await judge(field, queued))];
  },
};

const shuffled = <T>(all: readonly T[], draw: () => number): T[] =>
  all
    .map((one) => ({ one, rank: draw() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);

function wishesOf(at: number): Wish[] {
  const [one, other] = [`+1202555${7000 + at}`, `+1202555${7500 + at}`];
  const to = (number: string, sendClass: Wish["sendClass"], text: string): Wish => ({
    ...{ to: number, person: one, sendClass, text: `${text}, ${one}` },
  });
  return [
    ...[to(one, "marketing", "it is time again"), to(other, "marketing", "we have missed you")],
    ...[to(one, "offer", "an earlier time is free"), to(one, "reminder", "your visit is tomorrow")],
    ...[to(other, "reminder", "your visit is in three hours"), to(other, "service", "your visit was moved")],
  ];
}

async function judge(field: Field, queued: Queued[]): Promise<string[]> {
  const states = await readState(field, queued);
  const endOf = ({ outboxId }: Queued) => states.get(outboxId);
  const isSent = (one: Queued) => ["sent", "delivered", "read"].includes(endOf(one)?.status ?? "");
  const problems: string[] = [];
  for (const person of new Set(queued.map((one) => one.person))) {
    const theirs = queued.filter((one) => one.person === person);
    const invited = theirs.filter(({ sendClass }) => CAPPED.includes(sendClass));
    const sent = invited.filter(isSent);
    const capped = invited.filter((one) => endOf(one)?.why === "cap_reached");
    if (sent.length !== 1 || capped.length !== invited.length - 1)
      problems.push(`${sent.length} invitations went to one person in a minute, ${capped.length} met the cap`);
    const missed = theirs.filter((one) => !CAPPED.includes(one.sendClass) && !isSent(one));
    if (missed.length > 0) problems.push(`invitations kept back ${missed.map(({ sendClass }) => sendClass).join()}`);
  }
  return problems;
}
