"use client";
import { CalendarCheckIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { isolate } from "@/components/i18n/isolate";
import type { Appointment } from "@/components/scheduling/queries";
import { VisitStatusBadge } from "@/components/scheduling/visit-status";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { LocalTime } from "@/components/shared/local-time";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";

/** Who comes next, soonest first. */
export function NextVisits({ visits }: { visits: Appointment[] }) {
  const t = useTranslations("dashboard.next");
  const { slug } = useClinic();
  return (
    <Card aria-labelledby="next-visits">
      <CardHeader>
        <CardTitle id="next-visits">{t("title")}</CardTitle>
        <Button asChild variant="link" size="sm">
          <Link href={`/c/${slug}/calendar`}>{t("all")}</Link>
        </Button>
      </CardHeader>
      {visits.length === 0 ? (
        <EmptyState icon={CalendarCheckIcon} title={t("empty")} text={t("emptyText")} />
      ) : (
        <ul className="divide-y">
          {visits.map((visit) => (
            <li key={visit.id}>
              <Link
                href={`/c/${slug}/calendar?visit=${visit.id}`}
                className="grid grid-cols-[4.5rem_1fr_auto] items-center gap-x-3 px-4 py-2.5 -outline-offset-2 transition-colors hover:bg-muted"
              >
                <LocalTime at={visit.starts_at} className="text-sm font-medium" />
                <span className="min-w-0">
                  <span className="block truncate font-medium">{visit.patient.name}</span>
                  <span className="block truncate text-xs text-muted-foreground">
                    {t("with", { service: isolate(visit.service.name), provider: isolate(visit.provider.name) })}
                  </span>
                </span>
                <VisitStatusBadge visit={visit} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
