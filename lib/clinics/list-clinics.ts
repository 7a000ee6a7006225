import { clinics } from "@/db/schema/clinics";
import type { HqContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { transactAsHq } from "@/lib/core/transact";

/** The clinics of the deployment by name: what HQ may know of them without a support session. */
export async function listClinics(ctx: HqContext) {
  const items = await transactAsHq(ctx, (tx) =>
    tx
      .select({
        id: clinics.id,
        slug: clinics.slug,
        shortNumber: clinics.shortNumber,
        name: clinics.name,
        country: clinics.country,
        timeZone: clinics.timeZone,
        status: clinics.status,
        createdAt: clinics.createdAt,
      })
      .from(clinics)
      .orderBy(clinics.name),
  );
  return ok({ items, page: 1, limit: items.length, total: items.length }) satisfies Result<unknown>;
}
