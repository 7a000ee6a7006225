"use client";
import { useTranslations } from "next-intl";
import { Field } from "@/components/shared/field";
import { Input } from "@/components/ui/input";
import { LOCALE_NAMES, LOCALES } from "@/lib/core/locales";
import type { ServiceForm } from "./service-form";

interface ServiceNamesProps {
  form: ServiceForm;
  onChange: (part: Partial<ServiceForm>) => void;
}

/** What it is called, and by which other words patients ask for it, in each language. */
export function ServiceNames({ form, onChange }: ServiceNamesProps) {
  const t = useTranslations("setUp.services");
  return (
    <div className="grid gap-4">
      {LOCALES.map((tag) => (
        <div key={tag} className="grid items-start gap-3 sm:grid-cols-2">
          <Field label={t("nameIn", { language: LOCALE_NAMES[tag] })}>
            {(control) => (
              <Input
                {...control}
                lang={tag}
                dir="auto"
                required={tag === "en"}
                maxLength={120}
                value={form.names[tag]}
                onChange={(event) => onChange({ names: { ...form.names, [tag]: event.target.value } })}
              />
            )}
          </Field>
          <Field
            label={t("synonymsIn", { language: LOCALE_NAMES[tag] })}
            {...(tag === "en" ? { hint: t("synonymsHint") } : {})}
          >
            {(control) => (
              <Input
                {...control}
                lang={tag}
                dir="auto"
                value={form.synonyms[tag]}
                onChange={(event) => onChange({ synonyms: { ...form.synonyms, [tag]: event.target.value } })}
              />
            )}
          </Field>
        </div>
      ))}
    </div>
  );
}
