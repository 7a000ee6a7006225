"use client";
import { CalendarCheckIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/shared/empty-state";
import { LocalTime } from "@/components/shared/local-time";
import { cn } from "@/components/ui/cn";
import { PersonName } from "@/components/shared/person-name";
import type { DayLayout } from "./day-layout";
import { VisitStatusBadge } from "./visit-status";

/** The day on a phone: a list by provider. */
export function DayAgenda({ layout, onOpen }: { layout: DayLayout; onOpen: (visitId: string) => void }) {
  const t = useTranslations("calendar");
  const [only, setOnly] = useState<string>();
  const columns = layout.columns.filter((column) => !only || column.provider.id === only);
  const isEmpty = columns.every((column) => column.blocks.length === 0);
  return (
    <div className="flex min-h-0 flex-1 flex-col md:hidden">
      <div
        role="group"
        aria-label={t("byProvider")}
        className="flex shrink-0 gap-2 overflow-x-auto border-b bg-card px-4 py-2"
      >
        <Chip isOn={!only} onClick={() => setOnly(undefined)}>
          {t("everyone")}
        </Chip>
        {layout.columns.map(({ provider }) => (
          <Chip key={provider.id} isOn={only === provider.id} onClick={() => setOnly(provider.id)}>
            {provider.name}
          </Chip>
        ))}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {isEmpty && <EmptyState icon={CalendarCheckIcon} title={t("emptyDay")} text={t("emptyDayText")} />}
        {columns
          .filter((column) => column.blocks.length > 0)
          .map(({ provider, blocks }) => (
            <section key={provider.id} aria-label={provider.name}>
              <h2 className="sticky top-0 z-10 border-b bg-sidebar px-4 py-2 text-xs font-medium text-muted-foreground">
                <bdi>{provider.name}</bdi> · {t("visits", { count: blocks.length })}
              </h2>
              <ul className="divide-y border-b bg-card">
                {blocks.map(({ visit }) => (
                  <li key={visit.id}>
                    <button
                      type="button"
                      onClick={() => onOpen(visit.id)}
                      className="grid min-h-14 w-full grid-cols-[4.5rem_1fr_auto] items-center gap-3 px-4 py-2 text-start"
                    >
                      <LocalTime at={visit.starts_at} className="font-medium" />
                      <span className="min-w-0">
                        <PersonName className={cn("font-medium", visit.state === "cancelled" && "line-through")}>
                          {visit.patient.name}
                        </PersonName>
                        <span className="block truncate text-xs text-muted-foreground">{visit.service.name}</span>
                      </span>
                      <VisitStatusBadge visit={visit} />
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
      </div>
    </div>
  );
}

function Chip({ isOn, ...props }: { isOn: boolean; onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      className="h-10 shrink-0 rounded-full border px-4 text-sm font-medium text-muted-foreground aria-pressed:border-transparent aria-pressed:bg-primary-soft aria-pressed:text-primary-text"
      {...props}
    />
  );
}
