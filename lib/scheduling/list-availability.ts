import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { addDays, dayBounds } from "@/lib/core/zone";
import { slotsAt } from "./availability";
import { findService } from "./internal";
import { calendarDays, minutesIn, wallStarts } from "./open-hours";
import { factsOf, readBook } from "./read-book";
import { bookableFrom, isDesk } from "./rules";
import type { ListAvailability } from "./schema";
import { instantAt, minuteOf, type Span } from "./spans";

export interface FreeStart {
  startsAt: Date;
  providerId: string;
  operatoryId: string | null;
}
export interface FreeDay {
  /** `YYYY-MM-DD` in the clinic's zone. */
  day: string;
  slots: FreeStart[];
}

export interface AvailabilityAsk {
  serviceId: string;
  providerId?: string | undefined;
  /** Days of the clinic, both included. */
  firstDay: string;
  lastDay: string;
}

/**
 * Every free start of a service on these days, by day; days without one are there and empty. Without a provider each
 * start has whoever has least that day. Patients see online services, from the clinic's notice to its horizon.
 */
export async function listAvailabilityIn(
  tx: Tx,
  ctx: ClinicContext,
  { serviceId, providerId, firstDay, lastDay }: AvailabilityAsk,
): Promise<Result<{ days: FreeDay[] }>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  const service = await findService(tx, ctx, serviceId);
  if (!service || !(service.isOnline || isDesk(ctx))) return err("NOT_FOUND", { what: "service" });
  const { timeZone } = ctx.clinic;
  const { bookingHorizonDays, slotStepMinutes } = service.rules;
  const horizon = isDesk(ctx) ? Infinity : minuteOf(ctx.now()) + bookingHorizonDays * 1440;
  const range: Span = [
    Math.max(bookableFrom(ctx, service.rules), minuteOf(dayBounds(firstDay, timeZone).start)),
    Math.min(horizon, minuteOf(dayBounds(lastDay, timeZone).end)),
  ];
  const days = calendarDays(firstDay, lastDay, timeZone);
  const byDay = new Map<string, FreeDay>(days.map(({ day }) => [day, { day, slots: [] }]));
  const starts = wallStarts(days, slotStepMinutes, range, timeZone);
  if (starts.length === 0) return ok({ days: [...byDay.values()] });
  const ask = { range, providerIds: providerId ? [providerId] : undefined };
  const facts = factsOf(ctx, service.plan, await readBook(tx, ctx, serviceId, ask));
  if (!facts.providers.some(({ mayLead }) => mayLead)) return err("NOT_FOUND", { what: "provider" });
  const minutes = minutesIn(starts);
  let at = 0;
  for (const { startsAt, providerId: lead, operatoryId } of slotsAt(facts, minutes, 1)) {
    while (minutes[at] !== startsAt) at++;
    byDay.get(starts[at]?.day ?? "")?.slots.push({ startsAt: instantAt(startsAt), providerId: lead, operatoryId });
  }
  return ok({ days: [...byDay.values()] });
}

/** The free starts of one calendar month. */
export function listAvailability(
  ctx: ClinicContext,
  { year, month, serviceId, providerId }: ListAvailability,
): Promise<Result<{ days: FreeDay[] }>> {
  const firstDay = `${year}-${String(month).padStart(2, "0")}-01`;
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
  const ask = { serviceId, providerId, firstDay, lastDay: addDays(next, -1) };
  return query(ctx, (tx) => listAvailabilityIn(tx, ctx, ask));
}
