import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import type { ScheduleException, WeeklyHours } from "../open-hours";
import { instantAt, type Span } from "../spans";
import type { Taken } from "./overlaps";
import type { ImportedVisit } from "./read-row";

/** What the clinic has already where the file's visits want to be. */
export interface Present {
  taken: Taken[];
  /** Visits as `patient provider start`, without those that were cancelled or ran out. */
  visits: ReadonlySet<string>;
  externalIds: ReadonlySet<string>;
  hours: (WeeklyHours & { providerId: string })[];
  exceptions: ScheduleException[];
}

export const visitKey = (patientId: string, providerId: string, from: number, isCancelled: boolean): string =>
  `${patientId} ${providerId} ${from} ${isCancelled}`;

interface BusyRow extends Record<string, unknown> {
  resource_id: string;
  from_minute: number;
  to_minute: number;
}
interface KnownRow extends Record<string, unknown> {
  patient_id: string;
  provider_id: string;
  from_minute: number;
  is_cancelled: boolean;
}

/** What begins earlier than this before a range does not reach into it. */
const REACH_MINUTES = 24 * 60;

export async function readPresentIn(tx: Tx, ctx: ClinicContext, visits: readonly ImportedVisit[]): Promise<Present> {
  const clinicId = ctx.clinic.id;
  const range = rangeOf(visits);
  const [from, to] = [instantAt(range[0] - REACH_MINUTES), instantAt(range[1] + REACH_MINUTES)];
  const minute = (at: ReturnType<typeof sql>) => sql`(extract(epoch from ${at}) / 60)::float8`;
  const busy = await tx.execute<BusyRow>(sql`
    select s.resource_id, ${minute(sql`lower(s.occupied)`)} as from_minute, ${minute(sql`upper(s.occupied)`)} as to_minute
    from appointments a join appointment_segments s on s.clinic_id = a.clinic_id and s.appointment_id = a.id
    where a.clinic_id = ${clinicId} and a.starts_at between ${from} and ${to}
      and (a.status in ('scheduled', 'checked_in') or (a.status = 'held' and a.hold_expires_at > ${ctx.now()}))`);
  const known = await tx.execute<KnownRow>(sql`
    select a.patient_id, a.provider_id, ${minute(sql`a.starts_at`)} as from_minute, a.status = 'cancelled' as is_cancelled
    from appointments a
    where a.clinic_id = ${clinicId} and a.starts_at between ${from} and ${to} and a.status <> 'expired'`);
  const ids = visits.flatMap(({ externalId }) => externalId ?? []);
  const named = await tx.execute<{ external_id: string }>(sql`
    select external_id from imported_visits where clinic_id = ${clinicId} and external_id = any(${sql.param(ids)}::text[])`);
  return {
    taken: busy.rows.map((row) => ({
      resourceId: row.resource_id,
      span: [row.from_minute, row.to_minute] as const,
      row: undefined,
    })),
    visits: new Set(
      known.rows.map((row) => visitKey(row.patient_id, row.provider_id, row.from_minute, row.is_cancelled)),
    ),
    externalIds: new Set(named.rows.map((row) => row.external_id)),
    ...(await readHours(tx, ctx)),
  };
}

const rangeOf = (visits: readonly ImportedVisit[]): Span => [
  visits.reduce((least, { from }) => Math.min(least, from), Infinity),
  visits.reduce((most, { to }) => Math.max(most, to), -Infinity),
];

async function readHours(tx: Tx, ctx: ClinicContext): Promise<Pick<Present, "hours" | "exceptions">> {
  const hours = await tx.execute<WeeklyHours & { providerId: string } & Record<string, unknown>>(sql`
    select provider_id as "providerId", weekday, from_time as "fromTime", to_time as "toTime",
      valid_from::text as "validFrom", valid_to::text as "validTo"
    from schedule_hours where clinic_id = ${ctx.clinic.id}`);
  const exceptions = await tx.execute<ScheduleException & Record<string, unknown>>(sql`
    select provider_id as "providerId", kind, day_from::text as "dayFrom", day_to::text as "dayTo",
      from_time as "fromTime", to_time as "toTime"
    from schedule_exceptions where clinic_id = ${ctx.clinic.id}`);
  return { hours: hours.rows, exceptions: exceptions.rows };
}
