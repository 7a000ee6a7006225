import { and, asc, eq, lte, sql } from "drizzle-orm";
import { appointments } from "@/db/schema/appointments";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { transact, unscoped } from "@/lib/core/transact";
import { expire } from "./occupy";
import { VIOLATIONS } from "./rules";

const MOST_CLINICS = 200;
const MOST_HOLDS = 100;

/** The clinics that have holds past their time; ids only. */
export const clinicsWithEndedHolds = (): Promise<string[]> =>
  unscoped(async (tx) => {
    const found = await tx.execute<{ id: string }>(
      sql`select id from clinics_with_due_work('hold', ${MOST_CLINICS}) as id`,
    );
    return found.rows.map(({ id }) => id);
  });

/**
 * Ends a clinic's holds past their time, at most 100 a call. Nobody waits for this: whoever wants such a slot ends the
 * hold himself; the sweep keeps screens and lists true. One that is being decided right now is left alone.
 */
export const expireHolds = (ctx: ClinicContext): Promise<Result<{ expired: number }>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const due = await tx
      .select({ id: appointments.id })
      .from(appointments)
      .where(
        and(
          eq(appointments.clinicId, ctx.clinic.id),
          eq(appointments.status, "held"),
          lte(appointments.holdExpiresAt, ctx.now()),
        ),
      )
      .orderBy(asc(appointments.id))
      .limit(MOST_HOLDS)
      .for("update", { skipLocked: true });
    await expire(
      tx,
      ctx,
      due.map(({ id }) => id),
    );
    return ok({ expired: due.length });
  });
