import type { Field } from "../field";
import { DESKS_ALONE } from "./bookings";
import { PROBE_SECONDS } from "../times";
import { setDecentHour } from "./hours";
import { pause, waitUntil } from "./pause";
import { countOpen, enqueue, numbersOf, readState, setPace, type Queued } from "./queue";
import type { Storm } from "./storms";

/** Ten minutes to the half minute between two probes. */
const PROBES = 20;
const AWAY_MS = PROBES * PROBE_SECONDS * 1000;
/** For the claims that are under way when the breakers open. */
const SETTLES_MS = 500;
const OPENS_WITHIN_MS = 20_000;
const MORE_THAN_ENOUGH = 500;
const PER_SECOND = 100;
const [TEXTS, CHATS] = [90, 50];
const BACK_WITHIN_MS = 40_000;

/** F11. Both vendors answer 500 and 503 for a long time: a few tries, then one probe at a time; afterwards all goes, once. */
export const outage: Storm = {
  ...DESKS_ALONE,
  during: async (field) => {
    const { carrier, whatsapp, random } = field;
    await setDecentHour(field);
    await setPace(field, "twilio_sms", PER_SECOND);
    const status = random.chance(0.5) ? 503 : 500;
    const times = Array.from({ length: MORE_THAN_ENOUGH });
    await carrier.fail(times.map(() => ({ kind: "server_error", status })));
    await whatsapp?.fail(times.map(() => ({ kind: "error", code: 131000, status })));
    const queued = await enqueue(field, [
      ...numbersOf(TEXTS, 3000).map((to) => ({ to, text: `a reminder to ${to}`, sendClass: "reminder" }) as const),
      ...numbersOf(CHATS, 4000).map(
        (to) => ({ to, text: `news for ${to}`, sendClass: "service", by: "whatsapp_cloud" }) as const,
      ),
    ]);
    const areOpen = await waitUntil(async () => (await countOpened(field)) === 2, OPENS_WITHIN_MS);
    const problems = areOpen ? [] : [`${await countOpened(field)} breakers opened`];
    await pause(SETTLES_MS);
    const tries = () => [carrier.ledger(), whatsapp?.ledger() ?? []].map(countTries);
    const [began, before] = [performance.now(), tries()];
    await pause(AWAY_MS);
    const most = (performance.now() - began) / 1000 / PROBE_SECONDS + 2;
    const probes = tries().map((count, at) => count - (before[at] ?? 0));
    if (probes.some((count) => count > most))
      problems.push(`${probes.join(" and ")} tries with the breakers open, where ${Math.round(most)} are the most`);
    await Promise.all([carrier.forgive(), whatsapp?.forgive()]);
    const isOver = await waitUntil(async () => (await countOpen(field, queued)) === 0, BACK_WITHIN_MS);
    if (!isOver) problems.push(`I17: ${await countOpen(field, queued)} still wait long after the vendors are back`);
    return [...problems, ...(await outcome(field, queued))];
  },
};

const countOpened = async ({ database }: Field): Promise<number> =>
  (await database.query("select distinct target_id from audit_log where action = 'channel.breaker_open'")).length;

const countTries = (ledger: readonly { kind: string }[]): number =>
  ledger.filter(({ kind }) => kind === "request").length;

async function outcome(field: Field, queued: Queued[]): Promise<string[]> {
  const states = [...(await readState(field, queued)).values()];
  const lost = states.filter(({ status }) => !["sent", "delivered", "read"].includes(status));
  const problems = lost.map(({ id, status, why }) => `${id} is ${status} after the outage: ${why}`);
  const tasks = (await field.database.query("select from tasks where reason = 'channel_broken'")).length;
  return tasks === 1 ? problems : [...problems, `${tasks} tasks about the vendors`];
}
