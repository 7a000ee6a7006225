import { sql, type SQL } from "drizzle-orm";
import type { TimelineKind } from "../schema";

/**
 * What a timeline is made of. Each source is a select of `at` (to the millisecond: a cursor carries no more), `key`
 * (unique within the timeline), `kind` and `data`. `people` are the patient and whoever was merged into them.
 */
export interface Whose {
  clinicId: string;
  timeZone: string;
  people: string[];
}

const list = (ids: readonly string[]): SQL =>
  sql`(${sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  )})`;

const points = ({ clinicId, people }: Whose): SQL =>
  sql`(select contact_point_id from patient_contact_points where clinic_id = ${clinicId} and patient_id in ${list(people)})`;

const threads = (whose: Whose): SQL =>
  sql`(select id from conversations where clinic_id = ${whose.clinicId} and contact_point_id in ${points(whose)})`;

/** Whoever did it, by name, where it was a member. */
const nameOf = (actor: SQL): SQL => sql`(select u.name from users u where u.id::text = ${actor}::text)`;

/** One entry a conversation and day of the clinic, with its newest words. */
const messages = (whose: Whose): SQL => sql`
  select date_trunc('milliseconds', max(m.occurred_at)) as at, m.conversation_id || ' ' || day.day as key, 'messages' as kind,
    jsonb_build_object('conversation_id', m.conversation_id, 'channel_kind', min(h.kind), 'day', day.day,
      'count', count(*), 'inbound', count(*) filter (where m.direction = 'inbound'),
      'last', (array_agg(jsonb_build_object('direction', m.direction, 'sender', m.sender_type, 'status', m.status,
        'text', left(m.text, 240)) order by m.occurred_at desc, m.id desc))[1:3]) as data
  from messages m
  join conversations c on c.clinic_id = m.clinic_id and c.id = m.conversation_id
  join channels h on h.clinic_id = c.clinic_id and h.id = c.channel_id
  cross join lateral (select (m.occurred_at at time zone ${whose.timeZone})::date as day) day
  where m.clinic_id = ${whose.clinicId} and m.conversation_id in ${threads(whose)}
  group by m.conversation_id, day.day`;

/** Every change of a visit, with the visit it is about. */
const visits = (whose: Whose): SQL => sql`
  select date_trunc('milliseconds', e.at) as at, e.id::text as key, 'visits' as kind,
    jsonb_build_object('event', e.kind, 'from', e.from_value, 'to', e.to_value, 'reason', e.reason,
      'actor_type', e.actor_type, 'actor', ${nameOf(sql`e.actor_id`)}, 'created_from', a.created_from,
      'appointment_id', a.id, 'starts_at', a.starts_at, 'status', a.status, 'confirmation', a.confirmation,
      'service', s.name, 'provider', v.name) as data
  from appointments a
  join appointment_events e on e.clinic_id = a.clinic_id and e.appointment_id = a.id
  join services s on s.clinic_id = a.clinic_id and s.id = a.service_id
  join providers v on v.clinic_id = a.clinic_id and v.id = a.provider_id
  where a.clinic_id = ${whose.clinicId} and a.patient_id in ${list(whose.people)}`;

/** What was agreed to or ended at once, at one address, is one entry. */
const consents = (whose: Whose): SQL => sql`
  select date_trunc('milliseconds', e.at) as at, min(e.id::text) as key, 'consents' as kind,
    jsonb_build_object('state', e.state, 'how', e.how, 'words', e.words, 'contact_kind', k.kind, 'contact', k.value,
      'actor', ${nameOf(sql`min(e.actor_id::text)`)},
      'message_id', min(m.id::text), 'conversation_id', min(m.conversation_id::text),
      'what', array_agg(e.channel_kind || '.' || e.purpose order by e.channel_kind, e.purpose)) as data
  from consent_events e
  join contact_points k on k.clinic_id = e.clinic_id and k.id = e.contact_point_id
  left join messages m on m.clinic_id = e.clinic_id and m.id = e.message_id
  where e.clinic_id = ${whose.clinicId} and e.contact_point_id in ${points(whose)}
  group by e.at, e.state, e.how, e.words, k.id, k.kind, k.value`;

const tasks = (whose: Whose): SQL => sql`
  select date_trunc('milliseconds', t.created_at) as at, t.id::text as key, 'tasks' as kind,
    jsonb_build_object('reason', t.reason, 'note', t.note, 'due_at', t.due_at, 'done_at', t.done_at,
      'done_by', ${nameOf(sql`t.done_by`)}, 'conversation_id', t.conversation_id) as data
  from tasks t where t.clinic_id = ${whose.clinicId} and t.patient_id in ${list(whose.people)}`;

const notes = (whose: Whose): SQL => sql`
  select date_trunc('milliseconds', n.created_at) as at, n.id::text as key, 'notes' as kind,
    jsonb_build_object('text', n.text, 'author', u.name, 'conversation_id', n.conversation_id) as data
  from notes n left join users u on u.id = n.author_id
  where n.clinic_id = ${whose.clinicId} and (n.patient_id in ${list(whose.people)} or n.conversation_id in ${threads(whose)})`;

/** Changes of the record by the names of their fields, and merges. That it was read is not shown here. */
const changes = (whose: Whose): SQL => sql`
  select date_trunc('milliseconds', l.at) as at, l.id::text as key, 'changes' as kind,
    jsonb_build_object('action', l.action, 'changed', l.changed, 'actor_type', l.actor_type,
      'actor', ${nameOf(sql`l.actor_id`)}) as data
  from audit_log l
  where l.clinic_id = ${whose.clinicId} and l.target_id in (${sql.join(
    whose.people.map((id) => sql`${id}`),
    sql`, `,
  )}) and l.target_type = 'patient' and l.action not in ('patient.read', 'patient.merge', 'note.add')
  union all
  select date_trunc('milliseconds', g.merged_at), g.id::text, 'changes',
    jsonb_build_object('action', 'patient.merge', 'changed', g.moved->'filledFields', 'actor_type', 'user',
      'actor', ${nameOf(sql`g.merged_by`)}, 'merge', jsonb_build_object('id', g.id, 'kept_id', g.kept_id,
        'name', p.name, 'undone_at', g.undone_at))
  from patient_merges g
  join patients p on p.clinic_id = g.clinic_id and p.id = g.merged_id
  where g.clinic_id = ${whose.clinicId} and g.kept_id in ${list(whose.people)}`;

export const SOURCES = { messages, visits, consents, tasks, notes, changes } as const satisfies Record<
  TimelineKind,
  (whose: Whose) => SQL
>;
