"use client";
import { ChevronLeftIcon, ChevronRightIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { addDays, noonOf } from "../wall";
import { weekOf } from "./model";

interface MiniMonthProps {
  day: string;
  today: string;
  weekStart: number;
  onGo: (day: string) => void;
}

const STEPS: Record<string, number> = { ArrowUp: -7, ArrowDown: 7, PageUp: -28, PageDown: 28 };

/** The first of the month so many months on. */
function monthAfter(first: string, months: number): string {
  const date = noonOf(first);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

/** A month to jump from: arrows move the day, Enter goes there. */
export function MiniMonth({ day, today, weekStart, onGo }: MiniMonthProps) {
  const t = useTranslations("calendar.month");
  const format = useFormatter();
  const table = useRef<HTMLTableElement>(null);
  const [current, setCurrent] = useState(day);
  const first = `${current.slice(0, 7)}-01`;
  const start = weekOf(first, weekStart)[0] ?? first;
  const weeks = Array.from({ length: 6 }, (_, week) => weekOf(addDays(start, week * 7), weekStart));

  const onKey = (event: KeyboardEvent) => {
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const isMirrored = document.documentElement.dir === "rtl";
    const step = STEPS[event.key] ?? (sideways === undefined ? undefined : isMirrored ? -sideways : sideways);
    if (step === undefined) return;
    event.preventDefault();
    const next = addDays(current, step);
    setCurrent(next);
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus());
  };
  return (
    <div className="w-64">
      <div className="mb-2 flex items-center justify-between">
        <Button
          variant="ghost"
          size="iconSm"
          aria-label={t("previous")}
          onClick={() => setCurrent(monthAfter(first, -1))}
        >
          <ChevronLeftIcon aria-hidden className="mirror-rtl" />
        </Button>
        <p aria-live="polite" className="text-sm font-semibold">
          {format.dateTime(noonOf(first), { month: "long", year: "numeric", timeZone: "UTC" })}
        </p>
        <Button variant="ghost" size="iconSm" aria-label={t("next")} onClick={() => setCurrent(monthAfter(first, 1))}>
          <ChevronRightIcon aria-hidden className="mirror-rtl" />
        </Button>
      </div>
      <table ref={table} className="w-full table-fixed text-center text-xs" onKeyDown={onKey}>
        <thead>
          <tr>
            {weeks[0]?.map((one) => (
              <th key={one} scope="col" className="h-7 font-medium text-muted-foreground">
                {format.dateTime(noonOf(one), { weekday: "narrow", timeZone: "UTC" })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((one) => (
                <td key={one} className="p-0">
                  <button
                    type="button"
                    data-day={one}
                    data-outside={one.slice(0, 7) !== first.slice(0, 7) || undefined}
                    tabIndex={one === current ? 0 : -1}
                    aria-current={one === today ? "date" : undefined}
                    aria-pressed={one === day}
                    aria-label={format.dateTime(noonOf(one), { dateStyle: "full", timeZone: "UTC" })}
                    onClick={() => onGo(one)}
                    className="mx-auto flex size-8 items-center justify-center rounded-md font-medium tabular-nums hover:bg-accent not-aria-pressed:aria-[current=date]:text-primary-text aria-[current=date]:ring-1 aria-[current=date]:ring-primary aria-[current=date]:ring-inset data-outside:text-muted-foreground aria-pressed:bg-primary aria-pressed:text-primary-foreground"
                  >
                    {format.dateTime(noonOf(one), { day: "numeric", timeZone: "UTC" })}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
