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
export const findClinic = async (ref: string): Promise<ClinicFacts | undefined> =>
  ref.includes("\0") ? undefined : (await findNow(ref))?.clinic; // Postgres reads no NUL

/** The clinic, and the moment at which the database was asked. */
const findNow = (ref: string): Promise<{ clinic: ClinicFacts; atMs: number } | undefined> =>
  unscoped(async (tx) => {
    const found = await tx.execute<{ id: string | null; at_ms: number }>(
      sql`select id, set_config('app.clinic_id', id::text, true),
        (extract(epoch from clock_timestamp()) * 1000)::float8 as at_ms
        from find_clinic(${ref}) as id where id is not null`,
    );
    const [{ id, at_ms: atMs } = { id: null, at_ms: 0 }] = found.rows;
    if (!id) return undefined;
    const [row] = await tx.select().from(clinics).where(eq(clinics.id, id));
    if (!row) return undefined;
    const { slug, name, timeZone, currency, country, defaultLocale, status } = row;
    return { clinic: { id: asClinicId(id), slug, name, timeZone, currency, country, defaultLocale, status }, atMs };
  });

/**
 * The context of background work in one clinic: `job` names the function that acts. Throws for an unknown clinic. In place
 * of the system's clock it has the database's, which all workers share: one whose own is wrong writes to nobody at night.
 */
export async function systemContext(clinicId: string, job: string, now: Clock = systemClock): Promise<ClinicContext> {
  const found = await findNow(clinicId);
  if (!found) throw new Error(`no clinic ${clinicId}`);
  return {
    clinic: found.clinic,
    actor: { type: "system", id: job },
    role: "SYSTEM",
    locale: found.clinic.defaultLocale,
    requestId: crypto.randomUUID(),
    now: now === systemClock ? clockFrom(found.atMs) : now,
  };
}

/** A clock that was right a moment ago and runs on by this process's own pace. */
function clockFrom(atMs: number): Clock {
  const since = performance.now();
  return () => new Date(atMs + performance.now() - since);
}
