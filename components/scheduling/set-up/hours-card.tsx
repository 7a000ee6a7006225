"use client";
import { CopyPlusIcon, Trash2Icon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "@/components/shared/field";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Input } from "@/components/ui/input";
import { ColorDot } from "./color-dot";
import { DayHours } from "./day-hours";
import type { Dates } from "./hours-form";
import type { ProviderSchedule } from "./queries";
import { copied, minutesIn, type Week, weekdaysFrom, weekOf, withDayOn } from "./week";

interface HoursCardProps {
  tabs: ReactNode;
  week: Week;
  onWeek: (week: Week) => void;
  dates: Dates | undefined;
  onDates: (dates: Dates) => void;
  onRemoveSeason?: (() => void) | undefined;
  weekStart: number;
  weekend: readonly number[];
  /** Those whose usual week can be taken over. */
  colleagues: readonly ProviderSchedule[];
  isReadOnly: boolean;
  footer: ReactNode;
}

/** A week as it is written: each day's spans, copied from day to day or from a colleague. */
export function HoursCard(props: HoursCardProps) {
  const { tabs, week, onWeek, dates, onDates, onRemoveSeason, weekStart, weekend, colleagues, isReadOnly, footer } =
    props;
  const t = useTranslations("setUp.schedule");
  const format = useFormatter();
  const weekdays = weekdaysFrom(weekStart);
  const workdays = weekdays.filter((day) => !weekend.includes(day));
  return (
    <Card className="min-w-0 gap-0 p-0" aria-label={t("hours")}>
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-2 border-b px-3 py-2">
        {tabs}
        <div className="flex items-center gap-1">
          <span className="px-1 text-xs text-muted-foreground tabular-nums">
            {t("hoursAWeek", { hours: format.number(minutesIn(week) / 60, { maximumFractionDigits: 1 }) })}
          </span>
          {!isReadOnly && colleagues.length > 0 && <CopyFrom colleagues={colleagues} onWeek={onWeek} />}
        </div>
      </div>
      {dates && <SeasonDates dates={dates} onDates={onDates} isReadOnly={isReadOnly} onRemove={onRemoveSeason} />}
      <ul className="divide-y">
        {weekdays.map((weekday) => (
          <DayHours
            key={weekday}
            weekday={weekday}
            spans={week[weekday] ?? []}
            others={weekdays.filter((day) => day !== weekday)}
            workdays={workdays.filter((day) => day !== weekday)}
            isReadOnly={isReadOnly}
            onChange={(spans) => onWeek({ ...week, [weekday]: spans })}
            onSwitchOn={() => onWeek(withDayOn(week, weekday))}
            onCopy={(to) => onWeek(copied(week, weekday, to))}
          />
        ))}
      </ul>
      {footer}
    </Card>
  );
}

function CopyFrom({ colleagues, onWeek }: Pick<HoursCardProps, "colleagues" | "onWeek">) {
  const t = useTranslations("setUp.schedule");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="sm">
          <CopyPlusIcon aria-hidden />
          {t("copyFrom")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="scroll-slim max-h-80 overflow-y-auto">
        <DropdownMenuLabel>{t("copyFromText")}</DropdownMenuLabel>
        {colleagues.map(({ id, name, color, hours }) => (
          <DropdownMenuItem key={id} onSelect={() => onWeek(weekOf(hours))}>
            <ColorDot color={color} />
            <span className="truncate">{name}</span>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

interface SeasonDatesProps {
  dates: Dates;
  onDates: (dates: Dates) => void;
  isReadOnly: boolean;
  onRemove?: (() => void) | undefined;
}

/** From when to when a season's hours hold instead of the usual ones. */
function SeasonDates({ dates, onDates, isReadOnly, onRemove }: SeasonDatesProps) {
  const t = useTranslations("setUp.schedule");
  const isBackward = dates.valid_from > dates.valid_to;
  return (
    <div className="grid gap-2 border-b bg-muted/40 px-4 py-3">
      <div className="flex flex-wrap items-end gap-3">
        {(["valid_from", "valid_to"] as const).map((name) => (
          <Field key={name} label={t(name === "valid_from" ? "seasonFrom" : "seasonTo")}>
            {(control) => (
              <Input
                {...control}
                type="date"
                aria-invalid={isBackward || undefined}
                disabled={isReadOnly}
                value={dates[name]}
                onChange={(event) => onDates({ ...dates, [name]: event.target.value })}
                className="h-8 w-40 px-2.5"
              />
            )}
          </Field>
        ))}
        {!isReadOnly && onRemove && (
          <Button variant="ghost" className="ms-auto" onClick={onRemove}>
            <Trash2Icon aria-hidden />
            {t("removeSeason")}
          </Button>
        )}
      </div>
      <p className="text-xs text-muted-foreground">{isBackward ? t("problems.backward") : t("seasonText")}</p>
    </div>
  );
}
