import { useFormatter, useTranslations } from "next-intl";
import { noonOf } from "../wall";

/** How wall times, days and weekdays are written here. */
export function useWallWords() {
  const format = useFormatter();
  const t = useTranslations("setUp");
  /** `HH:MM` as the reader writes it; the day's end is midnight. */
  const time = (value: string) =>
    format.dateTime(new Date(`2026-01-01T${value === "24:00" ? "00:00" : value}:00Z`), {
      hour: "numeric",
      minute: "2-digit",
      timeZone: "UTC",
    });
  const day = (value: string, year: "year" | "noYear" = "noYear") =>
    format.dateTime(noonOf(value), {
      weekday: "short",
      day: "numeric",
      month: "short",
      ...(year === "year" ? { year: "numeric" } : {}),
      timeZone: "UTC",
    });
  return {
    time,
    day,
    span: ({ from, to }: { from: string; to: string }) => t("span", { from: time(from), to: time(to) }),
    days: (from: string, to: string) => (from === to ? day(from) : t("span", { from: day(from), to: day(to) })),
    /** 2024 began on a Monday. */
    weekday: (iso: number, width: "long" | "short" = "long") =>
      format.dateTime(new Date(Date.UTC(2024, 0, iso, 12)), { weekday: width, timeZone: "UTC" }),
  };
}
