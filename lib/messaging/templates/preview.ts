import { and, eq } from "drizzle-orm";
import { clinics } from "@/db/schema/clinics";
import { patients } from "@/db/schema/patients";
import { templates } from "@/db/schema/templates";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { localeOf } from "@/lib/core/locales";
import { query } from "@/lib/core/transact";
import { subjectOf } from "@/lib/messaging/letters/subject";
import { isPurpose, rulesOfPurpose } from "./purposes";
import { renderTemplate } from "./render";
import type { PreviewTemplate } from "./schema";

export interface Preview {
  text: string;
  /** The values that were put in, by name. */
  values: Record<string, string>;
  /** Variables that have no value yet: they are shown by name. */
  missing: string[];
  sendClass: string | null;
  /** What would stand over it as an e-mail. */
  subject: string;
}

/** A template as a patient would read it: their name and the clinic's are filled in, the rest is given or shown by name. */
export const previewTemplate = (ctx: ClinicContext, id: string, input: PreviewTemplate): Promise<Result<Preview>> =>
  query(ctx, async (tx) => {
    const [template] = await tx
      .select()
      .from(templates)
      .where(and(eq(templates.clinicId, ctx.clinic.id), eq(templates.id, id)));
    if (!template) return err("NOT_FOUND", { what: "template" });
    const [clinic] = await tx.select().from(clinics).where(eq(clinics.id, ctx.clinic.id));
    const [patient] = input.patientId
      ? await tx
          .select({ name: patients.name })
          .from(patients)
          .where(and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, input.patientId)))
      : [];
    if (input.patientId && !patient) return err("NOT_FOUND", { what: "patient" });
    const known: Record<string, string | undefined> = {
      patient_name: patient && firstNameOf(patient.name),
      ...{ clinic_name: clinic?.name, clinic_phone: clinic?.phone },
      ...input.values,
    };
    const missing = template.variables.filter((name) => !known[name]);
    const values = Object.fromEntries(template.variables.map((name) => [name, known[name] ?? `{${name}}`]));
    const text = renderTemplate(template.body, Object.values(values));
    const purpose = isPurpose(template.purpose) ? template.purpose : undefined;
    const locale = localeOf(template.locale) ?? "en";
    const subject = subjectOf(locale, purpose, null, clinic?.name ?? "");
    return ok({ text, values, missing, subject, sendClass: rulesOfPurpose(template.purpose)?.sendClass ?? null });
  });

/** Messages greet by the first name. */
export const firstNameOf = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
