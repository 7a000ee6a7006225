import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { prepared } from "@/lib/core/prepared";
import { addDays, dayIn } from "@/lib/core/zone";
import type { BookableProvider, Facts, ServicePlan } from "./availability";
import type { ScheduleException, WeeklyHours } from "./open-hours";
import { isDesk } from "./rules";
import { instantAt, type Span } from "./spans";

/** Which part of the book to read, and how. */
export interface BookAsk {
  /** Minutes: starts lie in it. */
  range: Span;
  /** Where less of the book than the whole range is needed now. */
  busyRange?: Span;
  /** Only these may lead; anybody who provides the service without. */
  providerIds?: readonly string[] | undefined;
  exceptProviderIds?: readonly string[] | undefined;
  operatoryId?: string | undefined;
  /** Taken wherever they are free. */
  preferredIds?: readonly string[];
  /** A visit whose own time counts as free. */
  exceptAppointmentId?: string | undefined;
  /** Locks the providers' rows FOR SHARE before their hours are read: whoever writes hours waits for us. */
  isBooking?: boolean;
}

interface Person extends Omit<BookableProvider, "hours"> {
  position: number;
}
type BusyRow = [resourceId: string, fromMinute: number, toMinute: number, isEndedHold: boolean];
interface Page {
  hours: (WeeklyHours & { providerId: string })[];
  exceptions: ScheduleException[];
  chairs: { id: string; isListed: boolean }[];
  busy: BusyRow[];
}
/** What is written about a stretch of time, of everybody and every chair that could do a service. */
export interface Book extends Omit<Page, "busy"> {
  people: Person[];
  busy: Map<string, Span[]>;
  /** A hold past its time stands in this stretch: it counts as free, and is in the way until it is ended. */
  hasEndedHolds: boolean;
}

/**
 * Reads the book in two statements that travel together. The second begins when the first has its locks, so the hours
 * it sees are those that the locks keep.
 */
export async function readBook(tx: Tx, ctx: ClinicContext, serviceId: string, ask: BookAsk): Promise<Book> {
  const [people, [page]] = await Promise.all([
    readPeople(tx, ctx, serviceId, ask),
    prepared<Page & Record<string, unknown>>(tx, pageOf(ctx, serviceId, ask)),
  ]);
  if (!page) throw new Error("the book has no page");
  return { ...page, people, ...busyOf(page.busy) };
}

/** What decides where this service fits in what was read. */
export function factsOf(ctx: ClinicContext, plan: ServicePlan, book: Book, ask: BookAsk): Facts {
  const service = withChair(plan, ask.operatoryId);
  const { people, hours, exceptions, busy } = book;
  return {
    timeZone: ctx.clinic.timeZone,
    service,
    providers: people.map((person) => ({
      ...person,
      hours: hours.filter(({ providerId }) => providerId === person.id),
    })),
    operatoryIds: chairsOf(book, ask.operatoryId),
    preferredIds: ask.preferredIds ?? [],
    exceptions,
    busy,
  };
}

/** A chair that staff ask for is taken all along, also by a service that needs none. */
function withChair(plan: ServicePlan, operatoryId: string | undefined): ServicePlan {
  if (operatoryId === undefined || plan.segments.some(({ role }) => role === "operatory")) return plan;
  const chair = { role: "operatory", fromMinute: 0, toMinute: plan.durationMinutes } as const;
  return { ...plan, segments: [...plan.segments, chair] };
}

/** Staff may seat a visit in any chair; a search keeps to the service's own. */
function chairsOf({ chairs }: Book, only: string | undefined): string[] {
  const listed = chairs.filter(({ isListed }) => isListed);
  const open = only === undefined && listed.length > 0 ? listed : chairs;
  return open.map(({ id }) => id).filter((id) => only === undefined || id === only);
}

const listOf = (ids: readonly string[] | undefined) => sql`${sql.param(ids ? [...ids] : null)}::uuid[]`;

/** Of providers `v`: those who may lead the service. */
const mayLead = (ctx: ClinicContext, serviceId: string, { providerIds, exceptProviderIds }: BookAsk) => sql`(
  exists (select from service_providers l
    where l.clinic_id = ${ctx.clinic.id} and l.service_id = ${serviceId} and l.provider_id = v.id)
  and v.id = any(coalesce(${listOf(providerIds)}, array[v.id])) and v.id <> all(${listOf(exceptProviderIds ?? [])}))`;

/** Active providers `v` who may lead the service or help with it. */
const peopleOf = (ctx: ClinicContext, serviceId: string, ask: BookAsk) => sql`
  providers v where v.clinic_id = ${ctx.clinic.id} and v.is_active and (${mayLead(ctx, serviceId, ask)}
    or v.kind in (select g.role from service_segments g where g.clinic_id = ${ctx.clinic.id} and g.service_id = ${serviceId}))`;

/** Those who may lead and those who may help, in the clinic's order; locked in order of id. */
async function readPeople(tx: Tx, ctx: ClinicContext, serviceId: string, ask: BookAsk): Promise<Person[]> {
  const found = await prepared<Person & Record<string, unknown>>(
    tx,
    sql`select v.id, v.kind, v.position, ${mayLead(ctx, serviceId, ask)} as "mayLead"
      from ${peopleOf(ctx, serviceId, ask)} order by v.id ${ask.isBooking ? sql`for share of v` : sql``}`,
  );
  return found.toSorted((a, b) => a.position - b.position);
}

function pageOf(ctx: ClinicContext, serviceId: string, ask: BookAsk): SQL {
  const { timeZone, id: clinicId } = ctx.clinic;
  const [firstDay, lastDay] = [
    addDays(dayIn(instantAt(ask.range[0]), timeZone), -1),
    addDays(dayIn(instantAt(ask.range[1]), timeZone), 2),
  ];
  return sql`
    with people as (select v.id from ${peopleOf(ctx, serviceId, ask)}),
    chairs as (select o.id, o.position, exists (select from service_operatories l where l.clinic_id = o.clinic_id
        and l.service_id = ${serviceId} and l.operatory_id = o.id) as is_listed
      from operatories o where o.clinic_id = ${clinicId} and o.is_active
        and (${ask.operatoryId ?? null}::uuid is not null or exists (select from service_segments g
          where g.clinic_id = ${clinicId} and g.service_id = ${serviceId} and g.role = 'operatory')))
    select
      coalesce((select json_agg(json_build_object('providerId', h.provider_id, 'weekday', h.weekday,
          'fromTime', h.from_time, 'toTime', h.to_time, 'validFrom', h.valid_from, 'validTo', h.valid_to))
        from schedule_hours h where h.clinic_id = ${clinicId} and h.provider_id in (select id from people)), '[]') as hours,
      coalesce((select json_agg(json_build_object('providerId', e.provider_id, 'kind', e.kind, 'dayFrom', e.day_from,
          'dayTo', e.day_to, 'fromTime', e.from_time, 'toTime', e.to_time))
        from schedule_exceptions e where e.clinic_id = ${clinicId}
          and e.day_to >= ${firstDay} and e.day_from <= ${lastDay}
          and (e.provider_id is null or e.provider_id in (select id from people))), '[]') as exceptions,
      coalesce((select json_agg(json_build_object('id', id, 'isListed', is_listed) order by position, id)
        from chairs), '[]') as chairs,
      coalesce((${busyRows(ctx, sql`select id from people union all select id from chairs`, ask)}), '[]') as busy`;
}

/** What begins earlier than this before a range does not reach into it. */
const REACH_MINUTES = 24 * 60;

/**
 * What is taken, by resource: the plans of active visits, which are what they occupy (migration 0001). They are found
 * by their day, because the ranges' own operators may not use an index behind row-level security. A hold past its
 * time counts as free. Patients are also kept from the rest of a missed visit: it is not active any more, but its
 * time is not offered online (domain.md, no-show).
 */
function busyRows(ctx: ClinicContext, resourceIds: SQL, ask: BookAsk): SQL {
  const { range, busyRange = range, exceptAppointmentId } = ask;
  const [from, to] = [instantAt(busyRange[0] - REACH_MINUTES), instantAt(busyRange[1] + REACH_MINUTES)];
  const minutes = (bound: SQL) => sql`(extract(epoch from ${bound}) / 60)::float8`;
  return sql`select json_agg(json_build_array(s.resource_id, ${minutes(sql`lower(s.occupied)`)},
      ${minutes(sql`upper(s.occupied)`)}, a.status = 'held' and a.hold_expires_at <= ${ctx.now()}))
    from appointments a
    join appointment_segments s on s.clinic_id = a.clinic_id and s.appointment_id = a.id
    where a.clinic_id = ${ctx.clinic.id} and a.starts_at between ${from} and ${to}
      and a.id is distinct from ${exceptAppointmentId ?? null}::uuid and s.resource_id in (${resourceIds})
      and (a.status in ('held', 'scheduled', 'checked_in')
        or (a.status = 'no_show' and a.ends_at > ${ctx.now()} and not ${isDesk(ctx)}::boolean))`;
}

function busyOf(rows: readonly BusyRow[]): Pick<Book, "busy" | "hasEndedHolds"> {
  const busy = new Map<string, Span[]>();
  for (const [resourceId, from, to, isEndedHold] of rows) {
    if (isEndedHold) continue;
    const spans = busy.get(resourceId);
    if (spans) spans.push([from, to]);
    else busy.set(resourceId, [[from, to]]);
  }
  return { busy, hasEndedHolds: rows.some(([, , , isEndedHold]) => isEndedHold) };
}

/** What is taken of what the facts know, in another stretch of time. */
export async function readBusy(tx: Tx, ctx: ClinicContext, facts: Facts, ask: BookAsk): Promise<Map<string, Span[]>> {
  const ids = [...facts.providers.map(({ id }) => id), ...facts.operatoryIds];
  const [row] = await prepared<{ busy: BusyRow[] }>(
    tx,
    sql`select coalesce((${busyRows(ctx, sql`select unnest(${listOf(ids)})`, ask)}), '[]') as busy`,
  );
  return busyOf(row?.busy ?? []).busy;
}
