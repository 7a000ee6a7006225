import { sql, type SQL } from "drizzle-orm";
import { fixed } from "@/lib/core/prepared";
import type { BookableProvider } from "./availability";
import { CLINIC_ID, SERVICE_ID, SERVICE_JSON, type ServiceJson } from "./internal";

/** The hot reads of the book. Instants are ISO texts. */

interface ScheduleValues extends Record<string, unknown> {
  clinicId: string;
  timeZone: string;
  rangeFrom: string;
  rangeTo: string;
}
interface BusyValues extends Record<string, unknown> {
  clinicId: string;
  busyFrom: string;
  busyTo: string;
  now: string;
  isDesk: boolean;
  exceptAppointmentId: string | null;
}
interface BookValues extends ScheduleValues, BusyValues {
  serviceId: string;
  /** Only these may lead; null is anybody. */
  leadIds: string[] | null;
  exceptLeadIds: string[];
  operatoryId: string | null;
}

export type ElsewhereRow = [providerId: string, fromMinute: number, toMinute: number];
export type BusyRow = [resourceId: string, fromMinute: number, toMinute: number, isEndedHold: boolean];
export interface BookRow {
  service: ServiceJson | null;
  /** Those who may lead and those who may help, in the clinic's order. */
  people: (Omit<BookableProvider, "hours"> & { dailyCap: number | null })[];
  chairs: { id: string; isListed: boolean }[];
  /** Weekly hours and exceptions of the people, as JSON: equal texts are equal schedules. */
  schedule: string;
  /** When the people are taken elsewhere, as JSON of `ElsewhereRow`s: equal texts are equal times. */
  elsewhere: string;
  busy: BusyRow[];
}

const given = sql.placeholder;

/** Active providers who may lead the service or help with it. */
const PEOPLE = sql`
  select * from (
    select v.id, v.kind, v.position, v.daily_cap, v.id <> all(${given("exceptLeadIds")}::uuid[])
      and v.id = any(coalesce(${given("leadIds")}::uuid[], array[v.id]))
      and v.id in (select l.provider_id from service_providers l
        where l.clinic_id = ${CLINIC_ID} and l.service_id = ${SERVICE_ID}) as may_lead
    from providers v where v.clinic_id = ${CLINIC_ID} and v.is_active) v
  where v.may_lead or v.kind in (
    select g.role from service_segments g where g.clinic_id = ${CLINIC_ID} and g.service_id = ${SERVICE_ID})`;

/** The chairs of a service that needs one, or whose visit was given one. */
const CHAIRS = sql`
  select o.id, o.position, o.id in (select l.operatory_id from service_operatories l
      where l.clinic_id = ${CLINIC_ID} and l.service_id = ${SERVICE_ID}) as is_listed
  from operatories o where o.clinic_id = ${CLINIC_ID} and o.is_active
    and (${given("operatoryId")}::uuid is not null or exists (select from service_segments g
      where g.clinic_id = ${CLINIC_ID} and g.service_id = ${SERVICE_ID} and g.role = 'operatory'))`;

/** Weekly hours, and exceptions from the day before the range to the day after it. */
const scheduleOf = (peopleIds: SQL) => sql`json_build_object(
  'hours', coalesce((
    select json_agg(json_build_object('providerId', h.provider_id, 'weekday', h.weekday, 'fromTime', h.from_time,
      'toTime', h.to_time, 'validFrom', h.valid_from, 'validTo', h.valid_to) order by h.id)
    from schedule_hours h where h.clinic_id = ${CLINIC_ID} and h.provider_id = any(${peopleIds})), '[]'),
  'exceptions', coalesce((
    select json_agg(json_build_object('providerId', e.provider_id, 'kind', e.kind, 'dayFrom', e.day_from,
      'dayTo', e.day_to, 'fromTime', e.from_time, 'toTime', e.to_time) order by e.id)
    from schedule_exceptions e where e.clinic_id = ${CLINIC_ID}
      and e.day_to >= (${given("rangeFrom")}::timestamptz at time zone ${given("timeZone")})::date - 1
      and e.day_from <= (${given("rangeTo")}::timestamptz at time zone ${given("timeZone")})::date + 2
      and (e.provider_id is null or e.provider_id = any(${peopleIds}))), '[]'))::text`;

/**
 * What is taken, by resource: the plans of active visits, which are what they occupy (migration 0001). They are found
 * by their day, because the ranges' own operators may not use an index behind row-level security. A hold past its
 * time counts as free. Patients are also kept from the rest of a missed visit: it is not active any more, but its
 * time is not offered online (domain.md, no-show).
 */
const busyOf = (resourceIds: SQL) => sql`coalesce((
  select json_agg(json_build_array(s.resource_id, (extract(epoch from lower(s.occupied)) / 60)::float8,
    (extract(epoch from upper(s.occupied)) / 60)::float8, a.status = 'held' and a.hold_expires_at <= ${given("now")}))
  from appointments a
  join appointment_segments s on s.clinic_id = a.clinic_id and s.appointment_id = a.id
  where a.clinic_id = ${CLINIC_ID} and a.starts_at between ${given("busyFrom")} and ${given("busyTo")}
    and s.starts_at between ${given("busyFrom")} and ${given("busyTo")}
    and a.id is distinct from ${given("exceptAppointmentId")}::uuid and s.resource_id = any(${resourceIds})
    and (a.status in ('held', 'scheduled', 'checked_in')
      or (a.status = 'no_show' and a.ends_at > ${given("now")} and not ${given("isDesk")}::boolean))), '[]')`;

/**
 * Busy time of other calendars, by provider, in whole minutes: what is longer than a day is found by its end, the rest
 * by its start, each by an index of its own.
 */
const elsewhereOf = (peopleIds: SQL) => sql`coalesce((
  select json_agg(json_build_array(b.provider_id, floor(extract(epoch from b.starts_at) / 60)::float8,
    ceil(extract(epoch from b.ends_at) / 60)::float8) order by b.id)
  from (
    select b.id, b.provider_id, b.starts_at, b.ends_at from external_busy b
      where b.clinic_id = ${CLINIC_ID} and b.provider_id = any(${peopleIds}) and not b.is_long
        and b.starts_at between ${given("busyFrom")} and ${given("busyTo")}
    union all
    select b.id, b.provider_id, b.starts_at, b.ends_at from external_busy b
      where b.clinic_id = ${CLINIC_ID} and b.provider_id = any(${peopleIds}) and b.is_long
        and b.ends_at > ${given("busyFrom")} and b.starts_at < ${given("busyTo")}) b), '[]')::text`;

/** All that decides where a service fits, of one moment. */
export const BOOK = fixed<BookRow, BookValues>(sql`
  with people as materialized (${PEOPLE}), chairs as materialized (${CHAIRS})
  select ${SERVICE_JSON} as service,
    coalesce((select json_agg(json_build_object('id', id, 'kind', kind, 'mayLead', may_lead, 'dailyCap', daily_cap) order by position, id)
      from people), '[]') as people,
    coalesce((select json_agg(json_build_object('id', id, 'isListed', is_listed) order by position, id)
      from chairs), '[]') as chairs,
    ${scheduleOf(sql`array(select id from people)`)} as schedule,
    ${elsewhereOf(sql`array(select id from people)`)} as elsewhere,
    ${busyOf(sql`array(select id from people union all select id from chairs)`)} as busy`);

export const BUSY = fixed<Pick<BookRow, "busy" | "elsewhere">, BusyValues & { resourceIds: string[] }>(sql`
  select ${busyOf(sql`${given("resourceIds")}::uuid[]`)} as busy,
    ${elsewhereOf(sql`${given("resourceIds")}::uuid[]`)} as elsewhere`);

/** What a booking depends on and no constraint guards. */
export const SCHEDULE = fixed<
  Pick<BookRow, "schedule" | "elsewhere">,
  ScheduleValues & Pick<BusyValues, "busyFrom" | "busyTo"> & { peopleIds: string[] }
>(sql`
  select ${scheduleOf(sql`${given("peopleIds")}::uuid[]`)} as schedule,
    ${elsewhereOf(sql`${given("peopleIds")}::uuid[]`)} as elsewhere`);

/** In order of id, as everybody locks. */
export const LOCK = fixed<{ id: string }, { clinicId: string; peopleIds: string[] }>(sql`
  select v.id from providers v
  where v.clinic_id = ${CLINIC_ID} and v.id = any(${given("peopleIds")}::uuid[]) and v.is_active
  order by v.id for share of v`);
