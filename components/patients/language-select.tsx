"use client";
import { useTranslations } from "next-intl";
import { Field } from "@/components/shared/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { LANGUAGES } from "./languages";
import { LanguageName } from "./patient-facts";

const UNKNOWN = "unknown";

/** A language, or none known; one that isn't among the usual ones stays choosable where a record has it. */
export function LanguageSelect({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (tag: string) => void;
}) {
  const t = useTranslations("patients.create");
  const tags = new Set<string>([...LANGUAGES, ...(value ? [value] : [])]);
  return (
    <Field label={label}>
      {(control) => (
        <Select value={value || UNKNOWN} onValueChange={(tag) => onChange(tag === UNKNOWN ? "" : tag)}>
          <SelectTrigger {...control} className="h-9">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={UNKNOWN}>{t("unknown")}</SelectItem>
            {[...tags].map((tag) => (
              <SelectItem key={tag} value={tag}>
                <LanguageName tag={tag} />
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}
