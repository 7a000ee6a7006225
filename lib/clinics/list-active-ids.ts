import { eq } from "drizzle-orm";
import { clinics } from "@/db/schema/clinics";
import { systemClock } from "@/lib/core/clock";
import { transactAsHq } from "@/lib/core/transact";

/** The ids of all clinics at work, for sweeps that follow the clock and have no table of due work to ask. */
export async function listActiveClinicIds(job: string): Promise<string[]> {
  const ctx = {
    actor: { type: "system", id: job },
    hqRole: "SYSTEM",
    locale: "en",
    requestId: crypto.randomUUID(),
    now: systemClock,
  } as const;
  const rows = await transactAsHq(ctx, (tx) =>
    tx.select({ id: clinics.id }).from(clinics).where(eq(clinics.status, "active")).orderBy(clinics.id),
  );
  return rows.map(({ id }) => id);
}
