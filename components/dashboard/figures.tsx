"use client";
import { useFormatter, useTranslations } from "next-intl";
import Link from "next/link";
import { useClinic } from "@/components/shared/clinic-context";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import type { Dashboard } from "./queries";

/** The four numbers that a front desk asks for first. Each leads to what it counts. */
export function Figures({ today, inbox }: Pick<Dashboard, "today" | "inbox">) {
  const t = useTranslations("dashboard.figures");
  const { slug } = useClinic();
  const calendar = `/c/${slug}/calendar`;
  return (
    <Card aria-label={t("label")} className="grid grid-cols-2 gap-px overflow-hidden bg-border lg:grid-cols-4">
      <Figure
        name={t("visits")}
        value={today.total}
        detail={t("visitsDetail", { upcoming: today.upcoming, completed: today.completed })}
        href={calendar}
      />
      <Figure
        name={t("unconfirmed")}
        value={today.unconfirmed}
        detail={t("unconfirmedDetail", { confirmed: today.confirmed })}
        href={calendar}
      />
      <Figure
        name={t("needsYou")}
        value={inbox.handoff}
        isUrgent={inbox.handoff > 0}
        detail={t("needsYouDetail", { count: inbox.unread })}
        href={`/c/${slug}/inbox?view=handoff`}
      />
      <Figure
        name={t("booked")}
        value={today.booked_today}
        detail={t("bookedDetail", { noShow: today.no_show, cancelled: today.cancelled })}
        href={calendar}
      />
    </Card>
  );
}

interface FigureProps {
  name: string;
  value: number;
  detail: string;
  href: string;
  isUrgent?: boolean;
}

function Figure({ name, value, detail, href, isUrgent = false }: FigureProps) {
  const format = useFormatter();
  return (
    <Link href={href} className="group bg-card p-4 -outline-offset-2 transition-colors hover:bg-muted">
      <span className="flex items-center gap-2 text-sm font-medium text-muted-foreground">
        {isUrgent && <span aria-hidden className="size-2 rounded-full bg-danger" />}
        {name}
      </span>
      <span className={cn("tabular mt-1 block text-3xl font-semibold tracking-tight", isUrgent && "text-danger")}>
        {format.number(value)}
      </span>
      <span className="mt-1 block text-xs text-muted-foreground">{detail}</span>
    </Link>
  );
}
