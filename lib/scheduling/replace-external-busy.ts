import { and, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { externalBusy, type BUSY_SOURCES } from "@/db/schema/external-busy";
import { providers } from "@/db/schema/resources";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";

export type BusySource = (typeof BUSY_SOURCES)[number];

/** A time at another calendar; `externalId` is the event's id there. The end is left out. */
export interface BusyEvent {
  externalId: string;
  startsAt: Date;
  endsAt: Date;
  isAllDay?: boolean;
}
export interface ReplaceBusy {
  providerId: string;
  source: BusySource;
  /** The window that `events` is all of: what is known of this source and touches it goes, if it is not among them. */
  from: Date;
  to: Date;
  events: readonly BusyEvent[];
}

/** A live visit whose time, with its buffers, is now also taken elsewhere: staff must decide. */
export interface OverlappedVisit {
  appointmentId: string;
  startsAt: Date;
  endsAt: Date;
  status: "held" | "scheduled" | "checked_in";
}
export interface BusyReplaced {
  changed: number;
  overlapped: OverlappedVisit[];
}

/**
 * Replaces what is known of a provider's busy time from one source in a window, and answers the visits that it now
 * overlaps: bookings wait for the provider's row, so none slips in between (domain.md). Events that are not in the
 * window, or end before they begin, are left out. The same events again change nothing. NOT_FOUND: no such provider.
 */
export async function replaceExternalBusyIn(
  tx: Tx,
  ctx: ClinicContext,
  input: ReplaceBusy,
): Promise<Result<BusyReplaced>> {
  if (!(await lockProvider(tx, ctx, input.providerId))) return err("NOT_FOUND", { what: "provider" });
  const changed = await writeDifference(tx, ctx, input);
  if (changed > 0) {
    const target = { targetType: "provider", targetId: input.providerId };
    await audit(tx, ctx, { action: "provider.busy_replace", ...target });
    await announce(tx, ctx, "appointment", input.providerId);
  }
  return ok({ changed, overlapped: await listOverlapped(tx, ctx, input) });
}

export const replaceExternalBusy = (ctx: ClinicContext, input: ReplaceBusy): Promise<Result<BusyReplaced>> =>
  transact(ctx, {}, (tx) => replaceExternalBusyIn(tx, ctx, input));

async function lockProvider(tx: Tx, ctx: ClinicContext, providerId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: providers.id })
    .from(providers)
    .where(and(eq(providers.clinicId, ctx.clinic.id), eq(providers.id, providerId)))
    .for("update");
  return rows.length > 0;
}

const ofSource = (ctx: ClinicContext, { providerId, source }: ReplaceBusy) =>
  and(
    eq(externalBusy.clinicId, ctx.clinic.id),
    eq(externalBusy.providerId, providerId),
    eq(externalBusy.source, source),
  );

/** How many events came, went or moved. */
async function writeDifference(tx: Tx, ctx: ClinicContext, input: ReplaceBusy): Promise<number> {
  const { from, to, providerId, source } = input;
  const inWindow = ({ startsAt, endsAt }: BusyEvent) => startsAt < endsAt && startsAt < to && endsAt > from;
  const wanted = new Map(input.events.filter(inWindow).map((event) => [event.externalId, event]));
  const touching = and(ofSource(ctx, input), lt(externalBusy.startsAt, to), gt(externalBusy.endsAt, from));
  const known = await tx.select().from(externalBusy).where(touching);
  const gone = known.filter(({ externalId }) => !wanted.has(externalId)).map(({ id }) => id);
  const before = new Map(known.map((row) => [row.externalId, keyOf(row)]));
  const fresh = [...wanted.values()].filter((event) => before.get(event.externalId) !== keyOf(event));
  for (const ids of inLots(gone)) await tx.delete(externalBusy).where(inArray(externalBusy.id, ids));
  for (const events of inLots(fresh)) {
    const rows = events.map((event) => ({ ...event, clinicId: ctx.clinic.id, providerId, source }));
    const { clinicId, providerId: of, source: by, externalId } = externalBusy;
    await tx
      .insert(externalBusy)
      .values(rows)
      .onConflictDoUpdate({
        target: [clinicId, of, by, externalId], // one that was outside the window before
        set: {
          startsAt: sql`excluded.starts_at`,
          endsAt: sql`excluded.ends_at`,
          isAllDay: sql`excluded.is_all_day`,
        },
      });
  }
  return gone.length + fresh.length;
}

const keyOf = ({ startsAt, endsAt, isAllDay = false }: Omit<BusyEvent, "externalId">) =>
  `${startsAt.getTime()} ${endsAt.getTime()} ${isAllDay}`;

/** One statement takes a limited number of values. */
const MOST_AT_ONCE = 1000;
const inLots = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / MOST_AT_ONCE) }, (_, lot) =>
    rows.slice(lot * MOST_AT_ONCE, (lot + 1) * MOST_AT_ONCE),
  );

/** Live visits of the provider in the window that any busy time is in the way of; holds past their time are none. */
async function listOverlapped(
  tx: Tx,
  ctx: ClinicContext,
  { providerId, from, to }: ReplaceBusy,
): Promise<OverlappedVisit[]> {
  const { rows } = await tx.execute<{ id: string; from: Date; to: Date; status: OverlappedVisit["status"] }>(sql`
    select a.id, a.starts_at as "from", a.ends_at as "to", a.status
    from appointments a
    join appointment_segments s on s.clinic_id = a.clinic_id and s.appointment_id = a.id
    where a.clinic_id = ${ctx.clinic.id} and s.resource_id = ${providerId}
      and a.starts_at > ${from}::timestamptz - interval '1 day' and a.starts_at < ${to}::timestamptz + interval '1 day'
      and a.status in ('held', 'scheduled', 'checked_in')
      and not (a.status = 'held' and a.hold_expires_at <= ${ctx.now()})
      and exists (select from external_busy b where b.clinic_id = a.clinic_id and b.provider_id = s.resource_id
        and b.starts_at < ${to} and b.ends_at > ${from} and tstzrange(b.starts_at, b.ends_at) && s.occupied)
    order by a.starts_at, a.id`);
  return rows.map((row) => ({
    ...{ appointmentId: row.id, status: row.status },
    ...{ startsAt: new Date(row.from), endsAt: new Date(row.to) },
  }));
}
