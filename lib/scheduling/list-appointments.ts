import { sql } from "drizzle-orm";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { showVisit } from "./change-visit";
import { countCapped } from "./count-capped";
import { whereVisits } from "./filter-visits";
import { readVisits } from "./read-visits";
import type { ListAppointments, Page, ShownVisit, VISIT_SORTS } from "./schema";

const ORDERS = {
  start: sql`a.starts_at, a.id`,
  "-start": sql`a.starts_at desc, a.id desc`,
  created: sql`a.created_at, a.id`,
  "-created": sql`a.created_at desc, a.id desc`,
} as const satisfies Record<(typeof VISIT_SORTS)[number], unknown>;

/** The clinic's visits, in time order unless asked otherwise. Days are the clinic's own; expired holds are left out unless asked for. */
export const listAppointments = (ctx: ClinicContext, input: ListAppointments): Promise<Result<Page<ShownVisit>>> =>
  query(ctx, async (tx) => {
    const { page, limit, order } = input;
    const where = await whereVisits(tx, ctx, input);
    const counted = await countCapped(tx, sql`from appointments a where a.clinic_id = ${ctx.clinic.id} and ${where}`);
    const offset = (page - 1) * limit;
    const orderBy = ORDERS[input.sort ?? (order === "desc" ? "-start" : "start")];
    const visits = offset < counted.total ? await readVisits(tx, ctx, { where, orderBy, limit, offset }) : [];
    return ok({ items: visits.map(showVisit), page, limit, ...counted });
  });
