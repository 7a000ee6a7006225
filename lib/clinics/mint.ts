import { eq, sql } from "drizzle-orm";
import { clinics } from "@/db/schema/clinics";
import type { ClinicContext, ClinicFacts, ClinicId } from "@/lib/core/context";
import { systemClock, type Clock } from "@/lib/core/clock";
import { unscoped } from "@/lib/core/transact";

/** The named cast: only a door or `systemContext`, through this file, makes a ClinicId. */
const asClinicId = (id: string) => id as ClinicId;

/**
 * The clinic by slug, id or short number, or undefined. Mints the ClinicId: the caller is a door that checks
 * who asks before it hands the context on.
 */
export const findClinic = (ref: string): Promise<ClinicFacts | undefined> =>
  unscoped(async (tx) => {
    const found = await tx.execute<{ id: string | null }>(
      sql`select id, set_config('app.clinic_id', id::text, true) from find_clinic(${ref}) as id where id is not null`,
    );
    const id = found.rows[0]?.id;
    if (!id) return undefined;
    const [row] = await tx.select().from(clinics).where(eq(clinics.id, id));
    if (!row) return undefined;
    const { slug, name, timeZone, currency, country, defaultLocale, status } = row;
    return { id: asClinicId(id), slug, name, timeZone, currency, country, defaultLocale, status };
  });

/** The context of background work in one clinic: `job` names the function that acts. Throws for an unknown clinic. */
export async function systemContext(clinicId: string, job: string, now: Clock = systemClock): Promise<ClinicContext> {
  const clinic = await findClinic(clinicId);
  if (!clinic) throw new Error(`no clinic ${clinicId}`);
  return {
    clinic,
    actor: { type: "system", id: job },
    role: "SYSTEM",
    locale: clinic.defaultLocale,
    requestId: crypto.randomUUID(),
    now,
  };
}
