"use client";
import { ChevronDownIcon, ChevronLeftIcon, ChevronRightIcon, PlusIcon, PrinterIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ZoneNote } from "@/components/shared/local-time";
import { useDayRange } from "@/components/shared/day-range";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Tooltip } from "@/components/ui/tooltip";
import { addDays, noonOf } from "../wall";
import { MiniMonth } from "./mini-month";
import type { View } from "./params";
import { Segments } from "./segments";
import { COLUMNS_BY, type ColumnsBy } from "./model";

interface ToolbarProps {
  days: string[];
  day: string;
  today: string;
  weekStart: number;
  view: View;
  by: ColumnsBy;
  /** What narrows the sheet, and whose week it is. */
  children: ReactNode;
  onGo: (day: string) => void;
  onView: (view: View) => void;
  onBy: (by: ColumnsBy) => void;
  onNew?: (() => void) | undefined;
}

/** Where in time, and how to look at it. */
export function Toolbar(props: ToolbarProps) {
  const { days, day, today, view, by, children, onGo, onView, onBy, onNew } = props;
  const t = useTranslations("calendar");
  const step = days.length;
  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-2 border-b bg-card px-4 py-2 print:hidden md:px-5">
      <div className="flex min-w-0 items-center gap-1 max-md:w-full">
        <Button disabled={days.includes(today) && day === today} onClick={() => onGo(today)} className="me-1">
          {t("today")}
        </Button>
        <StepButton label={step > 1 ? t("previousWeek") : t("previousDay")} onClick={() => onGo(addDays(day, -step))}>
          <ChevronLeftIcon aria-hidden className="mirror-rtl" />
        </StepButton>
        <StepButton label={step > 1 ? t("nextWeek") : t("nextDay")} onClick={() => onGo(addDays(day, step))}>
          <ChevronRightIcon aria-hidden className="mirror-rtl" />
        </StepButton>
        <DayTitle {...props} />
        <div className="ms-auto shrink-0 md:hidden">{children}</div>
      </div>
      <span className="text-xs text-muted-foreground max-md:hidden">
        <ZoneNote isAlone />
      </span>
      <div className="ms-auto flex flex-wrap items-center gap-2 max-md:hidden">
        {view !== "week" && (
          <Segments
            label={t("columns.label")}
            value={by}
            options={COLUMNS_BY.map((value) => ({ value, label: t(`columns.${value}`) }))}
            onChange={onBy}
          />
        )}
        {children}
        <Segments
          label={t("view.label")}
          value={view}
          options={[
            { value: "day", label: t("view.day"), hint: t("view.dayKey") },
            { value: "week", label: t("view.week"), hint: t("view.weekKey") },
            { value: "list", label: t("view.list"), hint: t("view.listKey") },
          ]}
          onChange={onView}
        />
        <Tooltip label={t("print")}>
          <Button variant="ghost" size="icon" aria-label={t("print")} onClick={() => window.print()}>
            <PrinterIcon aria-hidden />
          </Button>
        </Tooltip>
        {onNew && (
          <Button variant="primary" onClick={onNew}>
            <PlusIcon aria-hidden />
            {t("newVisit")}
          </Button>
        )}
      </div>
      {onNew && (
        <Button
          variant="primary"
          size="icon"
          aria-label={t("newVisit")}
          onClick={onNew}
          className="fixed end-4 bottom-20 z-30 size-14 rounded-full shadow-float md:hidden pointer-coarse:size-14"
        >
          <PlusIcon aria-hidden className="size-6" />
        </Button>
      )}
    </header>
  );
}

function StepButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <Button variant="ghost" size="icon" aria-label={label} onClick={onClick}>
        {children}
      </Button>
    </Tooltip>
  );
}

/** The day or the week in words; it opens the month. */
function DayTitle({ days, day, today, weekStart, onGo }: ToolbarProps) {
  const t = useTranslations("calendar");
  const format = useFormatter();
  const rangeOf = useDayRange();
  const [isOpen, setOpen] = useState(false);
  const [first = day, last = day] = [days[0], days.at(-1)];
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: "numeric" } as const);
  const one = (weekday: "long" | "short", month: "long" | "short") =>
    format.dateTime(noonOf(day), { weekday, day: "numeric", month, timeZone: "UTC", ...year });
  const week = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const;
  return (
    <h1 className="min-w-0">
      <Popover open={isOpen} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <Button variant="ghost" className="min-w-0 px-2 text-base font-semibold text-foreground">
            {days.length > 1 ? (
              <span className="truncate">{rangeOf(noonOf(first), noonOf(last), week)}</span>
            ) : (
              <>
                <span className="truncate max-md:hidden">{one("long", "long")}</span>
                <span className="truncate md:hidden">{one("short", "short")}</span>
              </>
            )}
            <span className="sr-only">, {t("chooseDay")}</span>
            <ChevronDownIcon aria-hidden className="text-muted-foreground" />
          </Button>
        </PopoverTrigger>
        <PopoverContent align="start" className="w-auto p-3">
          <MiniMonth
            {...{ day, today, weekStart }}
            onGo={(next) => {
              setOpen(false);
              onGo(next);
            }}
          />
        </PopoverContent>
      </Popover>
    </h1>
  );
}
