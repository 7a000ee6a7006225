import { and, eq, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { operatories, providers } from "@/db/schema/resources";
import { services } from "@/db/schema/services";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { showVisit } from "@/lib/scheduling/change-visit";
import { readVisits } from "@/lib/scheduling/read-visits";
import type { ShownVisit } from "@/lib/scheduling/schema";
import { lockProviders } from "./lock-providers";
import { tellChange } from "./tell";

const TABLES = { service: services, provider: providers, operatory: operatories } as const;
export type SetUpKind = keyof typeof TABLES;

export interface Retired {
  id: string;
  /** The visits ahead that it still has, the first 50: they stay as they are. */
  visits: ShownVisit[];
  visitsTotal: number;
}

const MOST_SHOWN = 50;

/**
 * Takes a service, provider or chair out of use; what happened with it stays. With visits ahead, and unless that has
 * been `confirmed`, CONFLICT with `{what: "visits", total, visits}`. No booking slips in beside a provider's retirement:
 * it is written under the lock of their schedule. NOT_FOUND; twice is once.
 */
export const retire = (
  ctx: ClinicContext,
  kind: SetUpKind,
  id: string,
  { confirmed }: { confirmed: boolean },
): Promise<Result<Retired>> =>
  transact(ctx, {}, async (tx) => {
    const locked = kind === "provider" ? await lockProviders(tx, ctx, [id]) : ok();
    if (!locked.ok) return locked;
    const found = await setActive(tx, ctx, kind, id, false);
    if (!found) return err("NOT_FOUND", { what: kind });
    const ahead = await visitsAhead(tx, ctx, kind, id);
    if (ahead.total > 0 && !confirmed)
      return err("CONFLICT", { what: "visits", total: ahead.total, visits: ahead.visits });
    await tellChange(tx, ctx, kind, id, { act: "retire" });
    return ok({ id, visits: ahead.visits, visitsTotal: ahead.total });
  });

/** Takes it into use again. NOT_FOUND; twice is once. */
export const restore = (ctx: ClinicContext, kind: SetUpKind, id: string): Promise<Result<{ id: string }>> =>
  transact(ctx, {}, async (tx) => {
    if (!(await setActive(tx, ctx, kind, id, true))) return err("NOT_FOUND", { what: kind });
    await tellChange(tx, ctx, kind, id, { act: "restore" });
    return ok({ id });
  });

async function setActive(tx: Tx, ctx: ClinicContext, kind: SetUpKind, id: string, isActive: boolean) {
  const table = TABLES[kind];
  const mine = and(eq(table.clinicId, ctx.clinic.id), eq(table.id, id));
  return (await tx.update(table).set({ isActive }).where(mine).returning({ id: table.id })).length > 0;
}

async function visitsAhead(tx: Tx, ctx: ClinicContext, kind: SetUpKind, id: string) {
  const takesPart = sql`exists (select from appointment_segments part where part.clinic_id = a.clinic_id
    and part.appointment_id = a.id and part.resource_id = ${id})`;
  const has: SQL = kind === "service" ? sql`a.service_id = ${id}` : takesPart;
  const where = sql`a.ends_at > ${ctx.now()} and a.starts_at > ${ctx.now()}::timestamptz - interval '1 day' and ${has}
    and (a.status in ('scheduled', 'checked_in') or (a.status = 'held' and a.hold_expires_at > ${ctx.now()}))`;
  const { rows } = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from appointments a where a.clinic_id = ${ctx.clinic.id} and ${where}`,
  );
  const visits = (await readVisits(tx, ctx, { where, limit: MOST_SHOWN })).map(showVisit);
  return { total: rows[0]?.n ?? 0, visits };
}
