/** An invariant that the tables alone decide: the query answers one row, `broken`, for each breach. */
export interface TableInvariant {
  id: string;
  sql: string;
}

/** The ids are those of the guarantees; every query runs on the whole database, without a clinic's scope. */
export const TABLE_INVARIANTS: readonly TableInvariant[] = [
  {
    id: "I1",
    sql: `select e.vendor_id as broken from webhook_events e
      left join messages m on m.vendor = e.vendor and m.vendor_id = e.vendor_id and m.direction = 'inbound'
      where e.event = 'message' group by e.vendor_id having count(m.id) <> 1
      union all select vendor_id from webhook_events where state <> 'done'`,
  },
  {
    id: "I2",
    sql: `select m.id as broken from messages m left join turns t on t.id = m.turn_id
      where m.direction = 'inbound' group by m.id having count(t.id) <> 1
      union all select t.id from turns t join messages m on m.turn_id = t.id and m.direction = 'outbound'
      group by t.id having count(*) > 1`,
  },
  {
    id: "I3",
    sql: `select contact_point_id::text as broken from conversations where status <> 'closed'
      group by clinic_id, channel_id, contact_point_id having count(*) > 1
      union all select 'the index is gone'
      where not exists (select from pg_indexes where indexname = 'conversations_one_open_uq')`,
  },
  {
    id: "I5",
    sql: `select o.id as broken from outbox o join messages m on m.id = o.message_id
      where o.state in ('unknown', 'sending') or m.status in ('unknown', 'sending')`,
  },
  {
    id: "I6",
    sql: `select a.appointment_id as broken from occupancies a join occupancies b
      on b.clinic_id = a.clinic_id and b.resource_id = a.resource_id and b.appointment_id > a.appointment_id
      and b.during && a.during`,
  },
  {
    id: "I14",
    sql: `with said as (
        select target_id, id, message_status_rank(replace(action, 'message.', '')) as rank,
          lag(message_status_rank(replace(action, 'message.', ''))) over (partition by target_id order by id) as before
        from audit_log where action in ('message.sent', 'message.delivered', 'message.read', 'message.failed'))
      select target_id as broken from said where rank < before and before > 4
      union all select 'the trigger is gone'
      where not exists (select from pg_trigger where tgname = 'messages_status_forward' and tgenabled <> 'D')`,
  },
  {
    id: "I15",
    sql: `select a.id as broken from appointments a where a.created_from = 'SMS' and a.status not in ('held', 'expired')
      and not exists (select from turns t, jsonb_array_elements(t.effects) e
        where t.conversation_id = a.conversation_id and e->>'kind' in ('book', 'bookHold')
        and e->'answer'->'data'->>'visitId' = a.id::text
        and exists (select from messages m where m.turn_id = t.id and m.direction = 'inbound'))`,
  },
  {
    id: "I17",
    sql: `select id as broken from conversations where turn_lease_token is not null
      union all select id from outbox where lease_token is not null or state = 'due'
      union all select id from webhook_events where state = 'new'`,
  },
];
