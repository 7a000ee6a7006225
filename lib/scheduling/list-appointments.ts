import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { dayBounds } from "@/lib/core/zone";
import { searchPatientIdsIn } from "@/lib/patients/search";
import { showVisit } from "./change-visit";
import { countCapped } from "./count-capped";
import { readVisits } from "./read-visits";
import type { ListAppointments, Page, ShownVisit } from "./schema";

/** How many patients a search for visits looks at; whoever finds more types more. */
const MOST_PATIENTS = 500;

/** The clinic's visits in time order. Days are the clinic's own; expired holds are left out unless asked for. */
export const listAppointments = (ctx: ClinicContext, input: ListAppointments): Promise<Result<Page<ShownVisit>>> =>
  query(ctx, async (tx) => {
    const { page, limit, order } = input;
    const where = await whereOf(tx, ctx, input);
    const counted = await countCapped(tx, sql`from appointments a where a.clinic_id = ${ctx.clinic.id} and ${where}`);
    const offset = (page - 1) * limit;
    const orderBy = order === "desc" ? sql`a.starts_at desc, a.id desc` : sql`a.starts_at, a.id`;
    const visits = offset < counted.total ? await readVisits(tx, ctx, { where, orderBy, limit, offset }) : [];
    return ok({ items: visits.map(showVisit), page, limit, ...counted });
  });

async function whereOf(tx: Tx, ctx: ClinicContext, input: ListAppointments): Promise<SQL> {
  const { timeZone } = ctx.clinic;
  const patientId = input.patientId ?? input.contactId;
  const conditions = [statusIs(input.status)];
  if (patientId) conditions.push(sql`a.patient_id = ${patientId}`);
  if (input.providerId) conditions.push(sql`a.provider_id = ${input.providerId}`);
  if (input.startDate) conditions.push(sql`a.starts_at >= ${dayBounds(input.startDate, timeZone).start}`);
  if (input.endDate) conditions.push(sql`a.starts_at < ${dayBounds(input.endDate, timeZone).end}`);
  if (input.q) conditions.push(isOneOf(await searchPatientIdsIn(tx, input.q, MOST_PATIENTS)));
  return sql.join(conditions, sql` and `);
}

function statusIs(status: ListAppointments["status"]): SQL {
  if (status === undefined) return sql`a.status <> 'expired'`;
  if (status === "tentative") return sql`a.status = 'scheduled' and a.calendar_sync in ('pending', 'failed')`;
  if (status === "confirmed") return sql`a.status = 'scheduled' and a.calendar_sync not in ('pending', 'failed')`;
  return sql`a.status = ${status}`;
}

function isOneOf(patientIds: readonly string[]): SQL {
  if (patientIds.length === 0) return sql`false`;
  const ids = sql.join(
    patientIds.map((id) => sql`${id}`),
    sql`, `,
  );
  return sql`a.patient_id in (${ids})`;
}
