"use client";
import { useFormatter, useTranslations } from "next-intl";
import { type MouseEvent, useEffect, useRef } from "react";
import { Avatar } from "@/components/ui/avatar";
import { PersonName } from "@/components/shared/person-name";
import type { Column, DayLayout } from "./day-layout";
import type { VisitWish } from "./new-visit-dialog";
import { VisitBlock } from "./visit-block";

const HOUR_PX = 80;
const px = (minutes: number) => (minutes / 60) * HOUR_PX;
/** How much of the morning stays in sight above the line of now. */
const BEFORE_NOW_MINUTES = 60;
const SNAP_MINUTES = 15;

interface DayGridProps {
  layout: DayLayout;
  /** Minutes of the clinic's clock, when the day is today. */
  now?: number;
  onOpen: (visitId: string) => void;
  onBook?: (wish: Partial<VisitWish>) => void;
}

export function DayGrid({ layout, now, onOpen, onBook }: DayGridProps) {
  const t = useTranslations("calendar");
  const scroller = useRef<HTMLDivElement>(null);
  const { columns, from, to } = layout;
  const isNowShown = now !== undefined && now >= from && now <= to;

  useEffect(() => {
    if (now !== undefined && scroller.current) scroller.current.scrollTop = px(now - from - BEFORE_NOW_MINUTES);
    // Once a day that is opened: afterwards the reader's place is theirs.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [now === undefined]);

  return (
    <div ref={scroller} className="scroll-slim relative min-h-0 flex-1 overflow-auto bg-card max-md:hidden">
      <div className="flex min-w-max">
        <div className="sticky start-0 z-20 w-16 shrink-0 border-e bg-card">
          <div className="sticky top-0 z-10 h-14 border-b bg-card" />
          <Hours from={from} to={to} />
          {isNowShown && <NowMark top={px(now - from)} />}
        </div>
        {columns.map((column) => (
          <section
            key={column.provider.id}
            aria-label={column.provider.name}
            className="min-w-44 flex-1 border-e last:border-e-0"
          >
            <header className="sticky top-0 z-10 flex h-14 items-center gap-2.5 border-b bg-card px-3">
              <Avatar name={column.provider.name} className="size-7 text-2xs" />
              <div className="min-w-0">
                <h2 className="text-sm font-medium">
                  <PersonName>{column.provider.name}</PersonName>
                </h2>
                <p className="text-xs text-muted-foreground">{t("visits", { count: column.blocks.length })}</p>
              </div>
            </header>
            <ColumnBody
              column={column}
              from={from}
              to={to}
              now={isNowShown ? now : undefined}
              onOpen={onOpen}
              onBook={onBook}
            />
          </section>
        ))}
      </div>
    </div>
  );
}

function Hours({ from, to }: { from: number; to: number }) {
  const format = useFormatter();
  const hours = Array.from({ length: (to - from) / 60 }, (_, at) => from / 60 + at);
  return (
    <div aria-hidden className="relative" style={{ height: px(to - from) }}>
      {hours.map((hour, at) => (
        <span
          key={hour}
          className="absolute end-2 -translate-y-1/2 text-2xs whitespace-nowrap text-muted-foreground first:translate-y-1"
          style={{ top: at * HOUR_PX }}
        >
          {format.dateTime(new Date(Date.UTC(2000, 0, 1, hour)), { hour: "numeric", timeZone: "UTC" })}
        </span>
      ))}
    </div>
  );
}

function NowMark({ top }: { top: number }) {
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute end-0 z-10 size-2.5 translate-x-1/2 -translate-y-1/2 rounded-full bg-destructive rtl:-translate-x-1/2"
      style={{ top: top + 56 }}
    />
  );
}

interface ColumnBodyProps extends Pick<DayGridProps, "now" | "onOpen" | "onBook"> {
  column: Column;
  from: number;
  to: number;
}

/** The working hours stand out from the shade; what lies outside of them is still there to see. */
function ColumnBody({ column, from, to, now, onOpen, onBook }: ColumnBodyProps) {
  const bookAt = (event: MouseEvent<HTMLDivElement>) => {
    if (!onBook || event.target !== event.currentTarget) return;
    const minutes = from + (event.nativeEvent.offsetY / HOUR_PX) * 60;
    onBook({ providerId: column.provider.id, minutes: Math.floor(minutes / SNAP_MINUTES) * SNAP_MINUTES });
  };
  return (
    <div
      onClick={bookAt}
      className="relative bg-muted bg-[repeating-linear-gradient(to_bottom,var(--border)_0_1px,transparent_1px_40px)]"
      style={{ height: px(to - from) }}
    >
      {column.hours.map((hours) => (
        <div
          key={hours.from}
          className="pointer-events-none absolute inset-x-0 bg-card bg-[repeating-linear-gradient(to_bottom,var(--border)_0_1px,transparent_1px_80px)]"
          style={{
            top: px(hours.from - from),
            height: px(hours.to - hours.from),
            backgroundPositionY: -px((hours.from - from) % 60),
          }}
        />
      ))}
      {now !== undefined && (
        <div
          aria-hidden
          className="pointer-events-none absolute inset-x-0 z-10 h-px bg-destructive"
          style={{ top: px(now - from) }}
        />
      )}
      <ul>
        {column.blocks.map((block) => (
          <VisitBlock
            key={block.visit.id}
            block={block}
            top={px(block.from - from)}
            height={px(block.to - block.from)}
            onOpen={() => onOpen(block.visit.id)}
          />
        ))}
      </ul>
    </div>
  );
}
