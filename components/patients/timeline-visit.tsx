"use client";
import { ArrowLeftRightIcon, CalendarPlusIcon, ClockAlertIcon, type LucideIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { STANDINGS } from "@/components/scheduling/visit-status";
import { useClinic } from "@/components/shared/clinic-context";
import { Line } from "./timeline-line";
import type { EntryOf } from "./timeline-entry-schema";
import { useActor } from "./use-actor";

const KNOWN = [
  ...(["held", "scheduled", "checked_in", "completed", "cancelled", "no_show", "expired"] as const),
  ...(["asked", "confirmed", "declined"] as const),
] as const;
const TONES = {
  neutral: "bg-muted text-muted-foreground",
  primary: "bg-primary-soft text-primary-text",
  info: "bg-info-soft text-info",
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
  violet: "bg-violet-soft text-violet",
} as const;

/** What an event of a visit is called and how it looks. */
function useLook({ event, to }: EntryOf<"visits">): { title: string; icon: LucideIcon; tone: string } {
  const t = useTranslations("patients.timeline.visits");
  const known = KNOWN.find((one) => one === to);
  if (event === "moved") return { title: t("moved"), icon: ArrowLeftRightIcon, tone: TONES.info };
  if (event === "late") return { title: t("late"), icon: ClockAlertIcon, tone: TONES.warning };
  if (event === "created" && to !== "held") return { title: t("created"), icon: CalendarPlusIcon, tone: TONES.primary };
  if (to === "unasked") return { title: t("unasked"), icon: STANDINGS.asked.icon, tone: TONES.neutral };
  if (!known) return { title: t("other"), icon: STANDINGS.scheduled.icon, tone: TONES.neutral };
  const { icon, tone } = STANDINGS[known];
  return { title: t(known), icon, tone: TONES[tone] };
}

export function VisitEntry({ entry }: { entry: EntryOf<"visits"> }) {
  const t = useTranslations("patients.timeline");
  const format = useFormatter();
  const { slug } = useClinic();
  const { title, icon, tone } = useLook(entry);
  const by = useActor(entry);
  const when = format.dateTime(new Date(entry.starts_at), {
    ...{ weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" },
  });
  return (
    <Line icon={icon} tone={tone} at={entry.at} title={<span className="font-medium">{title}</span>} by={by}>
      <Link
        href={`/c/${slug}/calendar?${new URLSearchParams({ at: entry.starts_at, visit: entry.appointment_id })}`}
        className="w-fit text-sm text-muted-foreground hover:text-foreground hover:underline"
      >
        {t("visit", { service: entry.service, provider: entry.provider, when })}
      </Link>
      {entry.reason && entry.reason !== "undo" && (
        <p className="text-xs text-muted-foreground">
          <bdi>{entry.reason}</bdi>
        </p>
      )}
    </Line>
  );
}
