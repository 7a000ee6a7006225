/** An invariant as a query: it answers one row, `broken`, for each breach. */
export interface Invariant {
  id: string;
  sql: string;
}

/*
 * The ids are those of the guarantees. Beside the product's tables a query sees, without any clinic's scope:
 *   ledger (n, at, kind, sid, outbox_id, receiver, text, status, began)   what the carrier wrote down
 *   client_log (n, key, status, answer, visit_id)                       what the front desks were told, by their keys
 *   run (deaths, cuts, restores)                                        how many workers and connections were killed, backups restored
 *   fire.lease_changes, fire.status_changes, fire.stops                 what the watchers saw
 *   fire.ahead(at)                                                      how far the product's clock was ahead then
 */

const LATE_WORDS = `select l.sid, max(message_status_rank(case l.text when 'undelivered' then 'failed' else l.text end)) as told
  from ledger l where l.kind = 'webhook' and l.status = '200' and l.text in ('sent', 'failed', 'undelivered', 'delivered', 'read')
  group by l.sid`;

/** Every send that began, with whom it was to and by what kind of channel. */
const SENDS = `select o.id, l.at, m.send_class, m.conversation_id, c.contact_point_id,
    case h.kind when 'whatsapp_cloud' then 'whatsapp' when 'twilio_whatsapp' then 'whatsapp' else 'sms' end as channel_kind
  from ledger l join outbox o on o.id::text = l.outbox_id join messages m on m.id = o.message_id
  join conversations c on c.id = m.conversation_id join channels h on h.id = c.channel_id where l.kind = 'request'`;

/** A rank of their own, so that a mistake in the product's function shows. */
const RANK = (
  column: string,
) => `array_position(array['queued', 'sending', 'unknown', 'sent', 'end', 'delivered', 'read'],
  case when ${column} in ('failed', 'suppressed') then 'end' else ${column} end)`;

export const INVARIANTS: readonly Invariant[] = [
  {
    id: "I1", // what the carrier holds as sent by a patient is here, once, and nothing else is
    sql: `select 'lost ' || sid as broken from (select distinct sid from ledger where kind = 'inbound') l
      where not exists (select from messages m where m.vendor_id = l.sid and m.direction = 'inbound')
      union all select 'never sent ' || m.vendor_id from messages m
      where m.direction = 'inbound' and not exists (select from ledger l where l.kind = 'inbound' and l.sid = m.vendor_id)
      union all select 'twice ' || vendor_id from messages where direction = 'inbound' group by vendor_id having count(*) > 1`,
  },
  {
    id: "I1", // what was stored raw has been read, or belongs to nobody
    sql: `select 'unread ' || e.vendor_id as broken from webhook_events e where e.state = 'new'
      or e.state <> 'done' and exists (select from channels c where c.address = e.body->>'To')
      union all select 'read into nothing ' || e.vendor_id from webhook_events e
      where e.event = 'message' and e.state = 'done'
      and not exists (select from messages m where m.vendor_id = e.vendor_id and m.direction = 'inbound')`,
  },
  {
    id: "I2",
    sql: `select 'turns of ' || m.id as broken from messages m left join turns t on t.id = m.turn_id
      where m.direction = 'inbound' and m.kind not in ('reaction', 'system') -- by rule nobody waits behind these
      group by m.id having count(t.id) <> 1
      union all select 'answers of turn ' || t.id from turns t join messages m on m.turn_id = t.id and m.direction = 'outbound'
      group by t.id having count(*) > 1
      union all select 'a draft said by nobody of staff ' || t.id from turns t join messages m on m.turn_id = t.id and m.direction = 'outbound'
      where t.outcome = 'drafted' and m.sender_type <> 'staff'
      union all select 'a reply that nobody gave ' || t.id from turns t where t.outcome = 'replied'
      and not exists (select from messages m where m.turn_id = t.id and m.direction = 'outbound')`,
  },
  {
    id: "I3",
    sql: `select 'threads of ' || contact_point_id as broken from conversations where status <> 'closed'
      group by clinic_id, channel_id, contact_point_id having count(*) > 1
      union all select 'the index is gone' where not exists
      (select from pg_indexes where indexname = 'conversations_one_open_uq' and indexdef like 'CREATE UNIQUE%')`,
  },
  {
    id: "I4", // the carrier took each outbox row at most once; what counts as sent it took, and nothing else
    sql: `select 'sent twice ' || outbox_id as broken from ledger where kind = 'accepted' group by outbox_id having count(*) > 1
      union all select 'not at the carrier ' || o.id from outbox o join messages m on m.id = o.message_id
      where m.status in ('sent', 'delivered', 'read')
      and not exists (select from ledger l where l.kind = 'accepted' and l.outbox_id = o.id::text)
      union all select 'not known as sent ' || l.outbox_id from ledger l where l.kind = 'accepted' and not exists (select from outbox o
      join messages m on m.id = o.message_id where o.id::text = l.outbox_id and m.status in ('sent', 'delivered', 'read', 'failed'))
      and ((select restores from run) = 0 or exists (select from outbox o where o.id::text = l.outbox_id))`,
  },
  {
    id: "I5", // nothing stays unknown; unknown is what the carrier withheld, a worker died with, a lease ran out on or our code broke on
    sql: `select 'left ' || m.status || ' ' || o.id as broken from outbox o join messages m on m.id = o.message_id
      where o.state in ('unknown', 'sending') or m.status in ('unknown', 'sending')
      union all select 'unknown without a reason ' || s.id from fire.status_changes s join outbox o on o.message_id = s.id
      where s.became = 'unknown' and (select deaths + cuts from run) = 0 and o.last_error is distinct from 'threw'
      and not exists (select from ledger l where l.kind = 'withheld' and l.outbox_id = o.id::text)
      and not exists (select from fire.lease_changes c where c.id = o.id and c.held is not null and not c.was_live)
      union all select 'withheld and not unknown ' || l.outbox_id from ledger l join outbox o on o.id::text = l.outbox_id
      where l.kind = 'withheld' and (select deaths + cuts from run) = 0
      and not exists (select from fire.status_changes s where s.id = o.message_id and s.became = 'unknown')
      and not exists (select from ledger c join ledger a on a.sid = c.sid
        where c.kind = 'callback' and a.kind = 'accepted' and a.outbox_id = l.outbox_id)`,
  },
  {
    id: "I5", // between two requests for one row lies a refusal of it, or the question whether the carrier has it
    sql: `select 'sent again unproven ' || b.outbox_id as broken from ledger b join lateral (select max(a.n) as n from ledger a
        where a.kind = 'request' and a.outbox_id = b.outbox_id and a.n < b.n) a on a.n is not null
      where b.kind = 'request' and not exists (select from ledger l where l.n > a.n and l.n < b.n
        and (l.kind = 'refused' and l.outbox_id = b.outbox_id or l.kind = 'listed' and l.receiver = b.receiver))`,
  },
  {
    id: "I6",
    sql: `select 'overlap ' || a.appointment_id as broken from occupancies a join occupancies b
      on b.resource_id = a.resource_id and b.appointment_id > a.appointment_id and b.during && a.during
      union all select 'planned over ' || a.appointment_id from appointment_segments a
      join appointments va on va.id = a.appointment_id and va.status in ('held', 'scheduled', 'checked_in')
      join appointment_segments b on b.resource_id = a.resource_id and b.appointment_id > a.appointment_id and b.occupied && a.occupied
      join appointments vb on vb.id = b.appointment_id and vb.status in ('held', 'scheduled', 'checked_in')
      where coalesce(va.hold_expires_at > now(), true) and coalesce(vb.hold_expires_at > now(), true)`,
  },
  {
    id: "I7", // who asked again with a key was told the same bytes, of the same visit
    sql: `select 'another answer for ' || key as broken from client_log group by key
      having count(distinct (status, answer)) > 1
      union all select 'acked and lost ' || l.key from client_log l where l.status in (200, 201)
      and not exists (select from appointments a where a.id::text = l.visit_id)
      union all select 'two keys for ' || visit_id from client_log where status = 201 group by visit_id having count(distinct key) > 1
      union all select 'booked unasked ' || a.id from appointments a where a.created_from = 'MANUAL_ADMIN'
      and not exists (select from client_log l where l.status = 201 and l.visit_id = a.id::text)`,
  },
  {
    id: "I7", // the table of keys says what the desk was told
    sql: `select 'kept another answer for ' || l.key as broken from client_log l left join idempotency_keys k on k.key = l.key
      where k.key is null or k.answer <> l.answer or k.status <> l.status`,
  },
  {
    id: "I7", // who was told by text that they are booked, is, once
    sql: `with booked as (select p.value as phone, count(*) as visits from appointments a
        join conversations c on c.id = a.conversation_id join contact_points p on p.id = c.contact_point_id
        where a.status = 'scheduled' group by p.value)
      select 'told and not booked ' || l.n as broken from ledger l where l.kind = 'accepted' and l.text like '%You''re booked%'
      and not exists (select from booked b where b.phone = l.receiver)
      union all select 'booked twice ' || phone from booked where visits > 1`,
  },
  {
    id: "I8", // after the commit of a stop nothing begins but one confirmation and, where one may answer, answers
    sql: `select 'sent after a stop ' || o.id as broken from fire.stops s join (${SENDS}) o using (contact_point_id, channel_kind)
      where s.state = 'out' and o.at > s.at and o.send_class <> 'optout_confirmation'
      and not exists (select from fire.stops b where b.contact_point_id = s.contact_point_id and b.channel_kind = s.channel_kind
        and b.state = 'in' and b.at > s.at and b.at <= o.at)
      and not (s.channel_kind <> 'sms' and o.send_class in ('reply', 'staff', 'service') and exists (select from messages i
        where i.conversation_id = o.conversation_id and i.direction = 'inbound' and i.occurred_at > s.told_at and i.occurred_at <= o.at))
      union all select 'confirmed more often than stopped ' || o.contact_point_id from (${SENDS}) o
      where o.send_class = 'optout_confirmation' group by o.contact_point_id, o.channel_kind
      having count(distinct o.id) > (select count(*) from fire.stops s where s.contact_point_id = o.contact_point_id
        and s.channel_kind = o.channel_kind and s.state = 'out')`,
  },
  {
    id: "I9", // by the database's own zones: US numbers from nine to eight, the others here from eight to nine
    sql: `select 'at ' || w.wall::text || ' ' || o.id as broken from (${SENDS}) o join contact_points p on p.id = o.contact_point_id
      join clinics k on k.id = p.clinic_id
      left join patient_contact_points b on b.contact_point_id = p.id left join patients t on t.id = b.patient_id,
      lateral (select ((o.at + fire.ahead(o.at)) at time zone coalesce(t.time_zone, k.time_zone))::time as wall) w
      where o.send_class in ('reminder', 'offer', 'marketing') and not (case when p.value like '+1%'
        then w.wall >= '09:00' and w.wall < '20:00' else w.wall >= '08:00' and w.wall < '21:00' end)`,
  },
  {
    id: "I14", // a message's status never went back
    sql: `select 'back from ' || was || ' to ' || became || ' ' || id as broken from fire.status_changes
      where ${RANK("became")} < ${RANK("was")}
      union all select 'the trigger is gone'
      where not exists (select from pg_trigger where tgname = 'messages_status_forward' and tgenabled <> 'D')
      union all select 'stands below what was told ' || m.id from messages m join (${LATE_WORDS}) w on w.sid = m.vendor_id
      where m.direction = 'outbound' and message_status_rank(m.status) < w.told`,
  },
  {
    id: "I14", // every change of a visit is an edge of the table of states, and the last one is where it stands
    sql: `select 'no such edge ' || from_value || ' to ' || to_value as broken from appointment_events where kind = 'status'
      and from_value || '>' || to_value <> all (array['held>scheduled', 'held>expired', 'held>cancelled',
        'scheduled>checked_in', 'scheduled>completed', 'scheduled>cancelled', 'scheduled>no_show', 'checked_in>completed',
        'checked_in>scheduled', 'no_show>checked_in', 'no_show>completed', 'no_show>scheduled', 'cancelled>scheduled',
        'completed>checked_in'])
      union all select 'stands where it never went ' || a.id from appointments a where not exists (select from appointment_events e
        where e.appointment_id = a.id and e.kind in ('created', 'status') and e.to_value = a.status)`,
  },
  {
    id: "I15",
    sql: `select 'unconfirmed ' || a.id as broken from appointments a where a.created_from = 'SMS' and a.status not in ('held', 'expired')
      and not exists (select from turns t, jsonb_array_elements(t.effects) e
        where t.conversation_id = a.conversation_id and e->>'kind' in ('book', 'bookHold')
        and e->'answer'->'data'->>'visitId' = a.id::text
        and exists (select from messages m where m.turn_id = t.id and m.direction = 'inbound'))
      union all select 'nobody''s ' || a.id from appointments a where a.created_from = 'MANUAL_ADMIN'
      and not exists (select from appointment_events e where e.appointment_id = a.id and e.actor_type = 'user')`,
  },
  {
    id: "I17",
    sql: `select 'lease of thread ' || id as broken from conversations where turn_lease_token is not null
      union all select 'lease of send ' || id from outbox where lease_token is not null or state = 'due'
      union all select 'unread ' || id from webhook_events where state = 'new'`,
  },
  {
    id: "I18", // nobody but its holder changes what is under a live lease; only the vendor's own word ends a send's
    sql: `select c.work || ' ' || c.id || ' written by ' || c.writer || ' under the lease of ' || h.writer as broken
      from fire.lease_changes c join fire.lease_changes h on h.next = c.held
      where c.was_live and c.writer <> h.writer and c.writer <> 'harness' and not (c.work = 'send' and c.state = 'done'
        and exists (select from ledger a join ledger w on w.sid = a.sid where a.kind = 'accepted' and a.outbox_id = c.id::text and w.kind = 'callback'))
      union all select 'a dead worker''s lease came back ' || c.id from fire.lease_changes c
      join fire.lease_changes h on h.next = c.next and h.n < c.n`,
  },
];
