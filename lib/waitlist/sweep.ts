import { and, asc, eq, lte, sql } from "drizzle-orm";
import { freedSlots } from "@/db/schema/waitlist";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { transact, unscoped } from "@/lib/core/transact";
import { stepSlotIn } from "./fill-slot";
import { dueIn, thisSlot, VIOLATIONS } from "./internal";
import { tellLosersIn } from "./tell-losers";

const MOST_CLINICS = 200;
const MOST_STEPS = 200;
const MINUTE = 60_000;

/** The clinics that have freed time to look at; ids only. */
export const clinicsWithFreedSlots = (): Promise<string[]> =>
  unscoped(async (tx) => {
    const found = await tx.execute<{ id: string }>(sql`select id from clinics_with_freed_slots(${MOST_CLINICS}) as id`);
    return found.rows.map(({ id }) => id);
  });

/**
 * Does what is due for a clinic's freed slots, one step a transaction: asks the next batch, lapses what nobody answered,
 * tells who lost, ends what is over. Two sweeps at once share the slots; one that is killed leaves each as it was or as it
 * should be, and the next goes on. Answers the steps done.
 */
export async function sweepSlots(ctx: ClinicContext): Promise<Result<{ steps: number }>> {
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const stepped = await stepDue(ctx);
    if (!stepped.ok) return stepped;
    if (!stepped.data) return ok({ steps });
  }
  return ok({ steps: MOST_STEPS });
}

const stepDue = (ctx: ClinicContext): Promise<Result<boolean>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const [slot] = await tx
      .select()
      .from(freedSlots)
      .where(and(eq(freedSlots.clinicId, ctx.clinic.id), lte(freedSlots.dueAt, sql`now()`)))
      .orderBy(asc(freedSlots.startsAt), asc(freedSlots.id))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!slot) return ok(false);
    if (slot.status === "open") {
      await stepSlotIn(tx, ctx, slot);
      return ok(true);
    }
    const left = await tellLosersIn(tx, ctx, slot);
    await tx
      .update(freedSlots)
      .set({ dueAt: left > 0 ? dueIn(ctx, new Date(ctx.now().getTime() + MINUTE)) : null })
      .where(thisSlot(ctx, slot.id));
    return ok(true);
  });
