"use client";
import { useQuery } from "@tanstack/react-query";
import { SearchIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { providersQuery, servicesQuery } from "@/components/scheduling/queries";
import { wallOf } from "@/components/scheduling/wall";
import { useClinic } from "@/components/shared/clinic-context";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { type Filters, URGENCIES } from "./queries";

interface EntryFiltersProps {
  filters: Filters;
  onFilter: (filters: Partial<Filters>) => void;
}

const ALL = "all";

/** Narrows who waits: by name or number, service, provider, urgency. */
export function EntryFilters({ filters, onFilter }: EntryFiltersProps) {
  const t = useTranslations("waitlist");
  const { slug, timeZone } = useClinic();
  const [today] = useState(() => wallOf(new Date(), timeZone).day);
  const services = useQuery(servicesQuery(slug)).data ?? [];
  const providers = useQuery(providersQuery(slug, today)).data ?? [];
  const urgencies = URGENCIES.map((id) => ({ id, name: t(`urgency.${id}`) }));
  return (
    <div className="grid w-full grid-cols-2 gap-2 md:flex md:w-auto">
      <div className="relative col-span-2">
        <SearchIcon aria-hidden className="absolute start-2.5 top-1/2 size-4 -translate-y-1/2 text-muted-foreground" />
        <Input
          type="search"
          aria-label={t("list.search")}
          placeholder={t("list.search")}
          value={filters.q}
          onChange={(event) => onFilter({ q: event.target.value })}
          className="ps-8 md:h-8 md:w-52"
        />
      </div>
      <Choice
        label={t("list.anyService")}
        options={services}
        value={filters.service}
        onChoose={(service) => onFilter({ service })}
      />
      <Choice
        label={t("list.anyProvider")}
        options={providers}
        value={filters.provider}
        onChoose={(provider) => onFilter({ provider })}
      />
      <Choice
        label={t("list.anyUrgency")}
        options={urgencies}
        value={filters.urgency}
        onChoose={(urgency) => onFilter({ urgency: URGENCIES.find((one) => one === urgency) ?? null })}
      />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  options: readonly { id: string; name: string }[];
  value: string | null;
  onChoose: (value: string | null) => void;
}

function Choice({ label, options, value, onChoose }: ChoiceProps) {
  return (
    <Select value={value ?? ALL} onValueChange={(next) => onChoose(next === ALL ? null : next)}>
      <SelectTrigger aria-label={label} className="min-w-0 md:w-40">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={ALL}>{label}</SelectItem>
        {options.map(({ id, name }) => (
          <SelectItem key={id} value={id}>
            {name}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
