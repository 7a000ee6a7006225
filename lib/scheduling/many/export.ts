import { sql, type SQL } from "drizzle-orm";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { csvHead, csvLines } from "@/lib/core/csv";
import { ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { dayIn, timeIn } from "@/lib/core/zone";
import { whereVisits } from "../filter-visits";
import { readVisits } from "../read-visits";
import type { Visit } from "../schema";
import type { ExportAppointments } from "./schema";

const AT_ONCE = 500;
/** As the import of a book names them, so that an export can be taken in elsewhere. */
const COLUMNS = [
  ...["date", "time", "end", "name", "phone", "service", "provider", "chair", "status", "confirmation", "source"],
  ...["note", "cancel_reason", "external_id"],
] as const;

/**
 * The visits of a list's filters as CSV, in time order, in parts of some hundred rows, each read when the last one has
 * been taken. Days and times are the clinic's. That it was asked for is written down before the first row leaves.
 */
export async function exportAppointments(
  ctx: ClinicContext,
  input: ExportAppointments,
): Promise<Result<AsyncGenerator<string, void>>> {
  const changed = Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const noted = await transact(ctx, {}, async (tx) => {
    await audit(tx, ctx, { action: "appointment.export", targetType: "clinic", targetId: ctx.clinic.id, changed });
    return ok();
  });
  return noted.ok ? ok(parts(ctx, input)) : noted;
}

async function* parts(ctx: ClinicContext, { ids, ...filters }: ExportAppointments): AsyncGenerator<string, void> {
  yield csvHead(COLUMNS);
  const named = ids ? sql`and a.id = any(${sql.param(ids)}::uuid[])` : sql``;
  for (let after: SQL = sql``; ;) {
    const beyond = after;
    const visits = await query(ctx, async (tx) => {
      const where = sql`${await whereVisits(tx, ctx, filters)} ${named} ${beyond}`;
      return readVisits(tx, ctx, { where, limit: AT_ONCE });
    });
    const last = visits.at(-1);
    if (!last) return;
    yield csvLines(
      COLUMNS,
      visits.map((visit) => rowOf(ctx, visit)),
    );
    after = sql`and (a.starts_at, a.id) > (${last.startsAt}, ${last.id})`;
  }
}

const rowOf = ({ clinic: { timeZone } }: ClinicContext, visit: Visit): Record<string, string> => ({
  date: dayIn(visit.startsAt, timeZone),
  time: timeIn(visit.startsAt, timeZone),
  end: timeIn(visit.endsAt, timeZone),
  name: visit.patient.name,
  phone: visit.patient.phone ?? "",
  service: visit.service.name,
  provider: visit.provider.name,
  chair: visit.operatory?.name ?? "",
  status: visit.status,
  confirmation: visit.confirmation,
  source: visit.createdFrom,
  note: visit.note ?? "",
  cancel_reason: visit.cancelReason ?? "",
  external_id: visit.id,
});
