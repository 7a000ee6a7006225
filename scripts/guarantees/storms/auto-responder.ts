import type { Field } from "../field";
import { quiet } from "../quiet";
import { DESKS_ALONE } from "./bookings";
import type { Storm } from "./storms";

/** Five turns, and the words that hand over. */
const MOST_ANSWERS = 6;
/** By then even two machines at their most patient have stopped. */
const MOST_ROUNDS = 12;
const ANYWAY = 2;

interface Machine {
  from: string;
  /** What it says to the bot's words, the n-th time. */
  says: (text: string, n: number) => string;
}

const THANKS = ["Thank you!", "You are welcome!", "Have a nice day!"];

/** Machines of other firms that answer whatever they are sent. */
const MACHINES: readonly Machine[] = [
  { from: "+12025558001", says: () => "Thank you for your message. Our office is closed, we will be back on Monday." },
  { from: "+12025558002", says: (_text, n) => `We have got your message, it is number ${4100 + n} in our list.` },
  { from: "+12025558003", says: (text) => `You wrote: ${text.slice(0, 40)}` },
  { from: "+12025558004", says: (_text, n) => THANKS[n % THANKS.length] ?? "" },
  {
    from: "+12025558005",
    says: (_text, n) =>
      `Welcome to Harbor Lamps, today's guest ${n}. Press 1 to book a repair, 2 for our opening hours.`,
  },
];

/** F36. Other people's machines answer every message of ours at once: after five turns a person is asked for, and it is quiet. */
export const answeringMachines: Storm = {
  ...DESKS_ALONE,
  during: async (field) => {
    const heard = new Map(MACHINES.map(({ from }) => [from, 0]));
    for (const { from } of MACHINES) await field.phones.send({ from, text: "Hello" });
    for (let round = 0; round < MOST_ROUNDS; round++) {
      if (!(await quiet(field))) return ["I17: not quiet between two machines"];
      const answered = await Promise.all(MACHINES.map((machine) => answer(field, machine, heard)));
      if (!answered.includes(true)) break;
    }
    for (let more = 0; more < ANYWAY; more++) {
      await Promise.all(MACHINES.map((machine) => speak(field, machine, MOST_ROUNDS + more)));
      await quiet(field);
    }
    return (await Promise.all(MACHINES.map((machine) => judge(field, machine)))).flat();
  },
};

const repliesTo = ({ carrier }: Field, { from }: Machine) =>
  carrier.ledger().filter(({ kind, to }) => kind === "accepted" && to === from);

/** False when the bot has said nothing new. */
async function answer(field: Field, machine: Machine, heard: Map<string, number>): Promise<boolean> {
  const count = repliesTo(field, machine).length;
  if (count <= (heard.get(machine.from) ?? 0)) return false;
  heard.set(machine.from, count);
  await speak(field, machine, count);
  return true;
}

const speak = (field: Field, machine: Machine, n: number): Promise<void> => {
  const { from, says } = machine;
  return field.phones.send({ from, text: says(repliesTo(field, machine).at(-1)?.text ?? "", n) });
};

async function judge(field: Field, machine: Machine): Promise<string[]> {
  const replies = repliesTo(field, machine).length;
  const [thread] = await field.database.query<{ status: string; tasks: number }>(
    `select c.status, (select count(*)::int from tasks t where t.conversation_id = c.id and t.reason = 'handoff') as tasks
     from conversations c join contact_points p on p.id = c.contact_point_id where p.value = $1`,
    [machine.from],
  );
  const is = `${replies} answers to machine ${machine.from.slice(-1)}, then ${thread?.status} with ${thread?.tasks} tasks`;
  const isRight = replies <= MOST_ANSWERS && thread?.status === "handoff" && thread.tasks === 1;
  return isRight ? [] : [is];
}
