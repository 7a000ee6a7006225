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
 * alone, and so is what it says nothing of, and a text that it has not seen. With `isAll` the list is all that it has: one
 * of ours that is missing is a draft again, unless another vendor knows it. `isOfText` false: the news is of a name alone,
 * so that a draft, whose text is newer than what was handed in, stays one. Answers how many changed.
 */
export async function recordApprovalsIn(
  tx: Tx,
  ctx: ClinicContext,
  listed: readonly TemplateDecision[],
  { isAll = false, isOfText = true } = {},
): Promise<number> {
  const ours = await tx.select().from(templates).where(eq(templates.clinicId, ctx.clinic.id)).for("update");
  let changed = 0;
  for (const own of ours) {
    const decided = isOfText || own.approval !== "draft" ? decidedOf(own, listed, isAll) : undefined;
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
  const { approval, category, rejectedReason, body } = found;
  if (body !== undefined && body.trim() !== own.body.trim()) return undefined;
  return { ...(approval ? { approval } : {}), ...(category ? { category } : {}), ...reasonOf(rejectedReason) };
}

const reasonOf = (rejectedReason: string | null | undefined) =>
  rejectedReason === undefined ? {} : { rejectedReason };

const isNews = (own: Template, decided: Decided): boolean =>
  (decided.approval !== undefined && decided.approval !== own.approval) ||
  (decided.category !== undefined && decided.category !== own.category) ||
  (decided.rejectedReason !== undefined && decided.rejectedReason !== own.rejectedReason);
