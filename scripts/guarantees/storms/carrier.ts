import type { Field } from "../field";
import { pause, waitUntil } from "./pause";
import type { Storm } from "./storms";

/** F06. Everything comes five times at once (the run's faults say so), and once more, doubled, a week later. */
export const aWeekLater: Storm = {
  after: async ({ database, carrier, phones }) => {
    for (const [table, columns] of Object.entries(AGED))
      await database.query(
        `update ${table} set ${columns.map((one) => `${one} = ${one} - interval '7 days'`).join(", ")}`,
      );
    await carrier.spoilWebhooks({ copies: 2 });
    await phones.repeat();
    return [];
  },
};
const AGED = {
  webhook_events: ["received_at", "processed_at"],
  messages: ["occurred_at", "created_at"],
  turns: ["at", "created_at"],
};

/** F07. Statuses come before the send's own answer, and of every message in the worst order; some are held and shuffled. */
export const disorder: Storm = {
  after: async ({ carrier, random }) => {
    const sids = carrier.ledger().flatMap(({ kind, sid }) => (kind === "accepted" && sid ? [sid] : []));
    for (const sid of sids) {
      const isHeld = random.chance(0.5);
      await carrier.spoilWebhooks({ isHeld });
      for (const status of ["read", "sent", "delivered", "failed"]) await carrier.tellStatus(sid, status);
      if (isHeld) await carrier.release(random.below(1000));
    }
    return [];
  },
};

const PHOTOS = 8;
const WITHIN_MS = 214;
const STRANGER = "+12025550183";

/** F08. Eight photos within 214 ms from somebody who has never written: one thread, in the order in which they came. */
export const photos: Storm = {
  during: async ({ phones, carrier }) => {
    const sent: Promise<void>[] = [];
    for (let at = 0; at < PHOTOS; at++) {
      const media = [{ url: `${carrier.url}/photo/${at}`, contentType: "image/jpeg" }];
      sent.push(phones.send({ from: STRANGER, text: at === 0 ? "see my photos" : "", media }));
      await pause(WITHIN_MS / PHOTOS);
    }
    await Promise.all(sent);
    return [];
  },
  after: async ({ database }) => {
    const threads = await database.query(
      "select from conversations c join contact_points p on p.id = c.contact_point_id where p.value = $1",
      [STRANGER],
    );
    return threads.length === 1 ? [] : [`I3: ${threads.length} threads of one stranger`];
  },
};

const CLOSURES = 3;
const CLOSED_AT_MOST_MS = 20_000;

/** F13. The carrier's port is closed as answers are about to be sent: not a byte leaves, so each is safely sent later. */
export const closedPort: Storm = {
  during: async (field) => {
    let refused = 0;
    for (let closure = 0; closure < CLOSURES; closure++) {
      const before = heard(field);
      const isFirst = closure === 0; // closed from the start: no machine is too slow for that
      if (!isFirst && !(await waitUntil(() => heard(field) > before))) break; // the talks are over
      await field.carrier.setPort(false);
      const put = refused;
      const patience = isFirst ? CLOSED_AT_MOST_MS : CLOSED_AT_MOST_MS / 10;
      await waitUntil(async () => (refused = await refusals(field)) > put, patience);
      await field.carrier.setPort(true);
    }
    return refused > 0 ? [] : ["no send met the closed port"];
  },
};

/** Sends that the carrier never saw and that were put off, not asked for there. */
const refusals = async ({ database }: Field) =>
  (await database.query("select from audit_log where action = 'message.retry'")).length;

/** How many of the patients' messages the application has taken. */
const heard = ({ carrier }: Field) =>
  carrier.ledger().filter(({ kind, status, text }) => kind === "webhook" && status === "200" && text === "").length;
