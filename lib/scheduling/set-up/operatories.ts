import { and, asc, eq, sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { operatories, resources } from "@/db/schema/resources";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { countCapped } from "@/lib/scheduling/count-capped";
import type { Page } from "@/lib/scheduling/schema";
import type { ListSetUp, SaveOperatory } from "./schema";
import { tellChange } from "./tell";

export interface Operatory {
  id: string;
  name: string;
  isActive: boolean;
  position: number;
}

/** The chairs in the clinic's own order. */
export const listOperatories = (ctx: ClinicContext, input: ListSetUp): Promise<Result<Page<Operatory>>> =>
  query(ctx, async (tx) => {
    const { page, limit, q, includeRetired = false } = input;
    const named = q ? sql`strpos(lower(${operatories.name}), lower(${q})) > 0` : sql`true`;
    const where = sql`${operatories.clinicId} = ${ctx.clinic.id} and (${operatories.isActive} or ${includeRetired}) and ${named}`;
    const counted = await countCapped(tx, sql`from ${operatories} where ${where}`);
    const rows = await tx
      .select()
      .from(operatories)
      .where(where)
      .orderBy(asc(operatories.position), asc(operatories.id))
      .limit(limit)
      .offset((page - 1) * limit);
    return ok({ items: rows.map(({ clinicId: _, ...row }) => row), page, limit, ...counted });
  });

/** Adds a chair at the end of the list. */
export const createOperatory = (ctx: ClinicContext, { name }: SaveOperatory): Promise<Result<Operatory>> =>
  transact(ctx, {}, async (tx) => {
    const [id, clinicId] = [newId(), ctx.clinic.id];
    const position = sql`(select coalesce(max(position) + 1, 0) from operatories where clinic_id = ${clinicId})`;
    await tx.insert(resources).values({ id, clinicId, kind: "operatory" });
    const [row] = await tx.insert(operatories).values({ id, clinicId, name, position }).returning();
    await tellChange(tx, ctx, "operatory", id, { act: "create" });
    return ok({ id, name, isActive: true, position: row?.position ?? 0 });
  });

/** Gives a chair another name. NOT_FOUND. */
export const changeOperatory = (ctx: ClinicContext, id: string, { name }: SaveOperatory): Promise<Result<Operatory>> =>
  transact(ctx, {}, async (tx) => {
    const mine = and(eq(operatories.clinicId, ctx.clinic.id), eq(operatories.id, id));
    const [row] = await tx.update(operatories).set({ name }).where(mine).returning();
    if (!row) return err("NOT_FOUND", { what: "operatory" });
    await tellChange(tx, ctx, "operatory", id, { act: "change", changed: ["name"] });
    return ok({ id, name, isActive: row.isActive, position: row.position });
  });
