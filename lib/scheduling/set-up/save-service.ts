import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { operatories } from "@/db/schema/resources";
import { serviceOperatories, serviceProviders, services, serviceSegments } from "@/db/schema/services";
import type { ClinicContext } from "@/lib/core/context";
import { err, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import type { ServiceSegment } from "@/lib/scheduling/availability";
import { getServiceIn, type ServiceItem } from "./read-services";
import { checkService, plainSegments } from "./rules";
import type { ChangeService, CreateService } from "./schema";
import { tellChange } from "./tell";

const VIOLATIONS = {
  service_providers_provider_fk: err("NOT_FOUND", { what: "provider" }),
  service_operatories_operatory_fk: err("NOT_FOUND", { what: "operatory" }),
};

/** Adds a service at the end of the list. VALIDATION_FAILED when nobody leads it or a part outlasts it. */
export const createService = (ctx: ClinicContext, input: CreateService): Promise<Result<ServiceItem>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const { segments: said, providerIds, operatoryIds, ...columns } = input;
    const segments = said ?? plainSegments(input.durationMinutes, await hasChairs(tx, ctx));
    const checked = checkService({ durationMinutes: input.durationMinutes, segments });
    if (!checked.ok) return checked;
    const id = newId();
    const position = sql`(select coalesce(max(position) + 1, 0) from services where clinic_id = ${ctx.clinic.id})`;
    await tx.insert(services).values({ ...columns, id, clinicId: ctx.clinic.id, position, createdAt: ctx.now() });
    await writeParts(tx, ctx, id, { segments, providerIds, operatoryIds });
    await tellChange(tx, ctx, "service", id, { act: "create" });
    return getServiceIn(tx, ctx, id);
  });

/**
 * Changes what is named; visits that are booked keep their plan. Where only the length changes, whoever stayed to the
 * end stays to the new end. NOT_FOUND; VALIDATION_FAILED as when it is created.
 */
export const changeService = (ctx: ClinicContext, id: string, input: ChangeService): Promise<Result<ServiceItem>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const { segments: said, providerIds, operatoryIds, ...columns } = input;
    const before = await getServiceIn(tx, ctx, id);
    if (!before.ok) return before;
    const durationMinutes = input.durationMinutes ?? before.data.durationMinutes;
    const segments = said ?? stretched(before.data, durationMinutes);
    const checked = checkService({ durationMinutes, segments });
    if (!checked.ok) return checked;
    if (Object.keys(columns).length > 0)
      await tx
        .update(services)
        .set(columns)
        .where(and(eq(services.clinicId, ctx.clinic.id), eq(services.id, id)));
    const isPlanned = said !== undefined || input.durationMinutes !== undefined;
    await writeParts(tx, ctx, id, { providerIds, operatoryIds, ...(isPlanned ? { segments } : {}) });
    await tellChange(tx, ctx, "service", id, { act: "change", changed: Object.keys(input) });
    return getServiceIn(tx, ctx, id);
  });

const stretched = ({ durationMinutes, segments }: ServiceItem, now: number): ServiceSegment[] =>
  segments.map((part) => (part.toMinute === durationMinutes ? { ...part, toMinute: now } : part));

async function hasChairs(tx: Tx, ctx: ClinicContext): Promise<boolean> {
  const mine = and(eq(operatories.clinicId, ctx.clinic.id), eq(operatories.isActive, true));
  return (await tx.select({ id: operatories.id }).from(operatories).where(mine).limit(1)).length > 0;
}

interface Parts {
  segments?: readonly ServiceSegment[] | undefined;
  providerIds?: readonly string[] | undefined;
  operatoryIds?: readonly string[] | undefined;
}

/** Replaces each of the lists that is given. */
async function writeParts(tx: Tx, ctx: ClinicContext, serviceId: string, parts: Parts): Promise<void> {
  const mine = { clinicId: ctx.clinic.id, serviceId };
  const ofService = (table: typeof serviceSegments | typeof serviceProviders | typeof serviceOperatories) =>
    and(eq(table.clinicId, mine.clinicId), eq(table.serviceId, serviceId));
  if (parts.segments) {
    await tx.delete(serviceSegments).where(ofService(serviceSegments));
    await tx.insert(serviceSegments).values(parts.segments.map((part, position) => ({ ...part, ...mine, position })));
  }
  if (parts.providerIds) {
    await tx.delete(serviceProviders).where(ofService(serviceProviders));
    const rows = [...new Set(parts.providerIds)].map((providerId) => ({ ...mine, providerId }));
    if (rows.length > 0) await tx.insert(serviceProviders).values(rows);
  }
  if (parts.operatoryIds) {
    await tx.delete(serviceOperatories).where(ofService(serviceOperatories));
    const rows = [...new Set(parts.operatoryIds)].map((operatoryId) => ({ ...mine, operatoryId }));
    if (rows.length > 0) await tx.insert(serviceOperatories).values(rows);
  }
}
