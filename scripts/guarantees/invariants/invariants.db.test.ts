import pg from "pg";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { broken, testify } from "./oracle";
import { leaks } from "./private-words";
import { INVARIANTS } from "./queries";
import { rehearse } from "./rehearse";

/* An invariant that can't go red guards nothing: after a quiet day all hold, and each is broken here by hand, alone. */

const sql = new pg.Client({ connectionString: process.env.DATABASE_MIGRATE_URL, application_name: "harness" });
await sql.connect();
const { ledger, told } = await rehearse(sql, process.env.TWILIO_AUTH_TOKEN ?? "");
await testify(sql, { ledger, told, deaths: 0, cuts: 0 });

beforeEach(() => sql.query("begin"));
afterEach(() => sql.query("rollback"));
afterAll(() => sql.end());

test("after a quiet day every invariant holds, and there was something to hold", async () => {
  const { rows } = await sql.query(`select
    (select count(*) from appointments where status = 'scheduled')::int as visits, (select count(*) from turns)::int as turns,
    (select count(*) from messages where status = 'delivered')::int as delivered,
    (select count(*) from fire.lease_changes)::int as leases, (select count(*) from fire.status_changes)::int as statuses`);
  expect(rows[0]).toEqual({
    visits: 3,
    turns: 4,
    delivered: 4,
    leases: expect.any(Number),
    statuses: expect.any(Number),
  });
  expect(rows[0].leases).toBeGreaterThanOrEqual(16);
  expect(rows[0].statuses).toBeGreaterThanOrEqual(12);
  expect(await broken(sql)).toEqual([]);
});

const OUTBOUND = "direction = 'outbound'";
const ONE = "(select min(id::text)::uuid from";
/** Goes round the product's triggers and foreign keys, not round the watchers'. */
const UNGUARDED = "set local session_replication_role = replica";
const AS = (worker: string) => `set local application_name = '${worker}'`;

const PLANTS: [id: string, what: string, statements: string[]][] = [
  ["I1", "lost", ["insert into ledger (n, kind, sid) values (900, 'inbound', 'SMx')"]],
  ["I1", "never sent", ["delete from ledger where n = (select min(n) from ledger where kind = 'inbound')"]],
  [
    "I1",
    "twice",
    [
      "drop index messages_vendor_id_uq",
      UNGUARDED,
      "update messages set vendor_id = (select min(vendor_id) from messages where direction = 'inbound') where direction = 'inbound'",
    ],
  ],
  ["I1", "unread", ["update webhook_events set state = 'quarantined'"]],
  ["I1", "read into nothing", [UNGUARDED, "delete from messages where direction = 'inbound'"]],
  ["I2", "turns of", ["update messages set turn_id = null where direction = 'inbound'"]],
  ["I2", "answers of turn", [`update messages set turn_id = ${ONE} turns) where ${OUTBOUND}`]],
  ["I2", "a draft said by nobody of staff", ["update turns set outcome = 'drafted'"]],
  ["I2", "a reply that nobody gave", ["update messages set turn_id = null where direction = 'outbound'"]],
  [
    "I3",
    "threads of",
    [
      "drop index conversations_one_open_uq",
      "insert into conversations select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()))).* from conversations c",
    ],
  ],
  ["I3", "the index is gone", ["drop index conversations_one_open_uq"]],
  ["I4", "sent twice", ["insert into ledger select * from ledger where kind = 'accepted'"]],
  ["I4", "not at the carrier", ["delete from ledger where kind = 'accepted'"]],
  [
    "I4",
    "not known as sent",
    ["insert into ledger (n, kind, outbox_id) values (900, 'accepted', gen_random_uuid()::text)"],
  ],
  ["I5", "left unknown", [UNGUARDED, `update messages set status = 'unknown' where ${OUTBOUND}`]],
  [
    "I5",
    "unknown without a reason",
    ["insert into fire.status_changes (id, was, became) select message_id, 'sending', 'unknown' from outbox"],
  ],
  [
    "I5",
    "withheld and not unknown",
    [
      "delete from ledger where kind = 'callback'",
      "insert into ledger (n, kind, outbox_id) select 900, 'withheld', id::text from outbox",
    ],
  ],
  [
    "I5",
    "sent again unproven",
    ["insert into ledger select 900, at, kind, sid, outbox_id, receiver from ledger where kind = 'request'"],
  ],
  [
    "I6",
    "overlap",
    [
      "alter table occupancies drop constraint occupancies_no_overlap",
      UNGUARDED,
      "update occupancies set resource_id = (select min(resource_id::text)::uuid from occupancies), during = tstzrange(now(), now() + interval '1 h')",
    ],
  ],
  [
    "I6",
    "planned over",
    [
      "update appointment_segments set resource_id = (select min(resource_id::text)::uuid from appointment_segments), occupied = tstzrange(now(), now() + interval '1 h')",
    ],
  ],
  [
    "I7",
    "another answer for",
    ["insert into client_log select 900, key, status, answer || ' ', visit_id from client_log"],
  ],
  ["I7", "acked and lost", [UNGUARDED, "delete from appointments where created_from = 'MANUAL_ADMIN'"]],
  ["I7", "two keys for", ["insert into client_log select 900, 'another', status, answer, visit_id from client_log"]],
  ["I7", "booked unasked", ["delete from client_log"]],
  ["I7", "kept another answer", ["update idempotency_keys set answer = answer || ' '"]],
  ["I7", "told and not booked", [UNGUARDED, "update appointments set status = 'cancelled' where created_from = 'SMS'"]],
  [
    "I7",
    "booked twice",
    [UNGUARDED, "update appointments set conversation_id = (select min(id::text)::uuid from conversations)"],
  ],
  [
    "I8",
    "sent after a stop",
    [
      "insert into fire.stops (contact_point_id, channel_kind, state, told_at, at) select distinct contact_point_id, 'sms', 'out', now(), now() - interval '1 h' from conversations",
    ],
  ],
  ["I8", "confirmed more often", [`update messages set send_class = 'optout_confirmation' where ${OUTBOUND}`]],
  [
    "I9",
    "at ",
    [
      `update messages set send_class = 'reminder' where ${OUTBOUND}`,
      "insert into fire.clock (since, ahead) select '-infinity', date_trunc('day', now() at time zone time_zone) + interval '20 h 1 min' - (now() at time zone time_zone) from clinics limit 1",
    ],
  ],
  [
    "I14",
    "back from delivered to sent",
    [
      "alter table messages disable trigger messages_status_forward",
      `update messages set status = 'sent' where ${OUTBOUND}`,
    ],
  ],
  ["I14", "the trigger is gone", ["drop trigger messages_status_forward on messages"]],
  [
    "I14",
    "stands below what was told",
    ["update ledger set text = 'read' where kind = 'webhook' and text = 'delivered'"],
  ],
  [
    "I14",
    "no such edge",
    ["update appointment_events set kind = 'status', from_value = 'expired', to_value = 'scheduled'"],
  ],
  ["I14", "stands where it never went", [UNGUARDED, "update appointments set status = 'completed'"]],
  ["I15", "unconfirmed", ["update turns set effects = '[]'"]],
  ["I15", "nobody's", ["update appointment_events set actor_type = 'system'"]],
  ["I17", "lease of thread", ["update conversations set turn_lease_token = gen_random_uuid()"]],
  ["I17", "lease of send", ["update outbox set lease_token = gen_random_uuid()"]],
  ["I17", "unread", ["update webhook_events set state = 'new'"]],
  [
    "I18",
    "written by jobs2.0 under the lease of jobs1.0",
    [
      AS("jobs1.0"),
      "update conversations set turn_lease_token = gen_random_uuid(), turn_lease_until = now() + interval '30 s'",
      AS("jobs2.0"),
      "update conversations set dialog = '{\"stale\": true}'",
    ],
  ],
  [
    "I18",
    "send",
    [
      "delete from ledger where kind = 'callback'",
      AS("jobs1.0"),
      "update outbox set lease_token = gen_random_uuid(), lease_until = now() + interval '60 s', state = 'sending'",
      AS("jobs2.0"),
      "update outbox set lease_token = null, state = 'done'",
    ],
  ],
];

test.each(PLANTS)("%s sees what is %s", async (id, what, statements) => {
  for (const statement of statements) await sql.query(statement);
  const problems = await broken(sql);
  expect(problems.filter((problem) => problem.startsWith(`${id}: `)).join()).toContain(what);
});

test("each invariant is broken by hand at least once", () => {
  expect([...new Set(PLANTS.map(([id]) => id))].sort()).toEqual([...new Set(INVARIANTS.map(({ id }) => id))].sort());
});

test("I13 sees a number, a name, an address and a text in what left, and nothing in what only has ids", async () => {
  const read = async (question: string) => (await sql.query<{ word: string }>(question)).rows[0]?.word ?? "";
  const phone = await read("select value as word from contact_points where kind = 'phone' limit 1");
  const name = await read("select name as word from patients where name !~ '[0-9]' limit 1");
  const text = await read("select text as word from messages where length(text) > 24 limit 1");
  const id = await read("select id::text as word from patients limit 1");
  const line = (word: string) => JSON.stringify({ level: "info", msg: "said", about: word });
  for (const word of [phone, phone.replace("+", "%2B"), name, text]) {
    expect(word).not.toBe("");
    const found = await leaks(sql, { logs: [line(id), line(word)].join("\n"), doorbells: "" });
    expect(found).toEqual(["I13: 1 lines of logs tell of a person: said"]);
  }
  expect(await leaks(sql, { logs: line(id), doorbells: JSON.stringify({ data: { clinicId: id } }) })).toEqual([]);
});
