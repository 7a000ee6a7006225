import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clockAt } from "@/lib/core/clock";
import { findClinic } from "@/lib/clinics/mint";
import { transactAsHq } from "@/lib/core/transact";
import { DEMO_DENTAL } from "./demo-dental/clinic";
import { NORTH_DENTAL } from "./north-dental/clinic";
import { addPeople } from "./people";
import { planClinic } from "./plan";
import { idsFrom, randomFrom } from "./random";
import { writeClinic } from "./write-clinic";

/** The demo's own clinic comes last: where it is, everything is. */
const BLUEPRINTS = [NORTH_DENTAL, DEMO_DENTAL];
/** Who answers the messages at each clinic. */
const DESKS: Record<string, string> = {
  "demo-dental": "staff@demo-dental.test",
  "north-dental": "owner@north-dental.test",
};
const PEOPLE_SEED = 1;

export const isSeeded = async (): Promise<boolean> => (await findClinic(DEMO_DENTAL.clinic.slug)) !== undefined;

/**
 * Fills an empty deployment with the demo's clinics and people as they stand at `now`, in one transaction: after a
 * crash there is nothing, and the next start begins again. Answers false, writing nothing, when it has been done.
 */
export async function seedDemo(now: Date): Promise<boolean> {
  if (await isSeeded()) return false;
  const hq = {
    actor: { type: "system", id: "seed" },
    hqRole: "SYSTEM",
    locale: "en",
    requestId: "seed",
    now: clockAt(now),
  } as const;
  return transactAsHq(hq, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('chairside demo seed'))`);
    const { rows } = await tx.execute(sql`select 1 from clinics where slug = ${DEMO_DENTAL.clinic.slug}`);
    if (rows.length > 0) return false;
    const id = idsFrom(randomFrom(PEOPLE_SEED), new Date(now.getTime() - 86_400_000));
    const userIds = await addPeople(tx, { id, asUser: (userId) => scope(tx, "app.user_id", userId), now });
    for (const blueprint of BLUEPRINTS) {
      const staffId = userIds.get(DESKS[blueprint.clinic.slug] ?? "") ?? "";
      const plan = planClinic(blueprint, staffId, now);
      await scope(tx, "app.clinic_id", plan.clinicId);
      await writeClinic(tx, plan, userIds, now);
      // The database's own checks of visits run in the scope in which they can see them.
      await tx.execute(sql`set constraints all immediate`);
      await tx.execute(sql`set constraints all deferred`);
    }
    return true;
  });
}

/** Row-level security goes by these settings; they end with the transaction. */
async function scope(tx: Tx, setting: "app.clinic_id" | "app.user_id", id: string): Promise<void> {
  await tx.execute(sql`select set_config(${setting}, ${id}, true)`);
}
