"use client";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { createPortal, flushSync } from "react-dom";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { useDayRange } from "@/components/shared/day-range";
import { noonOf } from "../wall";
import "./calendar.css";
import { DayList } from "./day-list";
import type { ColumnsBy, Sheet } from "./model";

/** The sheet on paper: made when the browser is about to print, black on white, without the portal around it. */
export function PrintSheet({ sheet, by }: { sheet: Sheet; by: ColumnsBy }) {
  const t = useTranslations("calendar");
  const format = useFormatter();
  const rangeOf = useDayRange();
  const now = useNow();
  const { name } = useClinic();
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  if (!isPrinting) return null;
  const [first = "", last = ""] = [sheet.days[0], sheet.days.at(-1)];
  return createPortal(
    <div data-print-sheet className="hidden bg-white p-0 text-black print:block">
      <h1 className="text-lg font-semibold">{t("sheetOf", { clinic: isolate(name) })}</h1>
      <p className="mb-4 text-sm">
        {rangeOf(noonOf(first), noonOf(last), { dateStyle: "full", timeZone: "UTC" })} ·{" "}
        {format.dateTime(now, { hour: "numeric", minute: "2-digit" })}
      </p>
      <DayList sheet={sheet} by={by} />
    </div>,
    document.body,
  );
}
