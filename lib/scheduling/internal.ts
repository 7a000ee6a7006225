import { and, asc, eq, gte, inArray, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clinics } from "@/db/schema/clinics";
import { operatories, providers, scheduleExceptions, scheduleHours } from "@/db/schema/resources";
import { serviceOperatories, serviceProviders, services, serviceSegments } from "@/db/schema/services";
import { rulesOf, type ClinicRules } from "@/lib/clinics/rules";
import type { ClinicContext } from "@/lib/core/context";
import { addDays, dayIn } from "@/lib/core/zone";
import type { BookableProvider, Facts, SegmentRole, ServicePlan } from "./availability";
import type { WeeklyHours } from "./open-hours";
import { isDesk } from "./rules";
import { instantAt, type Span } from "./spans";

export type ServiceRow = typeof services.$inferSelect;
export interface KnownService {
  row: ServiceRow;
  plan: ServicePlan;
  rules: ClinicRules;
}

/** An active service (a retired one only for its own visits) with its segments and the clinic's rules, or undefined. */
export async function findService(
  tx: Tx,
  ctx: ClinicContext,
  serviceId: string,
  { isRetiredToo = false } = {},
): Promise<KnownService | undefined> {
  const rows = await tx
    .select({ row: services, settings: clinics.settings, segment: serviceSegments })
    .from(services)
    .innerJoin(clinics, eq(clinics.id, services.clinicId))
    .leftJoin(
      serviceSegments,
      and(eq(serviceSegments.clinicId, services.clinicId), eq(serviceSegments.serviceId, services.id)),
    )
    .where(
      and(
        eq(services.clinicId, ctx.clinic.id),
        eq(services.id, serviceId),
        isRetiredToo ? undefined : eq(services.isActive, true),
      ),
    )
    .orderBy(asc(serviceSegments.position));
  const [found] = rows;
  if (!found) return undefined;
  const segments = rows.flatMap(({ segment }) => (segment ? [segment] : []));
  const { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes } = found.row;
  const plan = { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes, segments };
  return { row: found.row, plan, rules: rulesOf(found.settings) };
}

export const readRules = async (tx: Tx, ctx: ClinicContext): Promise<ClinicRules> => {
  const [row] = await tx.select({ settings: clinics.settings }).from(clinics).where(eq(clinics.id, ctx.clinic.id));
  return rulesOf(row?.settings ?? {});
};

/** Which part of the book to read, and how. */
export interface FactsAsk {
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

/** What decides where this service fits in a stretch of time. */
export async function readFacts(
  tx: Tx,
  ctx: ClinicContext,
  { row, plan }: KnownService,
  ask: FactsAsk,
): Promise<Facts> {
  const service = withChair(plan, ask.operatoryId);
  const people = await readProviders(tx, ctx, row.id, service, ask);
  const operatoryIds = service.segments.some(({ role }) => role === "operatory")
    ? await readOperatories(tx, ctx, row.id, ask.operatoryId)
    : [];
  const { timeZone } = ctx.clinic;
  const [firstDay, lastDay] = [
    addDays(dayIn(instantAt(ask.range[0]), timeZone), -1),
    addDays(dayIn(instantAt(ask.range[1]), timeZone), 2),
  ];
  const hours = await readHours(tx, ctx, people);
  return {
    timeZone,
    service,
    providers: people.map((person) => ({ ...person, hours: hours.get(person.id) ?? [] })),
    operatoryIds,
    preferredIds: ask.preferredIds ?? [],
    exceptions: await readExceptions(tx, ctx, people, firstDay, lastDay),
    busy: await readBusy(tx, ctx, resourcesOf({ providers: people, operatoryIds }), ask),
  };
}

/** Everybody and every chair that could take part. */
export const resourcesOf = (facts: { providers: readonly { id: string }[]; operatoryIds: readonly string[] }) => [
  ...facts.providers.map(({ id }) => id),
  ...facts.operatoryIds,
];

/** A chair that staff ask for is taken all along, also by a service that needs none. */
function withChair(plan: ServicePlan, operatoryId: string | undefined): ServicePlan {
  if (operatoryId === undefined || plan.segments.some(({ role }) => role === "operatory")) return plan;
  const chair = { role: "operatory", fromMinute: 0, toMinute: plan.durationMinutes } as const;
  return { ...plan, segments: [...plan.segments, chair] };
}

type Person = Omit<BookableProvider, "hours">;

/** Those who may lead and those who may help, in the clinic's order. */
async function readProviders(
  tx: Tx,
  ctx: ClinicContext,
  serviceId: string,
  service: ServicePlan,
  { providerIds, exceptProviderIds = [], isBooking }: FactsAsk,
): Promise<Person[]> {
  const leads = tx
    .select({ id: serviceProviders.providerId })
    .from(serviceProviders)
    .where(and(eq(serviceProviders.clinicId, ctx.clinic.id), eq(serviceProviders.serviceId, serviceId)));
  const helperKinds = (["dentist", "hygienist"] as const).filter((kind) => has(service, kind));
  const mayLead = and(
    inArray(providers.id, leads),
    providerIds ? inArray(providers.id, [...providerIds]) : undefined,
    exceptProviderIds.length > 0 ? sql`not ${inArray(providers.id, [...exceptProviderIds])}` : undefined,
  );
  const asked = tx
    .select({ id: providers.id, kind: providers.kind, position: providers.position, mayLead: sql<boolean>`${mayLead}` })
    .from(providers)
    .where(
      and(
        eq(providers.clinicId, ctx.clinic.id),
        eq(providers.isActive, true),
        helperKinds.length > 0 ? or(mayLead, inArray(providers.kind, helperKinds)) : mayLead,
      ),
    )
    .orderBy(asc(providers.id));
  const people = isBooking ? await asked.for("share", { of: providers }) : await asked;
  return people.toSorted((a, b) => a.position - b.position);
}

const has = ({ segments }: ServicePlan, wanted: SegmentRole) => segments.some(({ role }) => role === wanted);

async function readOperatories(tx: Tx, ctx: ClinicContext, serviceId: string, only?: string): Promise<string[]> {
  const rows = await tx
    .select({ id: operatories.id, listed: serviceOperatories.operatoryId })
    .from(operatories)
    .leftJoin(
      serviceOperatories,
      and(
        eq(serviceOperatories.clinicId, operatories.clinicId),
        eq(serviceOperatories.operatoryId, operatories.id),
        eq(serviceOperatories.serviceId, serviceId),
      ),
    )
    .where(and(eq(operatories.clinicId, ctx.clinic.id), eq(operatories.isActive, true)))
    .orderBy(asc(operatories.position), asc(operatories.id));
  // Staff may seat a visit in any chair; a search keeps to the service's own.
  if (only !== undefined) return rows.filter(({ id }) => id === only).map(({ id }) => id);
  const listed = rows.filter((row) => row.listed !== null);
  return (listed.length > 0 ? listed : rows).map(({ id }) => id);
}

async function readHours(tx: Tx, ctx: ClinicContext, people: readonly Person[]) {
  const ids = people.map(({ id }) => id);
  const hours = new Map<string, WeeklyHours[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return hours;
  const rows = await tx
    .select()
    .from(scheduleHours)
    .where(and(eq(scheduleHours.clinicId, ctx.clinic.id), inArray(scheduleHours.providerId, ids)));
  for (const row of rows) hours.get(row.providerId)?.push(row);
  return hours;
}

const readExceptions = (tx: Tx, ctx: ClinicContext, people: readonly Person[], firstDay: string, lastDay: string) =>
  tx
    .select()
    .from(scheduleExceptions)
    .where(
      and(
        eq(scheduleExceptions.clinicId, ctx.clinic.id),
        gte(scheduleExceptions.dayTo, firstDay),
        lte(scheduleExceptions.dayFrom, lastDay),
        or(
          isNull(scheduleExceptions.providerId),
          inArray(
            scheduleExceptions.providerId,
            people.map(({ id }) => id),
          ),
        ),
      ),
    );

/** What begins earlier than this before a range does not reach into it. */
const REACH_MINUTES = 24 * 60;

/**
 * What is taken, by resource: the plans of active visits, which are what they occupy (migration 0001). They are found
 * by their day, because the ranges' own operators may not use an index behind row-level security. A hold past its
 * time counts as free. Patients are also kept from the rest of a missed visit: it is not active any more, but its
 * time is not offered online (domain.md, no-show).
 */
export async function readBusy(
  tx: Tx,
  ctx: ClinicContext,
  resourceIds: readonly string[],
  { range, busyRange = range, exceptAppointmentId }: Pick<FactsAsk, "range" | "busyRange" | "exceptAppointmentId">,
): Promise<Map<string, Span[]>> {
  if (resourceIds.length === 0) return new Map();
  const [from, to] = [instantAt(busyRange[0] - REACH_MINUTES), instantAt(busyRange[1] + REACH_MINUTES)];
  const ids = sql`array[${sql.join(
    resourceIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  )}]`;
  const minutes = (bound: SQL) => sql`(extract(epoch from ${bound}) / 60)::float8`;
  const isMissed = sql`a.status = 'no_show' and a.ends_at > ${ctx.now()}`;
  const { rows } = await tx.execute<{ resource_id: string; from_minute: number; to_minute: number }>(sql`
    select s.resource_id, ${minutes(sql`lower(s.occupied)`)} as from_minute, ${minutes(sql`upper(s.occupied)`)} as to_minute
    from appointments a
    join appointment_segments s on s.clinic_id = a.clinic_id and s.appointment_id = a.id
    where a.clinic_id = ${ctx.clinic.id} and a.starts_at between ${from} and ${to} and s.resource_id = any(${ids})
      and (a.status in ('scheduled', 'checked_in') or (a.status = 'held' and a.hold_expires_at > ${ctx.now()})
        ${isDesk(ctx) ? sql`` : sql`or (${isMissed})`})
      ${exceptAppointmentId ? sql`and a.id <> ${exceptAppointmentId}` : sql``}`);
  const busy = new Map<string, Span[]>();
  for (const row of rows) {
    const spans = busy.get(row.resource_id);
    const span = [row.from_minute, row.to_minute] as const;
    if (spans) spans.push(span);
    else busy.set(row.resource_id, [span]);
  }
  return busy;
}

export async function readProviderNames(tx: Tx, ctx: ClinicContext): Promise<Map<string, string>> {
  const rows = await tx
    .select({ id: providers.id, name: providers.name })
    .from(providers)
    .where(eq(providers.clinicId, ctx.clinic.id));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
