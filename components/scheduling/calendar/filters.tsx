"use client";
import { CheckIcon, ListFilterIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useQuery } from "@tanstack/react-query";
import { useClinic } from "@/components/shared/clinic-context";
import { PersonName } from "@/components/shared/person-name";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Switch } from "@/components/ui/switch";
import { servicesQuery } from "../queries";
import type { ColourBy } from "./grid-events";
import { hueOf } from "./hue";
import { Segments } from "./segments";

export interface FilterChoice {
  only: string[];
  services: string[];
  colour: ColourBy;
  cancelled: boolean;
}

interface FiltersProps extends FilterChoice {
  columnsLabel: string;
  columns: readonly { id: string; name: string; color?: string | null | undefined }[];
  /** How many visits are cancelled. */
  hidden: number;
  onChange: (changed: Partial<FilterChoice>) => void;
}

const toggled = (list: readonly string[], id: string) =>
  list.includes(id) ? list.filter((other) => other !== id) : [...list, id];

/** Whose columns, which services, which colours; what is chosen is in the address. */
export function Filters({ columnsLabel, columns, hidden, onChange, ...choice }: FiltersProps) {
  const t = useTranslations("calendar.filters");
  const { slug } = useClinic();
  const services = useQuery(servicesQuery(slug));
  const count = choice.only.length + choice.services.length;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" aria-label={t("open", { count })}>
          <ListFilterIcon aria-hidden />
          <span className="max-xl:sr-only">{t("title")}</span>
          {count > 0 && (
            <span className="rounded-full bg-primary px-1.5 text-2xs font-semibold text-primary-foreground">
              {count}
            </span>
          )}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="scroll-slim grid max-h-[70vh] w-80 gap-4 overflow-y-auto">
        <Group
          label={columnsLabel}
          options={columns}
          chosen={choice.only}
          onToggle={(id) => onChange({ only: toggled(choice.only, id) })}
        />
        <Group
          label={t("services")}
          options={services.data ?? []}
          chosen={choice.services}
          onToggle={(id) => onChange({ services: toggled(choice.services, id) })}
        />
        <div className="flex items-center justify-between gap-3">
          <span className="text-sm">{t("colour")}</span>
          <Segments
            label={t("colour")}
            value={choice.colour}
            options={[
              { value: "status", label: t("byStatus") },
              { value: "service", label: t("byService") },
            ]}
            onChange={(colour) => onChange({ colour })}
          />
        </div>
        <label className="flex items-center justify-between gap-3 text-sm">
          {t("cancelled", { count: hidden })}
          <Switch checked={choice.cancelled} onCheckedChange={(cancelled) => onChange({ cancelled })} />
        </label>
        {count > 0 && (
          <Button variant="ghost" onClick={() => onChange({ only: [], services: [] })}>
            {t("clear")}
          </Button>
        )}
      </PopoverContent>
    </Popover>
  );
}

interface GroupProps {
  label: string;
  options: FiltersProps["columns"];
  chosen: readonly string[];
  onToggle: (id: string) => void;
}

/** None chosen means all. */
function Group({ label, options, chosen, onToggle }: GroupProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-muted-foreground">{label}</legend>
      <div className="grid gap-0.5">
        {options.map(({ id, name, color }) => (
          <button
            key={id}
            type="button"
            role="checkbox"
            aria-checked={chosen.includes(id)}
            onClick={() => onToggle(id)}
            className="group flex h-8 items-center gap-2.5 rounded-sm px-1.5 text-start text-sm hover:bg-accent pointer-coarse:h-11"
          >
            <span className="flex size-4 items-center justify-center rounded-xs border border-input text-primary-foreground group-aria-checked:border-primary group-aria-checked:bg-primary">
              <CheckIcon aria-hidden className="size-3 opacity-0 group-aria-checked:opacity-100" />
            </span>
            {color && (
              <span
                aria-hidden
                className="size-2.5 shrink-0 rounded-full"
                style={{ background: `oklch(0.7 0.11 ${hueOf(color)})` }}
              />
            )}
            <PersonName>{name}</PersonName>
          </button>
        ))}
      </div>
    </fieldset>
  );
}
