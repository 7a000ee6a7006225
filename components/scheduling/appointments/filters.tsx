"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { Field } from "@/components/shared/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { SOURCES } from "@/lib/scheduling/schema";
import { providersQuery, servicesQuery } from "../queries";
import { FILTERED, RANGES, type Filters } from "./params";

interface AppointmentFiltersProps {
  filters: Filters;
  today: string;
  onChange: (change: Partial<Filters>) => void;
}

const ANY = "any";

/** What the table may be narrowed by; the same fields in a row and in the sheet of a phone. */
export function AppointmentFilters({ filters, today, onChange }: AppointmentFiltersProps) {
  const t = useTranslations("appointments.filters");
  const standings = useTranslations("calendar.standing");
  const sources = useTranslations("calendar.sources");
  const { slug } = useClinic();
  const providers = useQuery(providersQuery(slug, today)).data ?? [];
  const services = useQuery(servicesQuery(slug)).data ?? [];
  const hasOwnDays = filters.from !== null || filters.to !== null;
  return (
    <>
      <Choice
        label={t("range")}
        value={hasOwnDays ? ANY : filters.range}
        any={hasOwnDays ? t("ownDays") : undefined}
        options={RANGES.map((value) => ({ value, label: t(`ranges.${value}`) }))}
        onChange={(range) =>
          onChange({ range: RANGES.find((one) => one === range) ?? "upcoming", from: null, to: null })
        }
      />
      {(["from", "to"] as const).map((name) => (
        <Field key={name} label={t(name)}>
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
      <Choice
        label={t("status")}
        value={filters.status ?? ANY}
        any={t("any")}
        options={FILTERED.map((value) => ({
          value,
          label: value === "unconfirmed" ? t("unconfirmed") : standings(value),
        }))}
        onChange={(status) => onChange({ status: FILTERED.find((one) => one === status) ?? null })}
      />
      <Choice
        label={t("provider")}
        value={providers.some(({ id }) => id === filters.provider) ? (filters.provider ?? ANY) : ANY}
        any={t("any")}
        options={providers.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(provider) => onChange({ provider: provider === ANY ? null : provider })}
      />
      <Choice
        label={t("service")}
        value={services.some(({ id }) => id === filters.service) ? (filters.service ?? ANY) : ANY}
        any={t("any")}
        options={services.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(service) => onChange({ service: service === ANY ? null : service })}
      />
      <Choice
        label={t("source")}
        value={filters.source ?? ANY}
        any={t("any")}
        options={SOURCES.map((value) => ({ value, label: sources(value) }))}
        onChange={(source) => onChange({ source: SOURCES.find((one) => one === source) ?? null })}
      />
    </>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  any: string | undefined;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Choice({ label, value, any, options, onChange }: ChoiceProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select value={value} onValueChange={onChange}>
          <SelectTrigger {...control}>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {any && <SelectItem value={ANY}>{any}</SelectItem>}
            {options.map((option) => (
              <SelectItem key={option.value} value={option.value}>
                {option.label}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}
