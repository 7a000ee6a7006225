import { newId } from "@/db/ids";
import type { SendClass } from "@/lib/messaging/send";
import type { LedgerEntry } from "@/stubs/twilio/ledger";
import type { Field } from "../field";

/** One message that the clinic wants to send. */
export interface Wish {
  to: string;
  text: string;
  sendClass: SendClass;
  by?: "twilio_sms" | "whatsapp_cloud";
  /** Who is behind the number; without it, somebody of their own. */
  person?: string;
  /** What the receiver said of where they live. */
  zone?: string;
  /** The template that it is written by. */
  purpose?: string;
}

export interface Queued extends Wish {
  outboxId: string;
  messageId: string;
}

/** Each statement sees the wishes as `w`. A thread on WhatsApp is one in which somebody has just written. */
const WISHES = `with w as (select *, (select id from clinics) as clinic_id from json_to_recordset($1) as w ("to" text, text text,
  "sendClass" text, by text, zone text, purpose text, "messageId" uuid, "outboxId" uuid, "pointId" uuid, "patientId" uuid))`;

const STATEMENTS = [
  `insert into contact_points (id, clinic_id, kind, value) select distinct on ("to") "pointId", clinic_id, 'phone', "to"
   from w on conflict do nothing`,
  `, mine as (insert into patients (id, clinic_id, name, name_key, time_zone, created_from) select distinct on ("patientId")
     "patientId", clinic_id, 'Robin Tanaka', 'robin tanaka', zone, 'IMPORT' from w where not exists (select from
     contact_points p join patient_contact_points b on b.contact_point_id = p.id where p.value = w."to") returning id)
   insert into patient_contact_points (clinic_id, patient_id, contact_point_id)
     select distinct w.clinic_id, m.id, p.id from mine m join w on w."patientId" = m.id join contact_points p on p.value = w."to"`,
  `insert into consents (clinic_id, contact_point_id, channel_kind, purpose, state, at, how) select distinct w.clinic_id, p.id, 'sms',
     'marketing', 'in', now(), 'form' from w join contact_points p on p.value = w."to" where w."sendClass" = 'marketing'
   on conflict do nothing`,
  `insert into conversations (id, clinic_id, channel_id, contact_point_id, last_inbound_at)
   select gen_random_uuid(), clinic_id, channel_id, point_id, written from (select distinct w.clinic_id, h.id as channel_id,
     p.id as point_id, case when w.by = 'whatsapp_cloud' then now() end as written
     from w join channels h on h.kind = w.by join contact_points p on p.value = w."to") as threads on conflict do nothing`,
  `insert into messages (id, clinic_id, conversation_id, direction, sender_type, send_class, text, template_id, payload, status,
     occurred_at)
   select w."messageId", w.clinic_id, c.id, 'outbound', case w."sendClass" when 'reply' then 'bot' else 'system' end,
     w."sendClass", w.text, t.id, case when t.id is not null then jsonb_build_object('template',
       jsonb_build_object('name', t.name, 'locale', t.locale, 'values', to_jsonb(array_fill('-'::text, array[cardinality(t.variables)])))) end,
     'queued', now()
   from w join channels h on h.kind = w.by join contact_points p on p.value = w."to"
   join conversations c on c.channel_id = h.id and c.contact_point_id = p.id left join templates t on t.purpose = w.purpose`,
  `insert into outbox (id, clinic_id, message_id, dedupe_key, due_at)
   select "outboxId", clinic_id, "messageId", "outboxId"::text, now() from w`,
];

/** Puts messages into the outbox, in this order, all at once; a receiver who isn't known becomes a patient, one who is
 * invited has agreed to that. */
export async function enqueue({ database }: Pick<Field, "database">, wishes: readonly Wish[]): Promise<Queued[]> {
  const patientIds = new Map(wishes.map(({ to, person = to }) => [person, newId()]));
  const queued = wishes.map((wish) => ({ by: "twilio_sms" as const, ...wish, messageId: newId(), outboxId: newId() }));
  const rows = queued.map((one) => ({ ...one, pointId: newId(), patientId: patientIds.get(one.person ?? one.to) }));
  await database.session(async (client) => {
    await client.query("begin");
    for (const statement of STATEMENTS) await client.query(`${WISHES} ${statement}`, [JSON.stringify(rows)]);
    await client.query("commit");
  });
  return queued;
}

/** So many numbers of nobody. */
export const numbersOf = (count: number, from = 2000): string[] =>
  Array.from({ length: count }, (_, at) => `+1202555${from + at}`);

/** What a carrier wrote down of one message. */
export const entriesOf = (ledger: readonly LedgerEntry[], kind: LedgerEntry["kind"], { outboxId }: Queued) =>
  ledger.filter((entry) => entry.kind === kind && entry.outboxId === outboxId);

/** How a message stands, and why. */
export async function readState({ database }: Pick<Field, "database">, queued: readonly Queued[]) {
  const rows = await database.query<{ id: string; status: string; why: string | null; state: string; dueIn: number }>(
    `select o.id, m.status, m.status_reason as why, o.state, extract(epoch from o.due_at - now())::float8 as "dueIn"
     from outbox o join messages m on m.id = o.message_id where o.id = any($1)`,
    [queued.map(({ outboxId }) => outboxId)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** How many of these still wait or are on their way. */
export async function countOpen({ database }: Pick<Field, "database">, queued: readonly Queued[]): Promise<number> {
  const rows = await database.query("select from outbox where id = any($1) and state <> all ('{done,dead}')", [
    queued.map(({ outboxId }) => outboxId),
  ]);
  return rows.length;
}

/** Messages a second of one kind of channel. */
export const setPace = ({ database }: Pick<Field, "database">, kind: NonNullable<Wish["by"]>, perSecond: number) =>
  database.query("update channels set pace_per_second = $2 where kind = $1", [kind, perSecond]);
