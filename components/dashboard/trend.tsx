"use client";
import { useFormatter, useTranslations } from "next-intl";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import type { Dashboard } from "./queries";

const dayOf = (day: string) => new Date(`${day}T12:00:00Z`);

/** Visits by day, those missed set off by a pattern too. The bars follow the reading direction. */
export function Trend({ days, className }: { days: Dashboard["trend"]; className?: string }) {
  const t = useTranslations("dashboard.trend");
  const format = useFormatter();
  const most = Math.max(4, ...days.map((day) => day.total));
  const nameOf = (day: string) =>
    format.dateTime(dayOf(day), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const everyOnPhone = days.length > 15 ? 5 : 2;
  const share = (count: number) => ({ height: `${(count / most) * 100}%` });

  return (
    <Card aria-labelledby="trend" className={cn("flex flex-col", className)}>
      <CardHeader>
        <CardTitle id="trend">{t("title")}</CardTitle>
        <ul aria-hidden className="flex gap-4 text-xs text-muted-foreground">
          <li className="flex items-center gap-1.5">
            <span className="size-2.5 rounded-xs bg-primary" />
            {t("visits")}
          </li>
          <li className="flex items-center gap-1.5">
            <span className="hatched size-2.5 rounded-xs border border-danger text-danger" />
            {t("noShows")}
          </li>
        </ul>
      </CardHeader>
      {/* A label is wider than its bar on a phone: some are enough. */}
      <ol aria-labelledby="trend" className="flex h-56 items-stretch gap-1 px-4 pt-4 pb-3 sm:gap-2">
        {days.map((day, at) => {
          const words = t("day", { day: nameOf(day.day), total: day.total, noShow: day.no_show });
          return (
            <li key={day.day} title={words} className="flex min-w-0 flex-1 flex-col rounded-sm hover:bg-muted">
              <span className="sr-only">{words}</span>
              <span aria-hidden className="flex min-h-0 flex-1 flex-col justify-end gap-px">
                {day.no_show > 0 && (
                  <span
                    style={share(day.no_show)}
                    className="hatched mx-auto w-full max-w-7 rounded-t-xs border border-danger text-danger"
                  />
                )}
                <span
                  style={share(day.total - day.no_show)}
                  className="mx-auto min-h-px w-full max-w-7 rounded-t-xs bg-primary"
                />
              </span>
              <span aria-hidden className="mt-2 h-4 text-center text-2xs whitespace-nowrap text-muted-foreground">
                <span className={(days.length - 1 - at) % everyOnPhone ? "max-sm:hidden" : undefined}>
                  {format.dateTime(dayOf(day.day), { day: "numeric", timeZone: "UTC" })}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
