"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { cn } from "@/components/ui/cn";
import { STANDINGS, type Standing, standingOf } from "../visit-status";
import type { Sheet } from "./model";

const SHOWN = [
  "scheduled",
  "asked",
  "confirmed",
  "declined",
  "checked_in",
  "completed",
  "no_show",
  "held",
] as const satisfies Standing[];
const TEXT = {
  neutral: "text-muted-foreground",
  info: "text-info",
  warning: "text-warning",
  primary: "text-primary-text",
  danger: "text-danger",
  violet: "text-violet",
  success: "text-success",
} as const;

/** How the days stand, in numbers: also what the colours and signs mean. */
export function Totals({ sheet }: { sheet: Sheet }) {
  const t = useTranslations("calendar");
  const counts = useMemo(() => countsOf(sheet), [sheet]);
  const all = SHOWN.reduce((sum, standing) => sum + (counts.get(standing) ?? 0), 0);
  return (
    <div className="scroll-slim flex shrink-0 items-center gap-x-4 overflow-x-auto border-b bg-card px-4 py-1.5 text-xs whitespace-nowrap text-muted-foreground print:hidden max-md:hidden md:px-5">
      <span className="font-medium text-foreground">{t("visits", { count: all })}</span>
      {SHOWN.filter((standing) => counts.has(standing)).map((standing) => {
        const { icon: Icon, tone } = STANDINGS[standing];
        return (
          <span key={standing} className="inline-flex items-center gap-1.5">
            <Icon aria-hidden className={cn("size-3.5", TEXT[tone])} />
            {t("total", { name: t(`standing.${standing}`), count: counts.get(standing) ?? 0 })}
          </span>
        );
      })}
    </div>
  );
}

function countsOf({ cards }: Sheet): Map<Standing, number> {
  const counts = new Map<Standing, number>();
  const visits = new Map(cards.map(({ visit }) => [visit.id, visit]));
  for (const visit of visits.values()) counts.set(standingOf(visit), (counts.get(standingOf(visit)) ?? 0) + 1);
  return counts;
}
