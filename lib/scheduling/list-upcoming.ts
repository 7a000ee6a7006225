import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";
import { readVisits } from "./read-visits";
import type { Visit } from "./schema";

const MOST = 50;

/** The booked visits of these patients that are not over yet, the next one first. Holds are none. */
export async function listUpcomingIn(tx: Tx, ctx: ClinicContext, patientIds: readonly string[]): Promise<Visit[]> {
  if (patientIds.length === 0) return [];
  const ids = sql.join(
    patientIds.map((id) => sql`${id}`),
    sql`, `,
  );
  return readVisits(tx, ctx, {
    where: sql`a.patient_id in (${ids}) and a.status in ('scheduled', 'checked_in') and a.ends_at > ${ctx.now()}`,
    limit: MOST,
  });
}

export const listUpcoming = (ctx: ClinicContext, patientIds: readonly string[]): Promise<Visit[]> =>
  query(ctx, (tx) => listUpcomingIn(tx, ctx, patientIds));
