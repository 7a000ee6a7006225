import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clinics, type ClinicSettings } from "@/db/schema/clinics";
import { providers } from "@/db/schema/resources";
import { rulesOf, type ClinicRules } from "@/lib/clinics/rules";
import type { ClinicContext } from "@/lib/core/context";
import { fixed } from "@/lib/core/prepared";
import type { ServicePlan } from "./availability";

export interface KnownService {
  id: string;
  isOnline: boolean;
  /** How many of it patients may book on one day. */
  dailyCap: number | null;
  plan: ServicePlan;
  rules: ClinicRules;
}
/** A service as `SERVICE_JSON` answers it, with the clinic's settings. */
export interface ServiceJson extends Omit<KnownService, "rules"> {
  isActive: boolean;
  settings: ClinicSettings;
}

const { placeholder } = sql;
export const CLINIC_ID = placeholder("clinicId");
export const SERVICE_ID = placeholder("serviceId");

/** The service of `SERVICE_ID` as one value, or null. */
export const SERVICE_JSON = sql`(
  select json_build_object('id', s.id, 'isOnline', s.is_online, 'isActive', s.is_active, 'dailyCap', s.daily_cap,
    'settings', c.settings,
    'plan', json_build_object('durationMinutes', s.duration_minutes, 'bufferBeforeMinutes', s.buffer_before_minutes,
      'bufferAfterMinutes', s.buffer_after_minutes, 'segments', coalesce((
        select json_agg(json_build_object('role', g.role, 'fromMinute', g.from_minute, 'toMinute', g.to_minute)
          order by g.position)
        from service_segments g where g.clinic_id = s.clinic_id and g.service_id = s.id), '[]')))
  from services s join clinics c on c.id = s.clinic_id
  where s.clinic_id = ${CLINIC_ID} and s.id = ${SERVICE_ID})`;

const SERVICE = fixed<{ service: ServiceJson | null }, { clinicId: string; serviceId: string }>(
  sql`select ${SERVICE_JSON} as service`,
);

/** An active service (a retired one only for its own visits) with its segments and the clinic's rules, or undefined. */
export async function findService(
  tx: Tx,
  ctx: ClinicContext,
  serviceId: string,
  { isRetiredToo = false } = {},
): Promise<KnownService | undefined> {
  const [found] = await SERVICE(tx, { clinicId: ctx.clinic.id, serviceId });
  const service = knownService(found?.service);
  return service?.isActive || isRetiredToo ? service : undefined;
}

export function knownService(
  found: ServiceJson | null | undefined,
): (KnownService & { isActive: boolean }) | undefined {
  if (!found) return undefined;
  const { settings, ...service } = found;
  return { ...service, rules: rulesOf(settings) };
}

export const readRules = async (tx: Tx, ctx: ClinicContext): Promise<ClinicRules> => {
  const [row] = await tx.select({ settings: clinics.settings }).from(clinics).where(eq(clinics.id, ctx.clinic.id));
  return rulesOf(row?.settings ?? {});
};

export async function readProviderNames(tx: Tx, ctx: ClinicContext): Promise<Map<string, string>> {
  const rows = await tx
    .select({ id: providers.id, name: providers.name })
    .from(providers)
    .where(eq(providers.clinicId, ctx.clinic.id));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
