import { and, asc, eq, sql } from "drizzle-orm";
import { services } from "@/db/schema/services";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { may } from "@/lib/identity/permissions";
import { countCapped } from "./count-capped";
import { localName } from "./read-visits";
import type { ListServices, Page } from "./schema";

export interface ServiceItem {
  id: string;
  name: string;
  durationMinutes: number;
  color: string;
  isOnline: boolean;
  /** In the clinic's currency's smallest unit; absent for whoever may not see revenue figures. */
  value?: number;
}

/** The services that can be booked, in the clinic's own order and the reader's language. */
export const listServices = (ctx: ClinicContext, input: ListServices): Promise<Result<Page<ServiceItem>>> =>
  query(ctx, async (tx) => {
    const { page, limit, q } = input;
    const named = q ? sql`strpos(lower(${services.name}::text), lower(${q})) > 0` : undefined;
    const where = and(eq(services.clinicId, ctx.clinic.id), eq(services.isActive, true), named) ?? sql`true`;
    const counted = await countCapped(tx, sql`from ${services} where ${where}`);
    const rows = await tx
      .select()
      .from(services)
      .where(where)
      .orderBy(asc(services.position), asc(services.id))
      .limit(limit)
      .offset((page - 1) * limit);
    const seesValue = ctx.role === "SYSTEM" || (ctx.role !== "PATIENT" && may(ctx.role, "revenue.read"));
    const items = rows.map(({ id, name, durationMinutes, color, isOnline, value }) => ({
      id,
      name: localName(name, ctx.locale),
      durationMinutes,
      color,
      isOnline,
      ...(seesValue ? { value } : {}),
    }));
    return ok({ items, page, limit, ...counted });
  });
