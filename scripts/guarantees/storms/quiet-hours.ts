import type { Field } from "../field";
import { DESKS_ALONE } from "./bookings";
import { setClock } from "./hours";
import { waitUntil } from "./pause";
import { countOpen, enqueue, readState, setPace, type Queued } from "./queue";
import type { Storm } from "./storms";

/* At 03:00 UTC it becomes 20:00 for a US number in Phoenix and 21:00 in Costa Rica, when their hours end, and 08:00 in
   Karachi, when they begin. None of the three knows another time in summer. */
const EDGE_HOUR_UTC = 3;
const PLACES = [
  { zone: "America/Phoenix", number: (at: number) => `+1480555${1000 + at}`, opensAfterHours: 13 },
  { zone: "America/Costa_Rica", number: (at: number) => `+5062222${1000 + at}`, opensAfterHours: 11 },
  { zone: "Asia/Karachi", number: (at: number) => `+92300123${1000 + at}`, opensAfterHours: 0 },
] as const;

const EACH = 12;
const PER_SECOND = 12;
const BEFORE_MS = 1200;
const [HOUR_MS, SOON_HOURS, TOLERANCE_SECONDS] = [3_600_000, 1, 20];
const DONE_WITHIN_MS = 60_000;

/** F29. The evening's edge passes in two zones, and the morning's in a third, while a queue is worked; the rest goes next morning. */
export const nightfall: Storm = {
  ...DESKS_ALONE,
  during: async (field) => {
    await setPace(field, "twilio_sms", PER_SECOND);
    const edge = new Date();
    edge.setUTCHours(24 + EDGE_HOUR_UTC, 0, 0, 0);
    await setClock(field, new Date(edge.getTime() - BEFORE_MS));
    const wishes = Array.from({ length: EACH }, (_, at) =>
      PLACES.map(({ zone, number }) => ({
        ...{ to: number(at), zone, sendClass: "reminder" as const, text: `your visit is tomorrow, ${number(at)}` },
      })),
    );
    const queued = await enqueue(field, wishes.flat());
    const isSettled = await waitUntil(async () => (await countSoon(field)) === 0, DONE_WITHIN_MS);
    const problems = isSettled ? [] : ["I17: the evening's queue is not worked off"];
    problems.push(...(await evening(field, queued)));
    await setClock(field, new Date(edge.getTime() + PLACES[0].opensAfterHours * HOUR_MS + 1000));
    const isOver = await waitUntil(async () => {
      await field.database.hurry();
      return (await countOpen(field, queued)) === 0;
    }, DONE_WITHIN_MS);
    const states = [...(await readState(field, queued)).values()];
    const lost = states.filter(({ status }) => !["sent", "delivered", "read"].includes(status));
    if (!isOver || lost.length > 0) problems.push(`${lost.length} did not go next morning`);
    return problems;
  },
};

/** What is on its way or due within the hour. */
const countSoon = async ({ database }: Field): Promise<number> =>
  (
    await database.query(
      "select from outbox where state = 'sending' or state = 'due' and due_at < now() + $1::int * interval '1 hour'",
      [SOON_HOURS],
    )
  ).length;

/** Where it is morning all has gone; elsewhere what is left waits for that place's own next morning. */
async function evening(field: Field, queued: Queued[]): Promise<string[]> {
  const { database } = field;
  const [clock] = await database.query<{ past: number }>(
    `select extract(epoch from now() + ahead - date_trunc('day', (now() + ahead) at time zone 'UTC') at time zone 'UTC'
       - interval '${EDGE_HOUR_UTC} hours')::float8 as past from fire.clock order by n desc limit 1`,
  );
  const states = await readState(field, queued);
  const problems: string[] = [];
  let waiting = 0;
  for (const { zone, opensAfterHours } of PLACES) {
    const left = queued
      .filter((one) => one.zone === zone)
      .flatMap(({ outboxId }) => states.get(outboxId) ?? [])
      .filter(({ state }) => state === "due");
    waiting += left.length;
    const wrong = left.filter(
      ({ dueIn }) => Math.abs(dueIn + (clock?.past ?? 0) - opensAfterHours * 3600) > TOLERANCE_SECONDS,
    );
    if (wrong.length > 0) problems.push(`${wrong.length} in ${zone} do not wait for their next morning`);
    if (opensAfterHours === 0 && left.length > 0)
      problems.push(`${left.length} still wait in ${zone}, where it is day`);
  }
  return waiting > 0 ? problems : [...problems, "nothing was left for the morning"];
}
