import type { Field } from "../field";
import { pause, waitUntil } from "./pause";
import type { Storm } from "./storms";

const RECIPIENT = "+12025550184";
const CLOSED_FOR_MS = 1500;
const LATE_AFTER_MS = 60_000;

/**
 * F20. One of two workers has a wrong clock. A reminder waits outside the hours for it, which the wrong clock takes for
 * decent ones; it goes out only when they are.
 */
export const wrongClock: Storm = {
  during: async (field) => {
    const { database, faults } = field;
    const wrong = faults.clocks[1] ?? 0;
    // The hour before opening is open to a clock that is fast, the one after closing to a clock that is slow.
    await liveWhereItIs(field, wrong > 0 ? 8 : 20);
    const outboxId = await enqueueReminder(field);
    await pause(CLOSED_FOR_MS);
    const problems = isSent(field, outboxId) ? [`I9: a reminder left in quiet hours, the clock ${wrong} h wrong`] : [];
    await liveWhereItIs(field, 13);
    await database.query("update outbox set due_at = now() where id = $1", [outboxId]);
    const isLate = !(await waitUntil(() => isSent(field, outboxId), LATE_AFTER_MS));
    return isLate ? [...problems, "a reminder never left in decent hours"] : problems;
  },
};

const isSent = ({ carrier }: Field, outboxId: string) =>
  carrier.ledger().some((entry) => entry.kind === "request" && entry.outboxId === outboxId);

/** Moves the clinic to a zone in which it is this hour now. POSIX counts these zones the other way round. */
async function liveWhereItIs({ database }: Field, hour: number): Promise<void> {
  const west = (new Date().getUTCHours() - hour + 48) % 24;
  const hours = west > 12 ? west - 24 : west;
  await database.query("update clinics set time_zone = $1", [`Etc/GMT${hours < 0 ? "-" : "+"}${Math.abs(hours)}`]);
}

async function enqueueReminder({ database }: Field): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `with clinic as (select c.clinic_id, c.id as channel_id from channels c where kind = 'twilio_sms' limit 1),
      point as (insert into contact_points (id, clinic_id, kind, value)
        select gen_random_uuid(), clinic_id, 'phone', $1 from clinic returning id, clinic_id),
      thread as (insert into conversations (id, clinic_id, channel_id, contact_point_id)
        select gen_random_uuid(), p.clinic_id, c.channel_id, p.id from point p, clinic c returning id, clinic_id),
      message as (insert into messages (id, clinic_id, conversation_id, direction, sender_type, send_class, text, status, occurred_at)
        select gen_random_uuid(), clinic_id, id, 'outbound', 'system', 'reminder', 'your visit is tomorrow', 'queued', now()
        from thread returning id, clinic_id)
      insert into outbox (id, clinic_id, message_id, dedupe_key, due_at)
        select gen_random_uuid(), clinic_id, id, 'reminder', now() from message returning id`,
    [RECIPIENT],
  );
  if (!row) throw new Error("no reminder was written");
  return row.id;
}
