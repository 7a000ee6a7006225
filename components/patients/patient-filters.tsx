"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "@/components/shared/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { PATIENT_TYPES } from "@/lib/patients/schema";
import { LANGUAGES } from "./languages";
import { FOLLOW_UPS, type Filters } from "./list-params";
import { LanguageName } from "./patient-facts";

interface PatientFiltersProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

const ANY = "any";

/** What the list may be narrowed by; the same fields in a row and in the sheet of a phone. */
export function PatientFilters({ filters, onChange }: PatientFiltersProps) {
  const t = useTranslations("patients.filters");
  const types = useTranslations("common.patient.types");
  return (
    <>
      <Choice label={t("type")} value={filters.type} onChange={(type) => onChange({ type })} options={PATIENT_TYPES}>
        {(type) => types(type)}
      </Choice>
      <Choice
        label={t("language")}
        value={LANGUAGES.find((tag) => tag === filters.language) ?? null}
        onChange={(language) => onChange({ language })}
        options={LANGUAGES}
      >
        {(tag) => <LanguageName tag={tag} />}
      </Choice>
      <Choice
        label={t("upcoming")}
        value={filters.upcoming}
        onChange={(upcoming) => onChange({ upcoming })}
        options={["yes", "no"]}
      >
        {(answer) => t(`upcomings.${answer}`)}
      </Choice>
      <Choice
        label={t("followUp")}
        value={filters.follow_up}
        onChange={(follow_up) => onChange({ follow_up })}
        options={FOLLOW_UPS}
      >
        {(state) => t(`followUps.${state}`)}
      </Choice>
      <Choice
        label={t("optedOut")}
        value={filters.opted_out}
        onChange={(opted_out) => onChange({ opted_out })}
        options={["yes", "no"]}
      >
        {(answer) => t(`optedOuts.${answer}`)}
      </Choice>
      {(["created_from", "created_to"] as const).map((name) => (
        <Field key={name} label={t(name === "created_from" ? "createdFrom" : "createdTo")}>
          {(control) => (
            <Input
              {...control}
              type="date"
              className="h-8 px-2.5"
              value={filters[name] ?? ""}
              onChange={(event) => onChange({ [name]: event.target.value || null })}
            />
          )}
        </Field>
      ))}
    </>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T | null;
  options: readonly T[];
  onChange: (value: T | null) => void;
  children: (option: T) => ReactNode;
}

function Choice<T extends string>({ label, value, options, onChange, children }: ChoiceProps<T>) {
  const t = useTranslations("patients.filters");
  return (
    <Field label={label}>
      {(control) => (
        <Select
          value={value ?? ANY}
          onValueChange={(next) => onChange(options.find((option) => option === next) ?? null)}
        >
          <SelectTrigger {...control}>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={ANY}>{t("any")}</SelectItem>
            {options.map((option) => (
              <SelectItem key={option} value={option}>
                {children(option)}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}
