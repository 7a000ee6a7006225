"use client";
import { useTranslations } from "next-intl";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { Calendar } from "../queries";

interface WeekOfProps {
  providers: Calendar["providers"];
  value: string | undefined;
  onChange: (providerId: string) => void;
}

/** Whose week is shown. */
export function WeekOf({ providers, value, onChange }: WeekOfProps) {
  const t = useTranslations("calendar");
  return (
    <Select value={value ?? ""} onValueChange={onChange}>
      <SelectTrigger aria-label={t("weekOfProvider")} className="h-8 w-44">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {providers.map(({ id, name }) => (
          <SelectItem key={id} value={id}>
            {name}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
