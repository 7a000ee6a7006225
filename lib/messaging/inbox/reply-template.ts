import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MessagePayload } from "@/db/schema/messaging";
import { templates } from "@/db/schema/templates";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { renderTemplate } from "@/lib/messaging/templates/render";

/**
 * A template's text with its values in place, and what the vendor needs of it. NOT_FOUND; CONFLICT for one that is not
 * approved; VALIDATION_FAILED unless every variable has a value.
 */
export async function fillTemplateIn(
  tx: Tx,
  ctx: ClinicContext,
  id: string,
  values: string[],
): Promise<Result<{ text: string; templateId: string; payload: MessagePayload }>> {
  const [template] = await tx
    .select()
    .from(templates)
    .where(and(eq(templates.clinicId, ctx.clinic.id), eq(templates.id, id), eq(templates.isActive, true)));
  if (!template) return err("NOT_FOUND", { what: "template" });
  if (template.approval !== "approved") return err("CONFLICT", { what: "template", approval: template.approval });
  if (values.length !== template.variables.length)
    return err("VALIDATION_FAILED", [
      { code: "custom", path: ["template", "values"], message: `Give ${template.variables.length} values.` },
    ]);
  const text = renderTemplate(template.body, values);
  const { name, locale } = template;
  return ok({ text, templateId: id, payload: { template: { name, locale, values } } });
}
