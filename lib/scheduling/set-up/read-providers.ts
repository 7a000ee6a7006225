import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import type { Locale } from "@/lib/core/locales";

/** A provider as they are set up. */
export interface ProviderSetUp {
  id: string;
  name: string;
  kind: "dentist" | "hygienist";
  color: string;
  languages: Locale[];
  dailyCap: number | null;
  isActive: boolean;
  position: number;
  /** The services that they may lead, in the clinic's order, the retired ones too. */
  serviceIds: string[];
  /** The member whose log-in opens on this provider's day. */
  user: { id: string; name: string } | null;
}

/** Providers by a condition on `v`, in the clinic's own order. */
export async function readProviders(
  tx: Tx,
  ctx: ClinicContext,
  { where, limit = 1000, offset = 0 }: { where: SQL; limit?: number; offset?: number },
): Promise<ProviderSetUp[]> {
  const { rows } = await tx.execute<ProviderSetUp & Record<string, unknown>>(sql`
    select v.id, v.name, v.kind, v.color, v.languages, v.daily_cap as "dailyCap", v.is_active as "isActive", v.position,
      array(select l.service_id from service_providers l join services s on s.id = l.service_id
        where l.clinic_id = v.clinic_id and l.provider_id = v.id order by s.position, s.id) as "serviceIds",
      (select json_build_object('id', u.id, 'name', u.name) from memberships m join users u on u.id = m.user_id
        where m.clinic_id = v.clinic_id and m.provider_id = v.id order by u.id limit 1) as "user"
    from providers v where v.clinic_id = ${ctx.clinic.id} and ${where}
    order by v.position, v.id limit ${limit} offset ${offset}`);
  return rows;
}

/** One provider, retired or not. NOT_FOUND. */
export async function getProviderIn(tx: Tx, ctx: ClinicContext, id: string): Promise<Result<ProviderSetUp>> {
  const [provider] = await readProviders(tx, ctx, { where: sql`v.id = ${id}` });
  return provider ? ok(provider) : err("NOT_FOUND", { what: "provider" });
}

export const getProvider = (ctx: ClinicContext, id: string): Promise<Result<ProviderSetUp>> =>
  query(ctx, (tx) => getProviderIn(tx, ctx, id));
