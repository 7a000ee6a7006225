import { eq } from "drizzle-orm";
import { clinics } from "@/db/schema/clinics";
import { systemClock } from "@/lib/core/clock";
import { transactAsHq } from "@/lib/core/transact";

/** The ids of all clinics at work, for sweeps that follow the clock and have no table of due work to ask. */
export const listActiveClinicIds = (job: string): Promise<string[]> => listIds(job, eq(clinics.status, "active"));

/** The ids of all clinics, the suspended ones too: for work on what is kept, whoever may use it. */
export const listAllClinicIds = (job: string): Promise<string[]> => listIds(job, undefined);

async function listIds(job: string, where: ReturnType<typeof eq> | undefined): Promise<string[]> {
  const ctx = {
    actor: { type: "system", id: job },
    hqRole: "SYSTEM",
    locale: "en",
    requestId: crypto.randomUUID(),
    now: systemClock,
  } as const;
  const rows = await transactAsHq(ctx, (tx) =>
    tx.select({ id: clinics.id }).from(clinics).where(where).orderBy(clinics.id),
  );
  return rows.map(({ id }) => id);
}
