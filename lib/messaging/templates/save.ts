import { and, eq } from "drizzle-orm";
import { templates } from "@/db/schema/templates";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { issuesOf } from "./check";
import { itemOf, type TemplateItem } from "./list";
import { rulesOfPurpose } from "./purposes";
import type { CreateTemplate, UpdateTemplate } from "./schema";

const VIOLATIONS = { templates_name_uq: err("CONFLICT", { what: "template" }) } as const;

/** Writes a new template, a draft until the vendor approves it. CONFLICT: that name has that language already. */
export const createTemplate = (ctx: ClinicContext, input: CreateTemplate): Promise<Result<TemplateItem>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const issues = issuesOf(input);
    if (issues.length > 0) return err("VALIDATION_FAILED", issues);
    const ttlSeconds = input.ttlSeconds ?? rulesOfPurpose(input.purpose)?.ttlSeconds ?? null;
    const row = { ...input, ttlSeconds, clinicId: ctx.clinic.id, updatedAt: ctx.now() };
    const [made] = await tx.insert(templates).values(row).returning();
    if (!made) throw new Error("the template was not written");
    await audit(tx, ctx, { action: "template.create", targetType: "template", targetId: made.id });
    return ok(itemOf(made));
  });

/**
 * Changes a template. Another body, category or list of variables is another template to the vendor: it is a draft again,
 * unless the same call says what the vendor decided. NOT_FOUND; VALIDATION_FAILED.
 */
export const updateTemplate = (ctx: ClinicContext, id: string, input: UpdateTemplate): Promise<Result<TemplateItem>> =>
  transact(ctx, {}, async (tx) => {
    const mine = and(eq(templates.clinicId, ctx.clinic.id), eq(templates.id, id));
    const [before] = await tx.select().from(templates).where(mine).for("update");
    if (!before) return err("NOT_FOUND", { what: "template" });
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const after = { ...before, ...given };
    const issues = issuesOf(after);
    if (issues.length > 0) return err("VALIDATION_FAILED", issues);
    const isAnother = after.body !== before.body || after.category !== before.category;
    const approval = input.approval ?? (isAnother ? "draft" : before.approval);
    const changed = { ...given, approval, updatedAt: ctx.now() };
    const [saved] = await tx.update(templates).set(changed).where(mine).returning();
    if (!saved) throw new Error("a locked template vanished");
    const names = Object.keys(given);
    await audit(tx, ctx, { action: "template.update", targetType: "template", targetId: id, changed: names });
    return ok(itemOf(saved));
  });
