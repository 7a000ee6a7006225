import { sql, type SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import pg from "pg";
import type { ClinicContext } from "@/lib/core/context";

/** Visits are written so many at a time: a transaction ends before anybody's patience does. */
const CHUNK = 20_000;
const PROVIDERS = 20;
const A_DAY = PROVIDERS * 16;
/** The first visits are of so many days from today on; those after them go back in time. */
const DAYS_AHEAD = 10;
const AHEAD = DAYS_AHEAD * A_DAY;

export interface BusyBook {
  ctx: ClinicContext;
  providerIds: string[];
  serviceId: string;
}

/** A clinic of 20 providers, without visits. */
export async function makeBook(now: string): Promise<BusyBook> {
  const { makeBareClinic, makeProvider, makeService, makeUser } = await import("@/db/testing/make");
  const bare = await makeBareClinic({}, now);
  const providerIds: string[] = [];
  for (let at = 0; at < PROVIDERS; at++)
    providerIds.push((await makeProvider(bare, { name: `Dentist ${at}`, position: at })).id);
  const { id: serviceId } = await makeService(bare, { providerIds });
  const user = await makeUser([{ ctx: bare, role: "OWNER" }]);
  const actor = { type: "user", id: user.id, name: "Bench" } as const;
  return { ctx: { ...bare, actor, role: "OWNER" }, providerIds, serviceId };
}

/**
 * Fills the book up to `visits`, one patient to ten visits, from `first` (a number of visits that are there already) on:
 * every provider has 16 half hours a day, one after the other; today and the nine days after it first, then the past.
 */
export async function fillBook(book: BusyBook, first: number, visits: number, ownerUrl: string): Promise<void> {
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  const run = (statement: SQL) => {
    const { sql: text, params } = new PgDialect().sqlToQuery(statement);
    return owner.query(text, params);
  };
  try {
    // What is written agrees with itself; the guards that ask each row again would take an hour for a million.
    await owner.query("set session_replication_role = replica");
    for (let from = first; from < visits; from += CHUNK) {
      const to = Math.min(visits, from + CHUNK);
      for (const statement of [peopleOf(book, from, to), pointsOf(book, from), linksOf(book, from)])
        await run(statement);
      await run(visitsOf(book, from, to));
    }
    await owner.query("vacuum analyze");
  } finally {
    await owner.end();
  }
}

const pointsOf = ({ ctx }: BusyBook, from: number) => sql`insert into contact_points (id, clinic_id, kind, value)
  select p.id, p.clinic_id, 'phone', '+1303' || lpad(split_part(p.name_key, ' ', 3), 7, '0') from patients p
  where p.clinic_id = ${ctx.clinic.id} and p.language = ${`x-${from}`}`;
const linksOf = ({ ctx }: BusyBook, from: number) => sql`
  insert into patient_contact_points (clinic_id, patient_id, contact_point_id)
  select p.clinic_id, p.id, p.id from patients p where p.clinic_id = ${ctx.clinic.id} and p.language = ${`x-${from}`}`;

const TEN = 10;

const peopleOf = ({ ctx }: BusyBook, from: number, to: number) => sql`
  insert into patients (id, clinic_id, name, name_key, created_from, language)
  select uuidv7(), ${ctx.clinic.id}, initcap(name), name, 'IMPORT', ${`x-${from}`} from (
    select (array['ana','omar','lucia','fatima','john'])[1 + n % 5] || ' '
      || (array['haddad','gomez','smith','rivera','khalil','ortiz'])[1 + n % 6] || ' ' || n as name
    from generate_series(${from / TEN}::int, ${to / TEN - 1}::int) n) p`;

/** Visits to come are scheduled and take time; those before are over. */
const visitsOf = ({ ctx, providerIds, serviceId }: BusyBook, from: number, to: number) => sql`
  with made as materialized (
    select uuidv7() as id, n, p.id as patient_id, (${sql.param(providerIds)}::uuid[])[1 + n % ${PROVIDERS}::int] as provider_id,
      date_trunc('day', ${ctx.now()}::timestamptz) + interval '14 hours'
        + (case when n < ${AHEAD}::int then n / ${A_DAY}::int else ${DAYS_AHEAD - 1}::int - n / ${A_DAY}::int end) * interval '1 day'
        + ((n / ${PROVIDERS}::int) % 16) * interval '30 minutes' as starts_at
    from generate_series(${from}::int, ${to - 1}::int) n
    join patients p on p.clinic_id = ${ctx.clinic.id} and p.language = ${`x-${from}`}
      and split_part(p.name_key, ' ', 3)::int = n / ${TEN}::int),
  visits as (
    insert into appointments (id, clinic_id, patient_id, service_id, provider_id, starts_at, ends_at, status, created_from, created_at)
    select id, ${ctx.clinic.id}, patient_id, ${serviceId}, provider_id, starts_at, starts_at + interval '30 minutes',
      case when starts_at > ${ctx.now()}::timestamptz then 'scheduled' when n % 50 = 0 then 'no_show'
        when n % 20 = 0 then 'cancelled' else 'completed' end, 'MANUAL_ADMIN', starts_at - interval '14 days'
    from made returning id, provider_id, starts_at, ends_at, status),
  segments as (
    insert into appointment_segments (clinic_id, appointment_id, resource_id, starts_at, ends_at, occupied)
    select ${ctx.clinic.id}, id, provider_id, starts_at, ends_at, tstzrange(starts_at, ends_at) from visits),
  taken as (
    insert into occupancies (clinic_id, appointment_id, resource_id, during)
    select ${ctx.clinic.id}, id, provider_id, tstzrange(starts_at, ends_at) from visits where status = 'scheduled')
  insert into appointment_events (id, clinic_id, appointment_id, at, kind, actor_type, to_value)
  select uuidv7(), ${ctx.clinic.id}, id, starts_at - interval '14 days', 'created', 'user', 'scheduled' from visits`;
