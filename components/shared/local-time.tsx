"use client";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";

const FORMATS = {
  time: { hour: "numeric", minute: "2-digit" },
  day: { weekday: "short", day: "numeric", month: "short" },
  dayTime: { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
} as const;

const noSubscription = () => () => undefined;
const readersZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether the reader's clock isn't the clinic's. */
function useIsElsewhere(): boolean {
  const zone = useTimeZone();
  return useSyncExternalStore(noSubscription, readersZone, () => zone) !== zone;
}

/** Says whose clock the times are by, to readers whose own is another. */
export function ZoneNote({ isAlone = false }: { isAlone?: boolean }) {
  const t = useTranslations("common");
  const locale = useLocale();
  const timeZone = useTimeZone();
  if (!useIsElsewhere()) return null;
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "longGeneric" }).formatToParts(new Date());
  const zone = parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone ?? "";
  return (
    <span className="whitespace-nowrap">
      {!isAlone && " · "}
      {t("zoneNote", { zone })}
    </span>
  );
}

/** A moment in the clinic's zone; when the reader's own differs, the zone is said on hover. */
export function LocalTime({ at, show = "time", className }: LocalTimeProps) {
  const format = useFormatter();
  const zone = useTimeZone();
  const isElsewhere = useIsElsewhere();
  const date = new Date(at);
  const title = isElsewhere ? `${format.dateTime(date, FORMATS.dayTime)} · ${zone}` : undefined;
  return (
    <time dateTime={date.toISOString()} title={title} className={className}>
      {format.dateTime(date, FORMATS[show])}
    </time>
  );
}

interface LocalTimeProps {
  at: string;
  show?: keyof typeof FORMATS;
  className?: string;
}
