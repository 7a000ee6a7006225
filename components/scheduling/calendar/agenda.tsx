"use client";
import { CalendarCheckIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type TouchEvent, useRef } from "react";
import { EmptyState } from "@/components/shared/empty-state";
import { PersonName } from "@/components/shared/person-name";
import { cn } from "@/components/ui/cn";
import { VisitStatusBadge } from "../visit-status";
import { addDays, noonOf } from "../wall";
import { hueOf } from "./hue";
import { type Card, type Column, type Sheet, weekOf } from "./model";
import { useCellWords } from "./use-cell-words";

interface AgendaProps {
  sheet: Sheet;
  /** All columns that could be chosen. */
  columns: readonly Pick<Column, "id" | "name">[];
  only: readonly string[];
  day: string;
  today: string;
  weekStart: number;
  onOpen: (visitId: string) => void;
  onOnly: (columnId: string | undefined) => void;
  onGo: (day: string) => void;
}

/** A finger that goes this far sideways, and not down, turns the page. */
const SWIPE_PX = 60;

/** The day on a phone: a list by provider; a swipe goes to the next day, the way that the page reads. */
export function Agenda({ sheet, columns, only, day, today, weekStart, onOpen, onOnly, onGo }: AgendaProps) {
  const t = useTranslations("calendar");
  const start = useRef<{ x: number; y: number }>(undefined);
  const onTouchStart = ({ touches }: TouchEvent) => {
    const touch = touches[0];
    start.current = touch && { x: touch.clientX, y: touch.clientY };
  };
  const onTouchEnd = ({ changedTouches }: TouchEvent) => {
    const touch = changedTouches[0];
    if (!start.current || !touch) return;
    const [x, y] = [touch.clientX - start.current.x, touch.clientY - start.current.y];
    if (Math.abs(x) < SWIPE_PX || Math.abs(x) < 2 * Math.abs(y)) return;
    const isForward = document.documentElement.dir === "rtl" ? x > 0 : x < 0;
    onGo(addDays(day, isForward ? 1 : -1));
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col md:hidden">
      <WeekStrip {...{ day, today, weekStart, onGo }} />
      <div
        role="group"
        aria-label={t("byProvider")}
        className="flex shrink-0 gap-2 overflow-x-auto border-b bg-card px-4 py-2"
      >
        <Chip isOn={only.length === 0} onClick={() => onOnly(undefined)}>
          {t("everyone")}
        </Chip>
        {columns.map(({ id, name }) => (
          <Chip key={id} isOn={only.includes(id)} onClick={() => onOnly(id)}>
            {name}
          </Chip>
        ))}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto pb-24" onTouchStart={onTouchStart} onTouchEnd={onTouchEnd}>
        {sheet.cards.length === 0 && (
          <EmptyState icon={CalendarCheckIcon} title={t("emptyDay")} text={t("emptyDayText")} />
        )}
        {sheet.columns.map((column) => (
          <ColumnAgenda
            key={column.id}
            column={column}
            cards={sheet.cards.filter(({ columnId }) => columnId === column.id)}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
}

function WeekStrip({ day, today, weekStart, onGo }: Pick<AgendaProps, "day" | "today" | "weekStart" | "onGo">) {
  const format = useFormatter();
  return (
    <div className="grid shrink-0 grid-cols-7 gap-1 bg-card px-3 pt-2">
      {weekOf(day, weekStart).map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === day}
          aria-current={one === today ? "date" : undefined}
          aria-label={format.dateTime(noonOf(one), { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" })}
          onClick={() => onGo(one)}
          className="flex h-14 flex-col items-center justify-center rounded-lg text-2xs text-muted-foreground not-aria-pressed:aria-[current=date]:text-primary-text aria-pressed:bg-primary aria-pressed:text-primary-foreground"
        >
          {format.dateTime(noonOf(one), { weekday: "narrow", timeZone: "UTC" })}
          <span className="text-base font-semibold tabular-nums">
            {format.dateTime(noonOf(one), { day: "numeric", timeZone: "UTC" })}
          </span>
        </button>
      ))}
    </div>
  );
}

interface ColumnAgendaProps {
  column: Column;
  cards: Card[];
  onOpen: (visitId: string) => void;
}

function ColumnAgenda({ column, cards, onOpen }: ColumnAgendaProps) {
  const t = useTranslations("calendar");
  const { clock } = useCellWords();
  if (cards.length === 0) return null;
  return (
    <section aria-label={column.name}>
      <h2 className="sticky top-0 z-10 flex items-center gap-2 border-b bg-sidebar px-4 py-2 text-xs font-medium text-muted-foreground">
        <span
          aria-hidden
          className="size-2 rounded-full"
          style={{ background: `oklch(0.7 0.11 ${hueOf(column.color)})` }}
        />
        <span>
          <bdi>{column.name}</bdi> · {t("visits", { count: column.count })}
        </span>
      </h2>
      <ul className="divide-y border-b bg-card">
        {cards
          .toSorted((a, b) => a.from - b.from)
          .map(({ id, visit, from }) => (
            <li key={id}>
              <button
                type="button"
                onClick={() => onOpen(visit.id)}
                className={cn(
                  "grid min-h-16 w-full grid-cols-[4.5rem_1fr_auto] items-center gap-3 px-4 py-2 text-start",
                  (visit.state === "held" || visit.created_from === "SIMULATOR") && "hatched",
                )}
              >
                <span className="font-medium tabular-nums">{clock(from)}</span>
                <span className="min-w-0">
                  <PersonName className={cn("font-medium", visit.state === "cancelled" && "line-through")}>
                    {visit.patient.name}
                  </PersonName>
                  <span className="block truncate text-xs text-muted-foreground">
                    <bdi>{visit.service.name}</bdi>
                  </span>
                </span>
                <VisitStatusBadge visit={visit} />
              </button>
            </li>
          ))}
      </ul>
    </section>
  );
}

function Chip({ isOn, ...props }: { isOn: boolean; onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      className="h-11 shrink-0 rounded-full border px-4 text-sm font-medium text-muted-foreground aria-pressed:border-transparent aria-pressed:bg-primary-soft aria-pressed:text-primary-text"
      {...props}
    />
  );
}
