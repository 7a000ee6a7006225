import { and, eq } from "drizzle-orm";
import { templates } from "@/db/schema/templates";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import type { TemplateDecision } from "@/lib/messaging/channels/notice";
import { listTemplatesOf, submitTemplateTo } from "@/lib/messaging/channels/whatsapp-cloud/templates";
import { announce } from "@/lib/realtime/announce";
import { issuesOf } from "./check";
import { exampleOf } from "./examples";
import { itemOf, type TemplateItem } from "./list";
import type { Template } from "./twin";
import { openAccounts, type TemplateProblem } from "./vendor-account";

export interface Submitted {
  template: TemplateItem;
  /** What stood in the way, with words in `settings.templates.problems`; null: it was handed in. */
  problem: TemplateProblem | null;
  /** The vendor's own words for people, where it gave some. */
  words: string | null;
}

/**
 * Hands a template in for WhatsApp's approval, as a new one or in place of its own earlier text. It is pending from then on,
 * and goes out only once it is approved. NOT_FOUND; CONFLICT for one that is being reviewed or approved, or whose text
 * changed meanwhile; VALIDATION_FAILED.
 */
export async function submitTemplate(ctx: ClinicContext, id: string): Promise<Result<Submitted>> {
  const template = await query(ctx, async (tx) => {
    const mine = and(eq(templates.clinicId, ctx.clinic.id), eq(templates.id, id));
    return (await tx.select().from(templates).where(mine))[0];
  });
  if (!template) return err("NOT_FOUND", { what: "template" });
  const { approval } = template;
  if (approval === "pending" || approval === "approved") return err("CONFLICT", { what: "template", approval });
  const issues = issuesOf(template);
  if (issues.length > 0) return err("VALIDATION_FAILED", issues);
  const said = await handIn(ctx, template);
  if (said.problem !== null) return ok({ template: itemOf(template), ...said });
  return record(ctx, template, said.decision);
}

type Said =
  | { problem: null; decision: Pick<TemplateDecision, "approval" | "category"> }
  | { problem: TemplateProblem; words: string | null };

async function handIn(ctx: ClinicContext, template: Template): Promise<Said> {
  const [opened] = await openAccounts(ctx);
  if (!opened) return { problem: "no_channel", words: null };
  if (opened.problem !== null) return { problem: opened.problem, words: null };
  const { token, account } = opened;
  const listed = await listTemplatesOf(token, account);
  if (listed.problem !== null) return listed;
  const { name, locale, variables } = template;
  const known = listed.data.find((one) => one.name === name && one.locale === locale);
  const examples = variables.map((variable) => exampleOf(variable, locale));
  const taken = await submitTemplateTo(token, account, { ...template, examples }, known?.id);
  return taken.problem === null ? { problem: null, decision: taken.data } : taken;
}

const record = (ctx: ClinicContext, before: Template, decision: Pick<TemplateDecision, "approval" | "category">) =>
  transact(ctx, {}, async (tx) => {
    const mine = and(eq(templates.clinicId, ctx.clinic.id), eq(templates.id, before.id));
    const [now] = await tx.select().from(templates).where(mine).for("update");
    if (!now) return err("NOT_FOUND", { what: "template" });
    if (now.body !== before.body) return err("CONFLICT", { what: "template" });
    const change = { ...decision, rejectedReason: null, updatedAt: ctx.now() };
    const [saved] = await tx.update(templates).set(change).where(mine).returning();
    if (!saved) throw new Error("a locked template vanished");
    await audit(tx, ctx, { action: "template.submit", targetType: "template", targetId: before.id });
    await announce(tx, ctx, "channel", before.id);
    return ok<Submitted>({ template: itemOf(saved), problem: null, words: null });
  });
