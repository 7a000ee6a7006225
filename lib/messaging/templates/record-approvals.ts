import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { templates } from "@/db/schema/templates";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import type { Category } from "./purposes";
import type { Template } from "./twin";

/** One template as the vendor's list has it. */
export interface VendorTemplate {
  name: string;
  /** In our form: `en`, `es`, `ar`. */
  locale: string;
  approval: Template["approval"];
  /** The vendor may have filed it elsewhere. */
  category: Category;
  rejectedReason: string | null;
  vendorRef: string | null;
}

/**
 * Takes over what the vendor decided on the clinic's templates, by name and language; those that we don't have are left
 * alone. Answers how many changed.
 */
export async function recordApprovalsIn(
  tx: Tx,
  ctx: ClinicContext,
  listed: readonly VendorTemplate[],
): Promise<number> {
  const ours = await tx.select().from(templates).where(eq(templates.clinicId, ctx.clinic.id)).for("update");
  let changed = 0;
  for (const { name, locale, ...decided } of listed) {
    const own = ours.find((one) => one.name === name && one.locale === locale);
    const isNew = own && JSON.stringify(decided) !== JSON.stringify(pick(own));
    if (!isNew) continue;
    await tx
      .update(templates)
      .set({ ...decided, updatedAt: ctx.now() })
      .where(and(eq(templates.clinicId, ctx.clinic.id), eq(templates.id, own.id)));
    await audit(tx, ctx, { action: "template.approval", targetType: "template", targetId: own.id });
    changed += 1;
  }
  return changed;
}

const pick = ({ approval, category, rejectedReason, vendorRef }: Template) => ({
  ...{ approval, category, rejectedReason, vendorRef },
});
