import { and, eq, gte, lte } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { providers, scheduleExceptions, scheduleHours } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { addDays, dayIn } from "@/lib/core/zone";
import { calendarDays, openSpans, weeklyHoursBy } from "@/lib/scheduling/open-hours";
import { instantAt, minuteOf, union, type Span } from "@/lib/scheduling/spans";
import type { OpeningFact } from "./decide/facts";

const DAYS_AHEAD = 21;
/** A lunch break isn't "closed": the desk is staffed. */
const BREAK_MINUTES = 120;

/** When somebody is in: the hours of all active providers together, in the clinic's zone, less what is closed. */
export async function readOpeningIn(tx: Tx, ctx: ClinicContext): Promise<OpeningFact> {
  const { timeZone } = ctx.clinic;
  const today = dayIn(ctx.now(), timeZone);
  const until = addDays(today, DAYS_AHEAD);
  const hours = await tx
    .select({ hours: scheduleHours })
    .from(scheduleHours)
    .innerJoin(
      providers,
      and(eq(providers.clinicId, scheduleHours.clinicId), eq(providers.id, scheduleHours.providerId)),
    )
    .where(and(eq(scheduleHours.clinicId, ctx.clinic.id), eq(providers.isActive, true)));
  const exceptions = await tx
    .select()
    .from(scheduleExceptions)
    .where(
      and(
        eq(scheduleExceptions.clinicId, ctx.clinic.id),
        lte(scheduleExceptions.dayFrom, until),
        gte(scheduleExceptions.dayTo, today),
      ),
    );
  const rows = hours.map((row) => row.hours);
  const days = calendarDays(today, until, timeZone);
  const ids = [...new Set(rows.map(({ providerId }) => providerId))];
  const open = bridged(
    union(
      ids.flatMap((id) =>
        openSpans(days, { id, hours: rows.filter((row) => row.providerId === id) }, exceptions, timeZone),
      ),
    ),
  );
  const now = minuteOf(ctx.now());
  const current = open.find(([from, to]) => from <= now && now < to);
  const next = open.find(([from]) => from > now);
  const change = current ? current[1] : next?.[0];
  const until_ = change === undefined ? null : instantAt(change).toISOString();
  return { isOpen: current !== undefined, until: until_, week: weekOf(rows, today) };
}

/** Spans with nothing but a break between them, as one. */
function bridged(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const [from, to] of spans) {
    const last = out.at(-1);
    if (last && from - last[1] <= BREAK_MINUTES) out[out.length - 1] = [last[0], to];
    else out.push([from, to]);
  }
  return out;
}

const wall = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const written = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** The usual week, as patients ask for it: from when to when somebody is in. */
function weekOf(rows: readonly (typeof scheduleHours.$inferSelect)[], today: string): OpeningFact["week"] {
  const providerIds = [...new Set(rows.map(({ providerId }) => providerId))];
  const weekly = providerIds.map((id) => weeklyHoursBy(rows.filter((row) => row.providerId === id)));
  return [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => {
    const own = weekly.flatMap((rowsOn) => rowsOn({ day: today, weekday }));
    const spans = union(own.map(({ fromTime, toTime }): Span => [wall(fromTime), wall(toTime)]));
    return bridged(spans).map(([from, to]) => ({ weekday, from: written(from), to: written(to) }));
  });
}
