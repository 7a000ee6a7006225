import { and, asc, eq, gte, inArray, lte, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { operatories, providers, scheduleExceptions, scheduleHours } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { dayBounds, timeIn } from "@/lib/core/zone";
import { showVisit } from "./change-visit";
import { listBusyIn } from "./list-busy";
import { calendarDays, openSpans, type CalendarDay } from "./open-hours";
import { readVisits } from "./read-visits";
import type { ListCalendar, ShownVisit } from "./schema";
import { instantAt } from "./spans";

/** Wall times `HH:MM` of the clinic's clock; a day's end is `24:00`. */
interface WallSpan {
  from: string;
  to: string;
}

export interface CalendarProvider {
  id: string;
  name: string;
  kind: "dentist" | "hygienist";
  color: string;
  /** When they can be booked, for each day that was asked for. */
  days: { day: string; hours: WallSpan[] }[];
}

/** Closed time as it was entered; without a provider the whole clinic's, without times the whole day. */
export interface TimeOff {
  id: string;
  providerId: string | null;
  dayFrom: string;
  dayTo: string;
  fromTime: string | null;
  toTime: string | null;
  reason: string | null;
}

export interface Calendar {
  visits: ShownVisit[];
  providers: CalendarProvider[];
  operatories: { id: string; name: string }[];
  timeOff: TimeOff[];
  /** When providers are taken elsewhere. */
  busy: { providerId: string; startsAt: Date; endsAt: Date }[];
}

/** More visits than this are no week that anybody reads on one screen. */
const MOST_VISITS = 5000;

/**
 * All that the calendar shows of some days, of one moment: visits of every status but expired holds, who works when and
 * who is off. Days are the clinic's own, both included. Providers and chairs come in the clinic's order; one that has
 * retired is there as long as they have a visit in these days.
 */
export const listCalendar = (ctx: ClinicContext, { from, to }: ListCalendar): Promise<Result<Calendar>> =>
  query(ctx, async (tx) => {
    const { timeZone } = ctx.clinic;
    const [start, end] = [dayBounds(from, timeZone).start, dayBounds(to, timeZone).end];
    const where = sql`a.starts_at >= ${start} and a.starts_at < ${end} and a.status <> 'expired'`;
    const visits = (await readVisits(tx, ctx, { where, limit: MOST_VISITS })).map(showVisit);
    const busy = new Set(visits.flatMap(({ segments }) => segments.map(({ resourceId }) => resourceId)));
    const exceptions = await readExceptions(tx, ctx, from, to);
    const people = await readProviders(tx, ctx, busy);
    const hours = await readHours(
      tx,
      ctx,
      people.map(({ id }) => id),
    );
    const days = calendarDays(from, to, timeZone);
    const withDays = people.map((person) => {
      const own = { id: person.id, hours: hours.filter(({ providerId }) => providerId === person.id) };
      return { ...person, days: byDay(days, openSpans(days, own, exceptions, timeZone), timeZone) };
    });
    const timeOff = exceptions
      .filter(({ kind }) => kind === "closed")
      .map(({ id, providerId, dayFrom, dayTo, fromTime, toTime, reason }) => ({
        ...{ id, providerId, dayFrom, dayTo, fromTime, toTime, reason },
      }));
    return ok({
      visits,
      providers: withDays,
      operatories: await readChairs(tx, ctx, busy),
      timeOff,
      busy: await readBusy(tx, ctx, { from: start, to: end, providerIds: people.map(({ id }) => id) }),
    });
  });

const readBusy = async (tx: Tx, ctx: ClinicContext, ask: Parameters<typeof listBusyIn>[2]) =>
  (await listBusyIn(tx, ctx, ask)).map(({ providerId, startsAt, endsAt }) => ({ providerId, startsAt, endsAt }));

function byDay(days: readonly CalendarDay[], open: readonly (readonly [number, number])[], timeZone: string) {
  return days.map(({ day, from, to }) => ({
    day,
    hours: open
      .filter(([start, end]) => start < to && end > from)
      .map(([start, end]) => ({
        from: start <= from ? "00:00" : timeIn(instantAt(start), timeZone),
        to: end >= to ? "24:00" : timeIn(instantAt(end), timeZone),
      })),
  }));
}

const readProviders = async (tx: Tx, ctx: ClinicContext, busy: ReadonlySet<string>) => {
  const rows = await tx
    .select()
    .from(providers)
    .where(eq(providers.clinicId, ctx.clinic.id))
    .orderBy(asc(providers.position), asc(providers.id));
  return rows
    .filter(({ id, isActive }) => isActive || busy.has(id))
    .map(({ id, name, kind, color }) => ({ id, name, kind, color }));
};

const readChairs = async (tx: Tx, ctx: ClinicContext, busy: ReadonlySet<string>) => {
  const rows = await tx
    .select()
    .from(operatories)
    .where(eq(operatories.clinicId, ctx.clinic.id))
    .orderBy(asc(operatories.position), asc(operatories.id));
  return rows.filter(({ id, isActive }) => isActive || busy.has(id)).map(({ id, name }) => ({ id, name }));
};

const readHours = async (tx: Tx, ctx: ClinicContext, ids: string[]) =>
  ids.length === 0
    ? []
    : tx
        .select()
        .from(scheduleHours)
        .where(and(eq(scheduleHours.clinicId, ctx.clinic.id), inArray(scheduleHours.providerId, ids)));

const readExceptions = (tx: Tx, ctx: ClinicContext, from: string, to: string) =>
  tx
    .select()
    .from(scheduleExceptions)
    .where(
      and(
        eq(scheduleExceptions.clinicId, ctx.clinic.id),
        gte(scheduleExceptions.dayTo, from),
        lte(scheduleExceptions.dayFrom, to),
      ),
    );
