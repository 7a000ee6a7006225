"use client";
import { useQuery } from "@tanstack/react-query";
import { LinkIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { LocalTime } from "@/components/shared/local-time";
import type { Appointment } from "../queries";
import { STANDINGS, standingOf } from "../visit-status";
import { seriesQuery } from "./queries";

/** Of what a visit is part, and the others of it. */
export function SeriesNote({ visit }: { visit: Appointment }) {
  const t = useTranslations("calendar.series");
  const words = useTranslations("calendar.standing");
  const { slug } = useClinic();
  const series = useQuery(seriesQuery(slug, visit.series?.id));
  if (!series.data) return null;
  const { kind, title, visits } = series.data;
  return (
    <section className="grid gap-1.5 rounded-md bg-muted px-3 py-2">
      <h3 className="flex items-center gap-1.5 text-xs font-medium text-muted-foreground">
        <LinkIcon aria-hidden className="size-3.5" />
        {title ?? t(kind)}
      </h3>
      <ol className="grid gap-1 text-sm">
        {visits.map((one) => {
          const standing = standingOf(one);
          const Icon = STANDINGS[standing].icon;
          return (
            <li
              key={one.id}
              aria-current={one.id === visit.id}
              className="flex items-center gap-2 aria-current:font-semibold"
            >
              <Icon aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
              <span className="sr-only">{words(standing)}</span>
              <span className="min-w-0 flex-1 truncate">{kind === "family" ? one.patient.name : one.service.name}</span>
              <LocalTime
                at={one.starts_at}
                show={kind === "family" ? "time" : "day"}
                className="text-muted-foreground"
              />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
