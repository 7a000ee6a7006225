"use client";
import { HourglassIcon } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { Conversation } from "./queries";

type Windowed = Pick<Conversation, "window">;

export const isWindowClosed = ({ window }: Windowed, now: Date): boolean =>
  window !== null && (window.closes_at === null || Date.parse(window.closes_at) <= now.getTime());

const HOUR_MS = 3_600_000;
const SHORT_HOURS = 3;

/** How long free text may still be sent; nothing where there is no such limit. */
export function WindowNote({ window }: Windowed) {
  const t = useTranslations("inbox.window");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  if (!window?.closes_at) return null;
  const left = Date.parse(window.closes_at) - now.getTime();
  if (left <= 0) return null;
  const hours = Math.floor(left / HOUR_MS);
  const minutes = Math.floor((left % HOUR_MS) / 60_000);
  const at = format.dateTime(new Date(window.closes_at), { weekday: "short", hour: "numeric", minute: "2-digit" });
  return (
    <span
      title={t("until", { at })}
      className={cn(
        "flex items-center gap-1 text-2xs tabular-nums",
        hours < SHORT_HOURS ? "font-medium text-warning" : "text-muted-foreground",
      )}
    >
      <HourglassIcon aria-hidden className="size-3" />
      {t("left", { hours, minutes })}
    </span>
  );
}
