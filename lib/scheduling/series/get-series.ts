import { and, eq, sql } from "drizzle-orm";
import { visitSeries } from "@/db/schema/visit-series";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { showVisit } from "../change-visit";
import { readVisits } from "../read-visits";
import type { ShownVisit } from "../schema";

export interface ShownSeries {
  id: string;
  kind: "recall" | "plan" | "family";
  title: string | null;
  /** Of a plan: the least days between each visit and the one before. */
  gaps: number[];
  visits: ShownVisit[];
}

/** A series with all its visits in order, cancelled ones too. */
export const getSeries = (ctx: ClinicContext, { id }: { id: string }): Promise<Result<ShownSeries>> =>
  query(ctx, async (tx) => {
    const mine = and(eq(visitSeries.clinicId, ctx.clinic.id), eq(visitSeries.id, id));
    const [series] = await tx.select().from(visitSeries).where(mine);
    if (!series) return err("NOT_FOUND", { what: "series" });
    const visits = await readVisits(tx, ctx, {
      where: sql`a.series_id = ${id}`,
      orderBy: sql`a.series_position`,
    });
    const { kind, title, gaps } = series;
    return ok({ id, kind, title, gaps, visits: visits.map(showVisit) });
  });
