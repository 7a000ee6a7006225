"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { taskCountsQuery } from "@/components/tasks/queries";
import { cn } from "@/components/ui/cn";

const MOST_SHOWN = 99;
const MINUTE_MS = 60_000;

/** How many tasks of today wait for the one who reads, or for anybody. */
export function TasksWaiting({ className }: { className: string }) {
  const t = useTranslations("nav");
  const { slug } = useClinic();
  // What is due also changes by the clock alone.
  const waiting = useQuery({ ...taskCountsQuery(slug), refetchInterval: 5 * MINUTE_MS }).data?.waiting ?? 0;
  if (waiting === 0) return null;
  return (
    <span
      className={cn(
        "flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-primary-soft px-1 text-2xs font-semibold text-primary-text tabular-nums",
        className,
      )}
    >
      <span aria-hidden>{waiting > MOST_SHOWN ? `${MOST_SHOWN}+` : waiting}</span>
      <span className="sr-only">{t("tasksWaiting", { count: waiting })}</span>
    </span>
  );
}
