import { and, asc, eq, gte, lte, sql } from "drizzle-orm";
import { appointments } from "@/db/schema/appointments";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { changeVisit } from "./change-visit";
import { readRules } from "./internal";
import type { LockedVisit } from "./lock-visit";
import { transitionIn } from "./transition";

const MOST_VISITS = 200;
/** A visit that nobody touched for longer is history that no sweep rewrites. */
const BACK_DAYS = 7;

/**
 * Marks who did not come: still scheduled 15 minutes (a setting) after the start, or after the delay that the patient
 * announced. Each visit in a commit of its own; one that changed meanwhile is left as it is. Reversible by staff.
 */
export async function sweepNoShows(ctx: ClinicContext): Promise<Result<{ marked: number }>> {
  const rules = await query(ctx, (tx) => readRules(tx, ctx));
  const isDue = ({ startsAt, runningLateMinutes }: Pick<LockedVisit, "startsAt" | "runningLateMinutes">) =>
    startsAt.getTime() + (rules.noShowAfterMinutes + (runningLateMinutes ?? 0)) * 60_000 <= ctx.now().getTime();
  const { startsAt, runningLateMinutes } = appointments;
  const started = await query(ctx, (tx) =>
    tx
      .select({ id: appointments.id, startsAt, runningLateMinutes })
      .from(appointments)
      .where(
        and(
          eq(appointments.clinicId, ctx.clinic.id),
          eq(appointments.status, "scheduled"),
          gte(startsAt, sql`${ctx.now()}::timestamptz - make_interval(days => ${BACK_DAYS})`),
          lte(startsAt, ctx.now()),
        ),
      )
      .orderBy(asc(startsAt))
      .limit(MOST_VISITS),
  );
  let marked = 0;
  for (const { id } of started.filter(isDue)) {
    const done = await changeVisit(ctx, (tx) =>
      transitionIn(tx, ctx, {
        appointmentId: id,
        to: "no_show",
        action: "appointment.no_show",
        reason: "not_checked_in",
        guard: (visit) => (isDue(visit) ? ok() : err("TOO_SOON")),
      }),
    );
    if (done.ok) marked++;
  }
  return ok({ marked });
}
