"use client";
import { useFormatter, useTimeZone } from "next-intl";
import { useSyncExternalStore } from "react";

const FORMATS = {
  time: { hour: "numeric", minute: "2-digit" },
  day: { weekday: "short", day: "numeric", month: "short" },
  dayTime: { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
} as const;

const noSubscription = () => () => undefined;
const readersZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment in the clinic's zone; when the reader's own differs, the zone is said on hover. */
export function LocalTime({ at, show = "time", className }: LocalTimeProps) {
  const format = useFormatter();
  const zone = useTimeZone();
  const reader = useSyncExternalStore(noSubscription, readersZone, () => zone);
  const date = new Date(at);
  const title = zone === reader ? undefined : `${format.dateTime(date, FORMATS.dayTime)} · ${zone}`;
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
