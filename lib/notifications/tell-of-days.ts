import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clinics } from "@/db/schema/clinics";
import { memberships, users } from "@/db/schema/identity";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { addDays, dayIn, instantOf, timeIn } from "@/lib/core/zone";
import { countDayIn } from "./day-ahead";
import { tellIn } from "./tell";

/** When the day is over for most, by the clinic's clock. */
const EVENING = "18:00";

/**
 * Tells each provider who has a log-in what tomorrow holds, in the evening by the clinic's clock: once a day, however often
 * this runs, and nothing of a day without visits. Before the evening it only sets when to look again. Answers how many
 * were told.
 */
export const tellOfDays = async (ctx: ClinicContext): Promise<number> =>
  unwrap(
    await transact(ctx, {}, async (tx) => {
      const { timeZone } = ctx.clinic;
      const today = dayIn(ctx.now(), timeZone);
      const isEvening = timeIn(ctx.now(), timeZone) >= EVENING;
      const next = instantOf(isEvening ? addDays(today, 1) : today, EVENING, timeZone);
      await putOff(tx, ctx, next);
      return ok(isEvening ? await tellProviders(tx, ctx, addDays(today, 1)) : 0);
    }),
  );

async function putOff(tx: Tx, ctx: ClinicContext, next: Date): Promise<void> {
  const seconds = (next.getTime() - ctx.now().getTime()) / 1000;
  const dayMailDueAt = sql`now() + ${seconds}::float8 * interval '1 second'`;
  await tx.update(clinics).set({ dayMailDueAt }).where(eq(clinics.id, ctx.clinic.id));
  await audit(tx, ctx, { action: "clinic.day_mail", targetType: "clinic", targetId: ctx.clinic.id });
}

async function tellProviders(tx: Tx, ctx: ClinicContext, day: string): Promise<number> {
  const linked = await tx
    .select({ userId: memberships.userId, providerId: memberships.providerId })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
    .where(and(eq(memberships.clinicId, ctx.clinic.id), isNotNull(memberships.providerId)));
  let told = 0;
  for (const { userId, providerId } of linked) {
    if (!providerId || (await countDayIn(tx, ctx, providerId, day)) === 0) continue;
    const about = { entityType: "provider", entityId: providerId } as const;
    await tellIn(tx, ctx, { kind: "day_ahead", ...about, dedupeKey: `day:${day}`, userId });
    told += 1;
  }
  return told;
}
