import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { visitSeries } from "@/db/schema/visit-series";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { dayIn, daysBetween } from "@/lib/core/zone";

export interface Series {
  id: string;
  kind: "recall" | "plan" | "family";
  gaps: number[];
}

/**
 * The series of these visits, locked until the transaction ends: who moves one visit of a plan decides on the others'
 * times, so they take turns. To be called before any visit is locked. A visit never changes its plan.
 */
export async function lockSeriesOf(tx: Tx, ctx: ClinicContext, appointmentIds: readonly string[]): Promise<Series[]> {
  const theirs = tx
    .select({ id: appointments.seriesId })
    .from(appointments)
    .where(and(eq(appointments.clinicId, ctx.clinic.id), inArray(appointments.id, [...appointmentIds])));
  return tx
    .select({ id: visitSeries.id, kind: visitSeries.kind, gaps: visitSeries.gaps })
    .from(visitSeries)
    .where(and(eq(visitSeries.clinicId, ctx.clinic.id), inArray(visitSeries.id, theirs)))
    .orderBy(asc(visitSeries.id))
    .for("update");
}

/**
 * Whether the visits of each plan, as they stand in this transaction, come one after the other with the least gaps
 * between them; else CONFLICT `{why: "order"}` with the two that do not.
 */
export async function keepOrder(tx: Tx, ctx: ClinicContext, series: readonly Series[]): Promise<Result<null>> {
  for (const { id, kind, gaps } of series) {
    if (kind !== "plan") continue;
    const visits = await tx
      .select({
        id: appointments.id,
        startsAt: appointments.startsAt,
        endsAt: appointments.endsAt,
        position: appointments.seriesPosition,
      })
      .from(appointments)
      .where(
        and(
          eq(appointments.clinicId, ctx.clinic.id),
          eq(appointments.seriesId, id),
          sql`${appointments.status} in ('held', 'scheduled', 'checked_in', 'completed')`,
        ),
      )
      .orderBy(asc(appointments.seriesPosition));
    for (const [at, visit] of visits.entries()) {
      const before = visits[at - 1];
      if (!before) continue;
      const gapDays = gaps[visit.position ?? 0] ?? 0;
      if (comesAfter(ctx, before, visit, gapDays)) continue;
      return err("CONFLICT", { why: "order", earlierId: before.id, laterId: visit.id, gapDays });
    }
  }
  return ok();
}

type Timed = Pick<typeof appointments.$inferSelect, "startsAt" | "endsAt">;

function comesAfter(ctx: ClinicContext, before: Timed, visit: Timed, gapDays: number): boolean {
  const { timeZone } = ctx.clinic;
  const days = daysBetween(dayIn(before.startsAt, timeZone), dayIn(visit.startsAt, timeZone));
  return days >= gapDays && visit.startsAt >= before.endsAt;
}
