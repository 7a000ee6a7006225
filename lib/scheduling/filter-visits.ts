import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { dayBounds } from "@/lib/core/zone";
import { searchPatientIdsIn } from "@/lib/patients/search";
import type { ListAppointments } from "./schema";

export type VisitFilters = Omit<ListAppointments, "page" | "limit" | "order" | "sort">;

/** How many patients a search for visits looks at; whoever finds more types more. */
const MOST_PATIENTS = 500;

/** The conditions on `a` (appointments) that a list's filters mean. */
export async function whereVisits(tx: Tx, ctx: ClinicContext, input: VisitFilters): Promise<SQL> {
  const { timeZone } = ctx.clinic;
  const patientId = input.patientId ?? input.contactId;
  const conditions = [statusIs(input.status)];
  if (patientId) conditions.push(sql`a.patient_id = ${patientId}`);
  if (input.providerId) conditions.push(sql`a.provider_id = ${input.providerId}`);
  if (input.serviceId) conditions.push(sql`a.service_id = ${input.serviceId}`);
  if (input.confirmation) conditions.push(sql`a.confirmation = ${input.confirmation}`);
  if (input.source) conditions.push(sql`a.created_from = ${input.source}`);
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
