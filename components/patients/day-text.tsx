"use client";
import { useFormatter } from "next-intl";
import { noonOf } from "@/components/scheduling/wall";

/** A calendar day, `YYYY-MM-DD`, as people write it: it is the same day in every zone. */
export function DayText({ day }: { day: string }) {
  const format = useDay();
  return <time dateTime={day}>{format(day)}</time>;
}

export function useDay(): (day: string) => string {
  const format = useFormatter();
  return (day) => format.dateTime(noonOf(day), { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}
