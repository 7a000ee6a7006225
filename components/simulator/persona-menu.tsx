"use client";
import { useTranslations } from "next-intl";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { Persona } from "./queries";

interface PersonaMenuProps {
  personas: Persona[];
  chosen: Persona | undefined;
  onChoose: (phone: string) => void;
}

/** Who writes: a number that the clinic doesn't know, or one of its patients. */
export function PersonaMenu({ personas, chosen, onChoose }: PersonaMenuProps) {
  const t = useTranslations("simulator");
  return (
    <Select value={chosen?.phone ?? ""} onValueChange={onChoose}>
      <SelectTrigger aria-label={t("writeAs")} className="w-72 max-sm:min-w-0 max-sm:flex-1">
        <SelectValue placeholder={t("writeAs")} />
      </SelectTrigger>
      <SelectContent className="max-h-96">
        {personas.map((persona) => (
          <SelectItem key={persona.phone} value={persona.phone}>
            {persona.name ?? t("stranger")}{" "}
            <bdi dir="ltr" className="text-muted-foreground">
              {persona.phone}
            </bdi>
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
