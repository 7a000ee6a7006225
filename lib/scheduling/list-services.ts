import { sql } from "drizzle-orm";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { countCapped } from "./count-capped";
import type { Page } from "./schema";
import { readServices, type ServiceItem } from "./set-up/read-services";
import type { ListSetUp } from "./set-up/schema";

/** The services that can be booked, in the clinic's own order and the reader's language; the retired ones if asked. */
export const listServices = (ctx: ClinicContext, input: ListSetUp): Promise<Result<Page<ServiceItem>>> =>
  query(ctx, async (tx) => {
    const { page, limit, q, includeRetired = false } = input;
    const named = q ? sql`strpos(lower(s.name::text), lower(${q})) > 0` : sql`true`;
    const where = sql`(s.is_active or ${includeRetired}) and ${named}`;
    const counted = await countCapped(tx, sql`from services s where s.clinic_id = ${ctx.clinic.id} and ${where}`);
    const items = await readServices(tx, ctx, { where, limit, offset: (page - 1) * limit });
    return ok({ items, page, limit, ...counted });
  });
