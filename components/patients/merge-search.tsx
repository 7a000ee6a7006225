"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { useDebounced } from "@/components/shared/debounced";
import { Avatar } from "@/components/ui/avatar";
import { Command, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import type { PatientDetail } from "@/lib/patients/schema";
import { patientSearchQuery } from "./queries";

/** Finds the record that is the same person; it begins with those of the same name. */
export function MergeSearch({ patient, onChoose }: { patient: PatientDetail; onChoose: (id: string) => void }) {
  const t = useTranslations("patients.merge");
  const { slug } = useClinic();
  const id = useId();
  const [text, setText] = useState(patient.name.split(/\s+/)[0] ?? "");
  const q = useDebounced(text.trim());
  const found = useQuery(patientSearchQuery(slug, q));
  const others = (q.length >= 2 ? (found.data?.items ?? []) : []).filter((one) => one.id !== patient.id);
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {t("choose")}
      </label>
      <Command shouldFilter={false} label={t("choose")} className="rounded-md border">
        <CommandInput id={id} autoFocus value={text} onValueChange={setText} placeholder={t("search")} />
        <CommandList className="max-h-72">
          <CommandGroup>
            {others.map((one) => (
              <CommandItem key={one.id} value={one.id} onSelect={() => onChoose(one.id)}>
                <Avatar name={one.name} className="size-6 text-2xs" />
                <span className="min-w-0 flex-1 truncate">{one.name}</span>
                <bdi dir="ltr" className="text-xs text-muted-foreground">
                  {one.phone ?? one.email}
                </bdi>
              </CommandItem>
            ))}
          </CommandGroup>
          {found.isSuccess && others.length === 0 && (
            <p role="status" className="px-3 py-6 text-center text-sm text-muted-foreground">
              {t("noneFound")}
            </p>
          )}
        </CommandList>
      </Command>
    </div>
  );
}
