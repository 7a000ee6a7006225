import { sql } from "drizzle-orm";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import type { SetUpKind } from "./retire";
import { tellChange } from "./tell";

const TABLES = { service: sql`services`, provider: sql`providers`, operatory: sql`operatories` } as const;

/** Puts these first, in this order; what is not named follows in its own. NOT_FOUND for an id that is not there. */
export const setOrder = (
  ctx: ClinicContext,
  kind: SetUpKind,
  { ids }: { ids: readonly string[] },
): Promise<Result<{ ids: readonly string[] }>> =>
  transact(ctx, {}, async (tx) => {
    const table = TABLES[kind];
    const { rows } = await tx.execute<{ is_named: boolean }>(sql`
      update ${table} t set position = o.place from (
        select id, array_position(${sql.param([...ids])}::uuid[], id) is not null as is_named,
          row_number() over (order by array_position(${sql.param([...ids])}::uuid[], id), position, id) - 1 as place
        from ${table} where clinic_id = ${ctx.clinic.id}) o
      where t.clinic_id = ${ctx.clinic.id} and t.id = o.id returning o.is_named`);
    if (rows.filter(({ is_named }) => is_named).length < ids.length) return err("NOT_FOUND", { what: kind });
    await tellChange(tx, ctx, kind, ids[0] ?? "", { act: "order" });
    return ok({ ids });
  });
