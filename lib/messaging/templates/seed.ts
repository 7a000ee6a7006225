import type { Tx } from "@/db/client";
import { templates } from "@/db/schema/templates";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { isLocale } from "@/lib/core/locales";
import { libraryTemplate } from "./library";
import { TEMPLATE_PURPOSES } from "./purposes";
import type { Template } from "./twin";

/** Rows of the library in these languages: one for every automatic message. */
export const libraryRows = (clinicId: string, locales: readonly string[], approval: Template["approval"] = "draft") =>
  locales
    .filter(isLocale)
    .flatMap((locale) =>
      TEMPLATE_PURPOSES.map((purpose) => ({ ...libraryTemplate(locale, purpose), clinicId, locale, approval })),
    );

/**
 * Gives a clinic the library in its languages, as drafts that the vendor is yet to approve; what is there already stays
 * as it is. Called when a clinic is made and when it gets a language. Answers how many are new.
 */
export async function seedTemplatesIn(tx: Tx, ctx: ClinicContext, locales: readonly string[]): Promise<number> {
  const rows = libraryRows(ctx.clinic.id, locales);
  if (rows.length === 0) return 0;
  const made = await tx
    .insert(templates)
    .values(rows.map((row) => ({ ...row, updatedAt: ctx.now() })))
    .onConflictDoNothing({ target: [templates.clinicId, templates.name, templates.locale] })
    .returning({ id: templates.id });
  if (made.length > 0) await audit(tx, ctx, { action: "template.seed", targetType: "clinic", targetId: ctx.clinic.id });
  return made.length;
}
