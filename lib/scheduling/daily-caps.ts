import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { providers } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { fixed } from "@/lib/core/prepared";
import { dayBounds, dayIn } from "@/lib/core/zone";
import type { Plan } from "./availability";
import { CLINIC_ID, findService } from "./internal";
import { calendarDays } from "./open-hours";
import { isDesk } from "./rules";
import { instantAt, minuteOf, type Span } from "./spans";

interface Capped {
  people: readonly { id: string; mayLead: boolean; dailyCap: number | null }[];
  service: { id: string; dailyCap: number | null } | undefined;
  ask: { range: Span; exceptAppointmentId?: string | undefined };
}

const given = sql.placeholder;

/** What counts against a cap: every visit of the day that was not called off. A hold past its time is nobody's. */
const COUNTED = sql`a.clinic_id = ${CLINIC_ID} and a.starts_at >= ${given("from")} and a.starts_at < ${given("to")}
  and a.id is distinct from ${given("exceptAppointmentId")}::uuid and a.status not in ('cancelled', 'expired')
  and not (a.status = 'held' and a.hold_expires_at <= ${given("now")})`;

interface CountValues extends Record<string, unknown> {
  clinicId: string;
  from: string;
  to: string;
  now: string;
  exceptAppointmentId: string | null;
}
interface DayCount extends Record<string, unknown> {
  day: string;
  providerId: string;
  serviceId: string;
  visits: number;
}

const COUNT_DAYS = fixed<DayCount, CountValues & { timeZone: string }>(sql`
  select (a.starts_at at time zone ${given("timeZone")})::date::text as day, a.provider_id as "providerId",
    a.service_id as "serviceId", count(*)::int as visits
  from appointments a where ${COUNTED} group by 1, 2, 3`);

/**
 * The days of a range on which a cap is reached, by the providers who may not lead then: patients are not offered
 * those. The desk goes by no cap, and where none is set nothing is asked.
 */
export async function readFull(tx: Tx, ctx: ClinicContext, capped: Capped): Promise<Map<string, Span[]>> {
  const full = new Map<string, Span[]>();
  const { people, service, ask } = capped;
  if (isDesk(ctx) || !service) return full;
  const leads = people.filter(({ mayLead }) => mayLead);
  if (service.dailyCap === null && leads.every(({ dailyCap }) => dailyCap === null)) return full;
  const { timeZone } = ctx.clinic;
  const [first, last] = [dayIn(instantAt(ask.range[0]), timeZone), dayIn(instantAt(ask.range[1]), timeZone)];
  const counts = await COUNT_DAYS(tx, { ...countValues(ctx, first, last, ask.exceptAppointmentId), timeZone });
  const days = calendarDays(first, last, timeZone);
  for (const { id, dailyCap } of leads)
    full.set(
      id,
      fullDays(days, counts, {
        ...{ providerId: id, ofProvider: dailyCap },
        ...{ serviceId: service.id, ofService: service.dailyCap },
      }),
    );
  return full;
}

interface Caps {
  providerId: string;
  serviceId: string;
  ofProvider: number | null;
  ofService: number | null;
}

/** The days on which a provider or a service has as many visits as its cap. */
export function fullDays(
  days: readonly { day: string; from: number; to: number }[],
  counts: readonly DayCount[],
  caps: Caps,
): Span[] {
  const sum = (rows: readonly DayCount[]) => rows.reduce((total, { visits }) => total + visits, 0);
  return days.flatMap(({ day, from, to }): Span[] => {
    const own = counts.filter((row) => row.day === day);
    const provider = sum(own.filter(({ providerId }) => providerId === caps.providerId));
    const service = sum(own.filter(({ serviceId }) => serviceId === caps.serviceId));
    const isFull =
      (caps.ofProvider !== null && provider >= caps.ofProvider) ||
      (caps.ofService !== null && service >= caps.ofService);
    return isFull ? [[from, to]] : [];
  });
}

function countValues(ctx: ClinicContext, first: string, last: string, exceptAppointmentId: string | undefined) {
  const { timeZone } = ctx.clinic;
  return {
    clinicId: ctx.clinic.id,
    from: dayBounds(first, timeZone).start.toISOString(),
    to: dayBounds(last, timeZone).end.toISOString(),
    now: ctx.now().toISOString(),
    exceptAppointmentId: exceptAppointmentId ?? null,
  };
}

const LOCK_CAPS = fixed<Record<string, never>, { keys: string[] }>(
  sql`select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest(${given("keys")}::text[]) key`,
);

const COUNT_DAY = fixed<
  { ofProvider: number; ofService: number },
  CountValues & { providerId: string; serviceId: string }
>(sql`
  select count(*) filter (where a.provider_id = ${given("providerId")})::int as "ofProvider",
    count(*) filter (where a.service_id = ${given("serviceId")})::int as "ofService"
  from appointments a where ${COUNTED}`);

/**
 * Whether the caps of a plan's provider and service leave room on its day, and until the transaction ends nobody else
 * fills it: patients' bookings of a capped day take turns, in order of key. The desk and what has no cap take no lock.
 */
export async function keepCaps(
  tx: Tx,
  ctx: ClinicContext,
  { people, service, ask, plan }: Capped & { plan: Pick<Plan, "providerId" | "startsAt"> },
): Promise<boolean> {
  if (isDesk(ctx) || !service) return true;
  const ofProvider = people.find(({ id }) => id === plan.providerId)?.dailyCap ?? null;
  if (ofProvider === null && service.dailyCap === null) return true;
  const day = dayIn(instantAt(plan.startsAt), ctx.clinic.timeZone);
  const capped = [
    ...(ofProvider === null ? [] : [plan.providerId]),
    ...(service.dailyCap === null ? [] : [service.id]),
  ];
  await LOCK_CAPS(tx, { keys: capped.map((id) => `cap ${id} ${day}`).toSorted() });
  const [count] = await COUNT_DAY(tx, {
    ...countValues(ctx, day, day, ask.exceptAppointmentId),
    providerId: plan.providerId,
    serviceId: service.id,
  });
  const hasRoom = (cap: number | null, visits: number | undefined) => cap === null || (visits ?? cap) < cap;
  return hasRoom(ofProvider, count?.ofProvider) && hasRoom(service.dailyCap, count?.ofService);
}

/** The same for a hold past its time, which does not count against a cap any more until it is booked. */
export async function hasRoomFor(
  tx: Tx,
  ctx: ClinicContext,
  { id, providerId, serviceId, startsAt }: { id: string; providerId: string; serviceId: string; startsAt: Date },
): Promise<boolean> {
  if (isDesk(ctx)) return true;
  const service = await findService(tx, ctx, serviceId, { isRetiredToo: true });
  const mine = and(eq(providers.clinicId, ctx.clinic.id), eq(providers.id, providerId));
  const [provider] = await tx.select({ dailyCap: providers.dailyCap }).from(providers).where(mine);
  const start = minuteOf(startsAt);
  const people = [{ id: providerId, mayLead: true, dailyCap: provider?.dailyCap ?? null }];
  const ask = { range: [start, start + 1] as const, exceptAppointmentId: id };
  return keepCaps(tx, ctx, { people, service, ask, plan: { providerId, startsAt: start } });
}
