import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { providers } from "@/db/schema/resources";
import { serviceProviders, services } from "@/db/schema/services";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { dayBounds, dayIn } from "@/lib/core/zone";
import { showVisit } from "./change-visit";
import { listAvailabilityIn } from "./list-availability";
import { readVisits } from "./read-visits";
import type { ListSlots, ShownVisit } from "./schema";

export interface ProviderSlots {
  date: string;
  /** The visits that take this provider's time that day, also where another leads. */
  booked: ShownVisit[];
  /** Free starts of the service asked for, else of the provider's shortest. */
  free: { startsAt: Date; operatoryId: string | null }[];
  serviceId: string | null;
}

/** One provider's day: what is booked and what is free. `date` is the clinic's, today unless said. */
export const listProviderSlots = (
  ctx: ClinicContext,
  providerId: string,
  input: ListSlots,
): Promise<Result<ProviderSlots>> =>
  query(ctx, async (tx) => {
    const date = input.date ?? dayIn(ctx.now(), ctx.clinic.timeZone);
    const mine = and(eq(providers.clinicId, ctx.clinic.id), eq(providers.id, providerId));
    const [provider] = await tx.select({ isActive: providers.isActive }).from(providers).where(mine);
    if (!provider) return err("NOT_FOUND", { what: "provider" });
    const booked = await visitsOf(tx, ctx, providerId, date);
    const serviceId = input.serviceId ?? (await shortestServiceOf(tx, ctx, providerId));
    if (!serviceId || !provider.isActive) return ok({ date, booked, free: [], serviceId: null });
    const found = await listAvailabilityIn(tx, ctx, { serviceId, providerId, firstDay: date, lastDay: date });
    if (!found.ok) return found;
    const slots = found.data.days.flatMap((day) => day.slots);
    return ok({ date, booked, serviceId, free: slots.map(({ startsAt, operatoryId }) => ({ startsAt, operatoryId })) });
  });

async function visitsOf(tx: Tx, ctx: ClinicContext, providerId: string, date: string): Promise<ShownVisit[]> {
  const { start, end } = dayBounds(date, ctx.clinic.timeZone);
  const takesPart = sql`exists (select 1 from appointment_segments part where part.clinic_id = a.clinic_id
    and part.appointment_id = a.id and part.resource_id = ${providerId})`;
  const where = sql`a.starts_at >= ${start} and a.starts_at < ${end}
    and a.status not in ('cancelled', 'expired') and ${takesPart}`;
  return (await readVisits(tx, ctx, { where })).map(showVisit);
}

async function shortestServiceOf(tx: Tx, ctx: ClinicContext, providerId: string): Promise<string | undefined> {
  const [row] = await tx
    .select({ id: services.id })
    .from(services)
    .innerJoin(
      serviceProviders,
      and(eq(serviceProviders.clinicId, services.clinicId), eq(serviceProviders.serviceId, services.id)),
    )
    .where(
      and(
        eq(services.clinicId, ctx.clinic.id),
        eq(services.isActive, true),
        eq(serviceProviders.providerId, providerId),
      ),
    )
    .orderBy(asc(services.durationMinutes), asc(services.id))
    .limit(1);
  return row?.id;
}
