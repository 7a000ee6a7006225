import type { Database } from "../database";
import type { Field } from "../field";
import { waitUntil } from "./pause";
import type { Storm } from "./storms";

const TRIES = 5;
const UNREAD = { from: "+12025550186", text: "this one can't be read" };
const UNANSWERED = { from: "+12025550187", text: "this one can't be answered" };
/** The test build throws when it is to send this (`build.ts`). */
export const UNSENDABLE = "this one can't be sent";
const SET_ASIDE_WITHIN_MS = 60_000;

/** What always throws, by a trigger: storing the first one's message, and writing down a turn of the second's. */
const POISON = `
create sequence fire.turns_thrown;
create function fire.throw() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  raise exception 'poison';
end $$;
create function fire.throw_turn() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select from public.conversations c join public.contact_points p on p.id = c.contact_point_id
    where c.id = new.conversation_id and p.value = '${UNANSWERED.from}') then
    perform nextval('fire.turns_thrown');
    raise exception 'poison';
  end if;
  return new;
end $$;
create trigger fire_poison before insert on messages for each row
  when (new.direction = 'inbound' and new.text = $p$${UNREAD.text}$p$) execute function fire.throw();
create trigger fire_poison before insert on turns for each row
  when (new.silence is distinct from 'poison') execute function fire.throw_turn();`;

const CURE = "drop trigger fire_poison on messages; drop trigger fire_poison on turns";

/**
 * F32. A message that can't be read, one that can't be answered and one that can't be sent break the code each time. Each
 * is put away after five tries, staff are told of it once, and the patients beside it notice nothing.
 */
export const poison: Storm = {
  before: async ({ database, phones }) => {
    await database.query(POISON);
    await Promise.all([phones.send(UNREAD), phones.send(UNANSWERED)]);
    return [];
  },
  during: async ({ database }) => {
    let outboxId: string | undefined;
    const isSetAside = await waitUntil(async () => {
      outboxId ??= await enqueue(database);
      await database.hurry();
      await askSooner(database);
      return (await setAside(database)) === 3;
    }, SET_ASIDE_WITHIN_MS);
    return isSetAside ? [] : [`${await setAside(database)} of 3 poison messages were put away`];
  },
  after: async (field) => {
    const problems = await wrongWith(field);
    await field.database.query(CURE); // it can be read now, and comes again as the vendor's repeat would
    await field.database.query(
      "update webhook_events set state = 'new', attempts = 0, clinic_id = null where state = 'quarantined'",
    );
    return problems;
  },
};

/** Staff write to the second one's thread what can't be sent. */
async function enqueue(database: Database): Promise<string | undefined> {
  const [row] = await database.query<{ id: string }>(
    `with thread as (select c.id, c.clinic_id from conversations c join contact_points p on p.id = c.contact_point_id
        where p.value = $1),
      message as (insert into messages (id, clinic_id, conversation_id, direction, sender_type, send_class, text, status, occurred_at)
        select gen_random_uuid(), clinic_id, id, 'outbound', 'staff', 'staff', $2, 'queued', now()
        from thread returning id, clinic_id)
      insert into outbox (id, clinic_id, message_id, dedupe_key, due_at)
        select gen_random_uuid(), clinic_id, id, 'poison', now() from message returning id`,
    [UNANSWERED.from, UNSENDABLE],
  );
  return row?.id;
}

const ITS_OUTBOX = "message_id in (select id from messages where text = $1)";

/** The vendor may be asked for it at once: it threw before it could leave. */
const askSooner = (database: Database) =>
  database.query(
    `update outbox set due_at = due_at - interval '1 minute', lease_until = now() - interval '1 millisecond'
      where state = 'sending' and lease_token is null and ${ITS_OUTBOX}`,
    [UNSENDABLE],
  );

/** How many of the three are put away. */
async function setAside(database: Database): Promise<number> {
  const [row] = await database.query<{ count: string }>(
    `select (select count(*) from webhook_events where state = 'quarantined')
      + (select count(*) from turns where silence = 'poison')
      + (select count(*) from outbox where state = 'dead' and ${ITS_OUTBOX}) as count`,
    [UNSENDABLE],
  );
  return Number(row?.count);
}

/** Each thing that isn't as it should be, as a row of what it is, how many there are and how many there should be. */
const EXPECTED = `
select * from (values
  ('tries to read', (select max(attempts)::int from webhook_events), ${TRIES}),
  ('tries to answer', (select last_value::int from fire.turns_thrown), ${TRIES}),
  ('tries to send', (select max(attempts)::int from outbox where ${ITS_OUTBOX}), ${TRIES}),
  ('failed messages', (select count(*)::int from messages where status = 'failed' and text = $1), 1),
  ('tasks for what was not read', (select count(*)::int from tasks where reason = 'unanswered'), 1),
  ('tasks for what was not answered', (select count(*)::int from tasks where reason = 'handoff'), 1),
  ('tasks for what was not sent', (select count(*)::int from tasks where reason = 'send_failed'), 1),
  ('members told twice', (select count(*)::int from (select from notifications
    group by user_id, kind having count(*) > 1) twice), 0),
  ('members told', (select count(distinct kind)::int from notifications), 3)
) as found (what, is_now, should_be) where is_now is distinct from should_be`;

async function wrongWith({ database, carrier }: Field): Promise<string[]> {
  const rows = await database.query<{ what: string; is_now: number; should_be: number }>(EXPECTED, [UNSENDABLE]);
  const problems = rows.map((row) => `${row.what}: ${row.is_now} instead of ${row.should_be}`);
  if (carrier.ledger().some(({ kind, text }) => kind === "accepted" && text === UNSENDABLE))
    problems.push("what can't be sent was sent");
  return problems;
}
