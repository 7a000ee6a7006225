"use client";
import { CalendarCheckIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import type { Appointment, Calendar } from "../queries";
import { wallOf } from "../wall";
import { Agenda } from "./agenda";
import { CalendarSkeleton } from "./calendar-skeleton";
import { DayList } from "./day-list";
import type { GridProps, Place } from "./grid";
import type { ColourBy } from "./grid-events";
import type { ColumnsBy, Sheet } from "./model";
import { offsetAt } from "./offset";
import type { View } from "./params";
import { SwapDialog } from "./swap-dialog";
import { Signs, useCellWords } from "./use-cell-words";
import { useMoves } from "./use-moves";

/** The grid and its component come after the page, while its place is held. */
const Grid = dynamic(() => import("./grid"), { ssr: false, loading: () => <CalendarSkeleton /> });

interface CalendarBodyProps {
  data: Calendar;
  sheet: Sheet;
  by: ColumnsBy;
  view: View;
  isPhone: boolean;
  day: string;
  today: string;
  weekStart: number;
  only: readonly string[];
  now: Date;
  colourBy: ColourBy;
  mayWrite: boolean;
  onOpen: (visitId: string) => void;
  onGo: (day: string) => void;
  onOnly: (columnId: string | undefined) => void;
  onWeekOf: (providerId: string) => void;
  onBook?: ((place: Place) => void) | undefined;
}

/** What stands below the toolbar. */
export function CalendarBody(props: CalendarBodyProps) {
  const { data, sheet, by, view, isPhone, only, onOpen } = props;
  const t = useTranslations("calendar");
  if (view !== "list" && isPhone) {
    const { day, today, weekStart, onOnly, onGo } = props;
    return <Agenda {...{ sheet, only, day, today, weekStart, onOpen, onOnly, onGo }} columns={data.providers} />;
  }
  if (view !== "list") return <CalendarGrid {...props} />;
  return (
    <div className="scroll-slim min-h-0 flex-1 overflow-y-auto bg-card p-4 print:hidden md:p-6">
      {sheet.cards.length === 0 ? (
        <EmptyState icon={CalendarCheckIcon} title={t("empty")} text={t("emptyText")} />
      ) : (
        <div className="mx-auto max-w-5xl">
          <DayList sheet={sheet} by={by} onOpen={onOpen} />
        </div>
      )}
    </div>
  );
}

function CalendarGrid(props: CalendarBodyProps) {
  const { data, sheet, by, view, now, colourBy, mayWrite, today, onOpen, onBook, onWeekOf } = props;
  const t = useTranslations("calendar");
  const locale = useLocale();
  const { timeZone } = useClinic();
  const words = useCellWords();
  const [pair, setPair] = useState<[Appointment, Appointment]>();
  const [said, setSaid] = useState("");
  const moves = useMoves({ sheet, by, say: setSaid });
  const hasHolds = sheet.cards.some(({ visit }) => visit.state === "held");
  const at = hasHolds ? now.getTime() : 0;
  const look = useMemo(() => ({ colourBy, mayWrite, at }), [colourBy, mayWrite, at]);
  const meet: GridProps["onMeet"] = (card, otherId) => {
    const other = data.visits.find(({ id }) => id === otherId);
    moves.putBack();
    if (other) setPair([card.visit, other]);
  };
  return (
    <>
      <Signs />
      <Grid
        {...{ sheet: moves.sheet, by, look, words, locale, onOpen, onBook }}
        label={t("view.label")}
        offset={offsetAt(now, timeZone)}
        now={sheet.days.includes(today) ? wallOf(now, timeZone).minutes : undefined}
        onColumn={by === "provider" && view === "day" ? onWeekOf : undefined}
        onMove={moves.move}
        onResize={moves.resize}
        onMeet={meet}
        announce={moves.announce}
      />
      <p role="status" className="sr-only">
        {said}
      </p>
      {pair && <SwapDialog pair={pair} onClose={() => setPair(undefined)} />}
    </>
  );
}
