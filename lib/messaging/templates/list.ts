import { and, asc, eq, sql } from "drizzle-orm";
import { templates } from "@/db/schema/templates";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { countCapped } from "@/lib/scheduling/count-capped";
import type { ListTemplates } from "./schema";
import type { Template } from "./twin";

export type TemplateItem = Omit<Template, "clinicId">;

export const itemOf = ({ clinicId: _, ...item }: Template): TemplateItem => item;

interface Page {
  items: TemplateItem[];
  page: number;
  limit: number;
  total: number;
  totalCapped: boolean;
}

/** The clinic's templates by name and language. */
export const listTemplates = (ctx: ClinicContext, input: ListTemplates): Promise<Result<Page>> =>
  query(ctx, async (tx) => {
    const { purpose, locale, usable, page, limit } = input;
    const where = and(
      eq(templates.clinicId, ctx.clinic.id),
      purpose ? eq(templates.purpose, purpose) : undefined,
      locale ? eq(templates.locale, locale) : undefined,
      usable === "true" ? and(eq(templates.isActive, true), eq(templates.approval, "approved")) : undefined,
    );
    const rows = await tx
      .select()
      .from(templates)
      .where(where)
      .orderBy(asc(templates.name), asc(templates.locale))
      .limit(limit)
      .offset((page - 1) * limit);
    const counted = await countCapped(tx, sql`from ${templates} where ${where}`);
    return ok({ items: rows.map(itemOf), page, limit, ...counted });
  });
