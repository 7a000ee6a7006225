"use client";
import { CalendarX2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { LocalTime } from "@/components/shared/local-time";
import { cn } from "@/components/ui/cn";
import { wallOf } from "../wall";
import type { Overlapped } from "./queries";

/** The visits that a change leaves outside the hours, each with the way to it. Nothing has happened to them. */
export function OverlappedVisits({ overlapped, title, className }: OverlappedVisitsProps) {
  const t = useTranslations("setUp.schedule");
  const { slug, timeZone } = useClinic();
  const { items, total } = overlapped;
  if (total === 0) return null;
  return (
    <section aria-label={title} className={cn("rounded-lg bg-warning-soft p-3 text-sm", className)}>
      <p className="flex items-start gap-2 font-medium text-warning">
        <CalendarX2Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        {title}
      </p>
      <ul
        className={cn("scroll-slim mt-2 grid max-h-44 gap-x-4 overflow-y-auto", items.length > 3 && "sm:grid-cols-2")}
      >
        {items.map(({ id, starts_at, patient, service, provider }) => (
          <li key={id}>
            <Link
              href={`/c/${slug}/calendar?${new URLSearchParams({ day: wallOf(starts_at, timeZone).day, visit: id })}`}
              className="flex items-baseline gap-2 rounded-sm px-1 py-1 text-foreground hover:underline pointer-coarse:py-2.5"
            >
              <LocalTime at={starts_at} show="dayTime" className="shrink-0 tabular-nums" />
              <span className="truncate">
                {t("overlappedVisit", {
                  patient: isolate(patient.name),
                  service: isolate(service.name),
                  provider: isolate(provider.name),
                })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {total > items.length && (
        <p className="mt-1 px-1 text-xs text-muted-foreground">{t("more", { count: total - items.length })}</p>
      )}
    </section>
  );
}

interface OverlappedVisitsProps {
  overlapped: Overlapped;
  title: string;
  className?: string;
}
