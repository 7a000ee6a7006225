"use client";
import { ChevronLeftIcon, ChevronRightIcon, EyeIcon, EyeOffIcon, PlusIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { ZoneNote } from "@/components/shared/local-time";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Tooltip } from "@/components/ui/tooltip";
import { addDays, isDay, noonOf } from "./wall";

interface DayToolbarProps {
  day: string;
  today: string;
  counted: number;
  hidden: number;
  isWithCancelled: boolean;
  onWithCancelled: (isWith: boolean) => void;
  onGo: (day: string) => void;
  onNew?: () => void;
}

export function DayToolbar(props: DayToolbarProps) {
  const { day, today, counted, hidden, isWithCancelled, onWithCancelled, onGo, onNew } = props;
  const t = useTranslations("calendar");
  const format = useFormatter();
  const noon = noonOf(day);
  return (
    <header className="flex flex-wrap items-center gap-x-2 gap-y-2 border-b bg-card px-4 py-2.5 md:px-6">
      <div className="me-auto min-w-0 max-sm:flex-1">
        <h1 className="truncate text-base font-semibold md:text-lg">
          {format.dateTime(noon, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" })}
        </h1>
        <p className="text-xs text-muted-foreground">
          {day === today ? t("today") : format.relativeTime(noon, { now: noonOf(today), unit: "day" })} ·{" "}
          {t("visits", { count: counted })}
          <ZoneNote />
        </p>
      </div>
      {(hidden > 0 || isWithCancelled) && (
        <Button
          variant="ghost"
          className="max-sm:order-1"
          aria-pressed={isWithCancelled}
          onClick={() => onWithCancelled(!isWithCancelled)}
        >
          {isWithCancelled ? <EyeOffIcon aria-hidden /> : <EyeIcon aria-hidden />}
          <span className="max-lg:sr-only">
            {isWithCancelled ? t("hideCancelled") : t("showCancelled", { count: hidden })}
          </span>
        </Button>
      )}
      <div className="flex items-center gap-1 max-sm:order-2 max-sm:w-full">
        <Tooltip label={t("previousDay")}>
          <Button variant="ghost" size="icon" aria-label={t("previousDay")} onClick={() => onGo(addDays(day, -1))}>
            <ChevronLeftIcon aria-hidden className="mirror-rtl" />
          </Button>
        </Tooltip>
        <Button className="max-sm:order-first" disabled={day === today} onClick={() => onGo(today)}>
          {t("today")}
        </Button>
        <Tooltip label={t("nextDay")}>
          <Button variant="ghost" size="icon" aria-label={t("nextDay")} onClick={() => onGo(addDays(day, 1))}>
            <ChevronRightIcon aria-hidden className="mirror-rtl" />
          </Button>
        </Tooltip>
        <Input
          type="date"
          aria-label={t("chooseDay")}
          value={day}
          onChange={(event) => isDay(event.target.value) && onGo(event.target.value)}
          className="h-8 w-36 max-sm:flex-1"
        />
      </div>
      {onNew && (
        <Button variant="primary" className="max-sm:order-1" onClick={onNew} aria-label={t("newVisit")}>
          <PlusIcon aria-hidden />
          <span className="max-sm:sr-only">{t("newVisit")}</span>
        </Button>
      )}
    </header>
  );
}
