import { and, eq, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { memberships } from "@/db/schema/identity";
import { providers, resources } from "@/db/schema/resources";
import { serviceProviders } from "@/db/schema/services";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { lockProviders } from "./lock-providers";
import { getProviderIn, type ProviderSetUp } from "./read-providers";
import type { ChangeProvider, CreateProvider } from "./schema";
import { tellChange } from "./tell";

const VIOLATIONS = { service_providers_service_fk: err("NOT_FOUND", { what: "service" }) };

/** Adds a provider at the end of the list, without hours: nobody can be booked before their week is written. */
export const createProvider = (ctx: ClinicContext, input: CreateProvider): Promise<Result<ProviderSetUp>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const { serviceIds, userId, ...columns } = input;
    const [id, clinicId] = [newId(), ctx.clinic.id];
    const position = sql`(select coalesce(max(position) + 1, 0) from providers where clinic_id = ${clinicId})`;
    await tx.insert(resources).values({ id, clinicId, kind: "provider" });
    await tx.insert(providers).values({ ...columns, id, clinicId, position, createdAt: ctx.now() });
    await writeServices(tx, ctx, id, serviceIds);
    const linked = await linkUser(tx, ctx, id, userId);
    if (!linked.ok) return linked;
    await tellChange(tx, ctx, "provider", id, { act: "create" });
    return getProviderIn(tx, ctx, id);
  });

/** Changes what is named. NOT_FOUND of the provider, a service or the member; CONFLICT for another provider's member. */
export const changeProvider = (ctx: ClinicContext, id: string, input: ChangeProvider): Promise<Result<ProviderSetUp>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const { serviceIds, userId, ...columns } = input;
    const locked = await lockProviders(tx, ctx, [id]);
    if (!locked.ok) return locked;
    if (Object.keys(columns).length > 0)
      await tx
        .update(providers)
        .set(columns)
        .where(and(eq(providers.clinicId, ctx.clinic.id), eq(providers.id, id)));
    if (serviceIds) await writeServices(tx, ctx, id, serviceIds);
    const linked = userId === undefined ? ok() : await linkUser(tx, ctx, id, userId);
    if (!linked.ok) return linked;
    await tellChange(tx, ctx, "provider", id, { act: "change", changed: Object.keys(input) });
    return getProviderIn(tx, ctx, id);
  });

async function writeServices(tx: Tx, ctx: ClinicContext, providerId: string, serviceIds: readonly string[]) {
  const mine = { clinicId: ctx.clinic.id, providerId };
  await tx
    .delete(serviceProviders)
    .where(and(eq(serviceProviders.clinicId, mine.clinicId), eq(serviceProviders.providerId, providerId)));
  const rows = [...new Set(serviceIds)].map((serviceId) => ({ ...mine, serviceId }));
  if (rows.length > 0) await tx.insert(serviceProviders).values(rows);
}

/** One member a provider and one provider a member; whoever was linked before is not any more. */
async function linkUser(tx: Tx, ctx: ClinicContext, providerId: string, userId: string | null): Promise<Result<null>> {
  const here = eq(memberships.clinicId, ctx.clinic.id);
  const others = userId === null ? undefined : ne(memberships.userId, userId);
  await tx
    .update(memberships)
    .set({ providerId: null })
    .where(and(here, eq(memberships.providerId, providerId), others));
  if (userId === null) return ok();
  const member = and(here, eq(memberships.userId, userId));
  const [found] = await tx.select({ linked: memberships.providerId }).from(memberships).where(member).for("update");
  if (!found) return err("NOT_FOUND", { what: "user" });
  if (found.linked !== null && found.linked !== providerId) return err("CONFLICT", { what: "user_linked" });
  await tx.update(memberships).set({ providerId }).where(member);
  return ok();
}
