import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";

/**
 * Takes the lock under which hours, time off and a provider's retirement are written (domain.md): FOR UPDATE on these
 * providers' rows, or on all of the clinic's, in order of id. Bookings hold FOR SHARE: whoever was first is visible to
 * the statements that follow. Answers the ids; NOT_FOUND when one is missing.
 */
export async function lockProviders(
  tx: Tx,
  ctx: ClinicContext,
  providerIds: readonly string[] | "all",
): Promise<Result<string[]>> {
  const which = providerIds === "all" ? sql`true` : sql`id = any(${sql.param([...providerIds])}::uuid[])`;
  const { rows } = await tx.execute<{ id: string }>(
    sql`select id from providers where clinic_id = ${ctx.clinic.id} and ${which} order by id for update`,
  );
  if (providerIds !== "all" && rows.length < new Set(providerIds).size) return err("NOT_FOUND", { what: "provider" });
  return ok(rows.map(({ id }) => id));
}
