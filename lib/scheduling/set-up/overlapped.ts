import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { addDays, dayBounds, dayIn } from "@/lib/core/zone";
import { showVisit } from "@/lib/scheduling/change-visit";
import { calendarDays, openSpans } from "@/lib/scheduling/open-hours";
import { readVisits } from "@/lib/scheduling/read-visits";
import type { ShownVisit } from "@/lib/scheduling/schema";
import { instantAt, subtract, type Spans } from "@/lib/scheduling/spans";
import type { Schedule, Touched } from "./draft";
import { providerIdsOf, readSchedule } from "./read-schedule";

/** Visits that stand where nobody works: the first 50, soonest first. */
export interface Overlapped {
  items: ShownVisit[];
  total: number;
}

const MOST_SHOWN = 50;
const MOST_READ = 50_000;

interface Part extends Record<string, unknown> {
  appointmentId: string;
  providerId: string;
  from: number;
  to: number;
}

/**
 * The live visits, from now on, in which one of these providers takes part outside the hours of `schedule`, on the days
 * touched. Nothing is cancelled: whoever changed the hours decides on each. Minutes are the parts', without buffers.
 */
export async function overlappedBy(
  tx: Tx,
  ctx: ClinicContext,
  schedule: Schedule,
  touched: Touched & { providerIds: readonly string[] },
): Promise<Overlapped> {
  const parts = await readParts(tx, ctx, touched);
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return { items: [], total: 0 };
  const { timeZone } = ctx.clinic;
  const dayOf = (minute: number) => dayIn(instantAt(minute), timeZone);
  const days = calendarDays(addDays(dayOf(first.from), -1), addDays(dayOf(last.to), 1), timeZone);
  const openOf = new Map<string, Spans>(
    touched.providerIds.map((id) => {
      const hours = schedule.hours.filter(({ providerId }) => providerId === id);
      return [id, openSpans(days, { id, hours }, schedule.exceptions, timeZone)];
    }),
  );
  const outside = parts.filter(
    ({ providerId, from, to }) => subtract([[from, to]], openOf.get(providerId) ?? []).length > 0,
  );
  const ids = [...new Set(outside.map(({ appointmentId }) => appointmentId))];
  if (ids.length === 0) return { items: [], total: 0 };
  const where = sql`a.id = any(${sql.param(ids.slice(0, MOST_SHOWN))}::uuid[])`;
  return { items: (await readVisits(tx, ctx, { where })).map(showVisit), total: ids.length };
}

async function readParts(tx: Tx, ctx: ClinicContext, { providerIds, from, to }: Touched): Promise<Part[]> {
  const { timeZone } = ctx.clinic;
  const earliest = from === null ? ctx.now() : dayBounds(from, timeZone).start;
  const latest = to === null ? null : dayBounds(to, timeZone).end;
  const { rows } = await tx.execute<Part>(sql`
    select a.id as "appointmentId", s.resource_id as "providerId",
      (extract(epoch from s.starts_at) / 60)::float8 as "from", (extract(epoch from s.ends_at) / 60)::float8 as "to"
    from appointments a
    join appointment_segments s on s.clinic_id = a.clinic_id and s.appointment_id = a.id
    where a.clinic_id = ${ctx.clinic.id} and s.resource_id = any(${sql.param([...(providerIds ?? [])])}::uuid[])
      and a.ends_at > ${ctx.now()} and s.ends_at > ${earliest}
      and a.starts_at >= greatest(${ctx.now()}::timestamptz, ${earliest}::timestamptz) - interval '1 day'
      and (${latest}::timestamptz is null or s.starts_at < ${latest}::timestamptz)
      and (a.status in ('scheduled', 'checked_in') or (a.status = 'held' and a.hold_expires_at > ${ctx.now()}))
    order by a.starts_at, a.id limit ${MOST_READ}`);
  return rows;
}

/** All that stands outside of its providers' hours now: by import, or because the hours changed after it was booked. */
export const listOverlapped = (ctx: ClinicContext): Promise<Result<Overlapped>> =>
  query(ctx, async (tx) => {
    const providerIds = await providerIdsOf(tx, ctx);
    const schedule = await readSchedule(tx, ctx, providerIds);
    return ok(await overlappedBy(tx, ctx, schedule, { providerIds, from: null, to: null }));
  });
