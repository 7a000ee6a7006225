"use client";
import { ChartNoAxesColumnIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { SourceName } from "@/components/scheduling/source-name";
import { EmptyState } from "@/components/shared/empty-state";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import type { Dashboard } from "./queries";

/** Where bookings come from, most first. */
export function Sources({ sources, className }: { sources: Dashboard["by_source"]; className?: string }) {
  const t = useTranslations("dashboard.sources");
  const format = useFormatter();
  const sorted = [...sources].sort((a, b) => b.count - a.count);
  const total = Math.max(
    1,
    sources.reduce((sum, source) => sum + source.count, 0),
  );
  return (
    <Card aria-labelledby="sources" className={className}>
      <CardHeader>
        <CardTitle id="sources">{t("title")}</CardTitle>
      </CardHeader>
      {sorted.length === 0 ? (
        <EmptyState icon={ChartNoAxesColumnIcon} title={t("empty")} />
      ) : (
        <ul className="grid gap-3 p-4">
          {sorted.map(({ source, count }) => (
            <li key={source}>
              <div className="mb-1 flex justify-between gap-2 text-sm">
                <span>
                  <SourceName source={source} />
                </span>
                <span className="tabular">
                  <span className="font-medium">{format.number(count)}</span>{" "}
                  <span className="text-muted-foreground">{format.number(count / total, { style: "percent" })}</span>
                </span>
              </div>
              <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-muted">
                <div className="h-full rounded-full bg-primary" style={{ width: `${(count / total) * 100}%` }} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
