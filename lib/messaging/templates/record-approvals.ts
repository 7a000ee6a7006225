import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { templates } from "@/db/schema/templates";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import type { TemplateDecision } from "@/lib/messaging/channels/notice";
import { announce } from "@/lib/realtime/announce";
import type { Template } from "./twin";

/** What a vendor decides; the rest of a template is the clinic's. */
type Decided = Partial<Pick<Template, "approval" | "category" | "rejectedReason">>;

/**
 * Takes over what the vendor decided on the clinic's templates, by name and language; those that we don't have are left
 * alone, and so is what it says nothing of. With `isAll` the list is all that it has: one of ours that is missing is a
 * draft again, unless another vendor knows it. Answers how many changed.
 */
export async function recordApprovalsIn(
  tx: Tx,
  ctx: ClinicContext,
  listed: readonly TemplateDecision[],
  { isAll = false } = {},
): Promise<number> {
  const ours = await tx.select().from(templates).where(eq(templates.clinicId, ctx.clinic.id)).for("update");
  let changed = 0;
  for (const own of ours) {
    const decided = decidedOf(own, listed, isAll);
    if (!decided || !isNews(own, decided)) continue;
    await tx
      .update(templates)
      .set({ ...decided, updatedAt: ctx.now() })
      .where(and(eq(templates.clinicId, ctx.clinic.id), eq(templates.id, own.id)));
    await audit(tx, ctx, { action: "template.approval", targetType: "template", targetId: own.id });
    await announce(tx, ctx, "channel", own.id);
    changed += 1;
  }
  return changed;
}

function decidedOf(own: Template, listed: readonly TemplateDecision[], isAll: boolean): Decided | undefined {
  const found = listed.find(({ name, locale }) => name === own.name && locale === own.locale);
  if (!found) return isAll && own.vendorRef === null ? { approval: "draft", rejectedReason: null } : undefined;
  const { name: _name, locale: _locale, ...decided } = found;
  return decided;
}

const isNews = (own: Template, decided: Decided): boolean =>
  (decided.approval !== undefined && decided.approval !== own.approval) ||
  (decided.category !== undefined && decided.category !== own.category) ||
  (decided.rejectedReason !== undefined && decided.rejectedReason !== own.rejectedReason);
