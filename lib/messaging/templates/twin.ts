import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { templates } from "@/db/schema/templates";
import type { ClinicContext } from "@/lib/core/context";
import type { OutboundTemplate } from "@/lib/messaging/channels/channel";
import { isPurpose } from "./purposes";
import { renderTemplate, valuesFor } from "./render";

export type Template = typeof templates.$inferSelect;

/** A template ready to go out in a message's place. */
export interface Twin {
  templateId: string;
  /** What the patient will read. */
  text: string;
  outbound: OutboundTemplate;
}

/** All templates of the clinic that are in use. */
export const listUsedIn = (tx: Tx, ctx: ClinicContext): Promise<Template[]> =>
  tx
    .select()
    .from(templates)
    .where(and(eq(templates.clinicId, ctx.clinic.id), eq(templates.isActive, true)));

/** The best of a purpose for a person: in their language, else the clinic's, else English, else any. */
export function chooseTemplate(
  all: readonly Template[],
  purpose: string,
  languages: readonly (string | null | undefined)[],
  mayUse: (template: Template) => boolean = () => true,
): Template | undefined {
  const candidates = all.filter((one) => one.purpose === purpose && mayUse(one));
  for (const language of [...languages, "en"]) {
    const found = candidates.find((one) => one.locale === language);
    if (found) return found;
  }
  return candidates[0];
}

export const isApproved = (template: Template): boolean => template.approval === "approved";

export interface TwinAsk {
  templateId: string | null;
  values: readonly string[];
  sendClass: string | null;
  languages: readonly (string | null | undefined)[];
  /** Of the recipient's number. */
  country: string | undefined;
  clinic: { name: string; phone: string };
}

/**
 * What may go out when the window for free text is closed: the message's own template where the vendor approved it; for an
 * answer, the one that asks the patient to write back. Marketing by template is blocked to US numbers (outside-world.md).
 */
export function twinOf(all: readonly Template[], ask: TwinAsk): Twin | undefined {
  const template = ask.templateId ? all.find((one) => one.id === ask.templateId) : undefined;
  if (template)
    return isApproved(template) && !isBlocked(template, ask.country) ? fill(template, ask.values) : undefined;
  if (ask.sendClass !== "reply" || ask.templateId) return undefined;
  const writeBack = chooseTemplate(all, "write_back", ask.languages, isApproved);
  const known = { clinic_name: ask.clinic.name, clinic_phone: ask.clinic.phone };
  return writeBack && fill(writeBack, valuesFor(writeBack.variables, known));
}

const isBlocked = (template: Template, country: string | undefined) =>
  template.category === "marketing" && country === "US";

/** `ttlSeconds`: the template's own, else what is usual for its purpose. */
function fill(template: Template, values: readonly string[]): Twin {
  const { id, name, locale, category, vendorRef, ttlSeconds } = template;
  const text = renderTemplate(template.body, values);
  const outbound = { name, locale, category, vendorRef, ttlSeconds, values: [...values], body: text };
  return { templateId: id, text, outbound };
}

/** What the gate needs to know of a template's kind of message. */
export const purposeOf = (all: readonly Template[], templateId: string | null): string | null => {
  const purpose = all.find((one) => one.id === templateId)?.purpose ?? null;
  return isPurpose(purpose) ? purpose : null;
};
