import type { Field } from "../field";
import { DESKS_ALONE } from "./bookings";
import { setDecentHour } from "./hours";
import { pause, waitUntil } from "./pause";
import { countOpen, enqueue, entriesOf, numbersOf, readState, type Queued, type Wish } from "./queue";
import type { Storm } from "./storms";

const [STOPPED = "", WRONG = "", REMINDED = "", ASKED = "", TYPED = "", LATE = ""] = numbersOf(6);
/** Longer than the first wait for another try. */
const A_RETRY_LATER_MS = 900;
const SETTLED_WITHIN_MS = 30_000;

const onWhatsapp = (to: string, sendClass: Wish["sendClass"], purpose?: string): Wish => ({
  ...{ to, sendClass, by: "whatsapp_cloud", text: "about your visit" },
  ...(purpose && { purpose }),
});

/** F14. What a vendor refuses for good teaches something and is never tried again. */
export const refusals: Storm = {
  ...DESKS_ALONE,
  during: async (field) => {
    const { carrier, whatsapp } = field;
    await setDecentHour(field);
    await carrier.fail([
      { kind: "error", code: 21610, to: STOPPED },
      { kind: "error", code: 21211, to: WRONG },
    ]);
    const closed = [REMINDED, ASKED, TYPED].map((to) => ({ kind: "error", code: 131047, to: bare(to) }) as const);
    await whatsapp?.fail([...closed, { kind: "fails_later", code: 131047, to: bare(LATE) }]);
    const reminder = { text: "about your visit", sendClass: "reminder" } as const;
    const first = await enqueue(field, [
      { ...reminder, to: STOPPED },
      { ...reminder, to: WRONG },
      onWhatsapp(REMINDED, "reminder", "reminder_24h"),
      onWhatsapp(ASKED, "reply"),
      onWhatsapp(TYPED, "staff"),
      onWhatsapp(LATE, "reminder", "reminder_24h"),
    ]);
    await settle(field, first);
    const second = await enqueue(field, [
      { ...reminder, text: "about another visit", to: STOPPED },
      { ...reminder, text: "about another visit", to: WRONG },
    ]);
    await settle(field, second);
    await pause(A_RETRY_LATER_MS);
    return [...(await learnt(field, first, second)), ...(await byTemplate(field, first))];
  },
};

/** As WhatsApp writes numbers. */
const bare = (number: string) => number.slice(1);

async function settle(field: Field, queued: Queued[]): Promise<void> {
  await waitUntil(async () => (await countOpen(field, queued)) === 0, SETTLED_WITHIN_MS);
}

/** Consent is recorded, the number is marked, staff are told; what follows isn't even tried. */
async function learnt(field: Field, first: Queued[], second: Queued[]): Promise<string[]> {
  const { database } = field;
  const states = await readState(field, [...first, ...second]);
  const problems: string[] = [];
  const expect = (what: string, is: unknown, should: unknown) => {
    if (is !== should) problems.push(`${what}: ${String(is)} instead of ${String(should)}`);
  };
  const tries = (queued: Queued | undefined) => queued && entriesOf(field.ledger(), "request", queued).length;
  const endOf = (queued: Queued | undefined) => states.get(queued?.outboxId ?? "");
  for (const [at, code, reason] of [
    [0, "21610", "opted_out"],
    [1, "21211", "number_bad"],
  ] as const) {
    expect(`tries after ${code}`, tries(first[at]), 1);
    expect(`end after ${code}`, endOf(first[at])?.why, code);
    expect(`tries of the next after ${code}`, tries(second[at]), 0);
    expect(`end of the next after ${code}`, endOf(second[at])?.why, reason);
  }
  const [consent] = await database.query<{ how: string }>(
    `select s.how from consents s join contact_points p on p.id = s.contact_point_id
     where p.value = $1 and s.channel_kind = 'sms' and s.purpose = 'service' and s.state = 'out'`,
    [STOPPED],
  );
  expect("the stop that the carrier told", consent?.how, "carrier");
  const [marked] = await database.query<{ why: string }>(
    "select unreachable_reason as why from contact_points where value = $1",
    [WRONG],
  );
  expect("the mark on the wrong number", marked?.why, "21211");
  expect("tasks about the wrong number", await countTasks(field, WRONG), 1);
  return problems;
}

/** Once as it was, once as the template; what has none is for staff. */
async function byTemplate(field: Field, first: Queued[]): Promise<string[]> {
  const problems: string[] = [];
  for (const to of [REMINDED, ASKED, LATE]) {
    const taken = field.ledger().filter((entry) => entry.kind === "accepted" && entry.to === to);
    const templates = taken.filter(({ text }) => text?.includes('"language"'));
    const asked = field.ledger().filter((entry) => entry.kind === "request" && entry.to === to);
    if (asked.length !== 2 || templates.length !== 1)
      problems.push(`131047: ${asked.length} tries to ${to}, ${templates.length} by template`);
  }
  const typed = first.find(({ to }) => to === TYPED);
  const tries = typed ? entriesOf(field.ledger(), "request", typed).length : 0;
  const tasks = await countTasks(field, TYPED);
  if (tries !== 1 || tasks !== 1) problems.push(`131047 without a template: ${tries} tries, ${tasks} tasks for staff`);
  return problems;
}

const countTasks = async ({ database }: Field, value: string): Promise<number> =>
  (
    await database.query(
      `select from tasks t join conversations c on c.id = t.conversation_id join contact_points p on p.id = c.contact_point_id
       where p.value = $1 and t.reason = 'send_failed'`,
      [value],
    )
  ).length;
