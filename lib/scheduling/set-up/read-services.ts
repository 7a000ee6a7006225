import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Localized, LocalizedWords } from "@/db/schema/services";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { may } from "@/lib/identity/permissions";
import type { ServiceSegment } from "@/lib/scheduling/availability";
import { localName } from "@/lib/scheduling/read-visits";

/** A service as it is set up. `name` is in the reader's language, `names` in each that it has. */
export interface ServiceItem {
  id: string;
  name: string;
  names: Localized;
  synonyms: LocalizedWords;
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  color: string;
  recallIntervalDays: number | null;
  isOnline: boolean;
  dailyCap: number | null;
  isActive: boolean;
  position: number;
  segments: ServiceSegment[];
  /** Who may lead it, the retired ones too. */
  providerIds: string[];
  /** In which chairs; none means any. */
  operatoryIds: string[];
  /** In the clinic's currency's smallest unit; absent for whoever may not see revenue figures. */
  value?: number;
}

type Row = Required<Omit<ServiceItem, "name">> & Record<string, unknown>;

/** Services by a condition on `s`, in the clinic's own order. */
export async function readServices(
  tx: Tx,
  ctx: ClinicContext,
  { where, limit = 1000, offset = 0 }: { where: SQL; limit?: number; offset?: number },
): Promise<ServiceItem[]> {
  const { rows } = await tx.execute<Row>(sql`
    select s.id, s.name as "names", s.synonyms, s.duration_minutes as "durationMinutes",
      s.buffer_before_minutes as "bufferBeforeMinutes", s.buffer_after_minutes as "bufferAfterMinutes", s.color, s.value,
      s.recall_interval_days as "recallIntervalDays", s.is_online as "isOnline", s.daily_cap as "dailyCap", s.is_active as "isActive", s.position,
      coalesce((select json_agg(json_build_object('role', g.role, 'fromMinute', g.from_minute, 'toMinute', g.to_minute)
        order by g.position) from service_segments g where g.clinic_id = s.clinic_id and g.service_id = s.id), '[]')
        as segments,
      array(select l.provider_id from service_providers l join providers v on v.id = l.provider_id
        where l.clinic_id = s.clinic_id and l.service_id = s.id order by v.position, v.id) as "providerIds",
      array(select l.operatory_id from service_operatories l join operatories o on o.id = l.operatory_id
        where l.clinic_id = s.clinic_id and l.service_id = s.id order by o.position, o.id) as "operatoryIds"
    from services s where s.clinic_id = ${ctx.clinic.id} and ${where}
    order by s.position, s.id limit ${limit} offset ${offset}`);
  const seesValue = ctx.role === "SYSTEM" || (ctx.role !== "PATIENT" && may(ctx.role, "revenue.read"));
  return rows.map(({ value, ...row }) => ({
    ...row,
    name: localName(row.names, ctx.locale),
    ...(seesValue ? { value } : {}),
  }));
}

/** One service, retired or not. NOT_FOUND. */
export async function getServiceIn(tx: Tx, ctx: ClinicContext, id: string): Promise<Result<ServiceItem>> {
  const [service] = await readServices(tx, ctx, { where: sql`s.id = ${id}` });
  return service ? ok(service) : err("NOT_FOUND", { what: "service" });
}

export const getService = (ctx: ClinicContext, id: string): Promise<Result<ServiceItem>> =>
  query(ctx, (tx) => getServiceIn(tx, ctx, id));
