"use client";
import { useQuery } from "@tanstack/react-query";
import { CalendarX2Icon } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import { parseAsBoolean, parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { useKeys } from "@/components/shared/keys";
import { may } from "@/lib/identity/permissions";
import { DayAgenda } from "./day-agenda";
import { DayGrid } from "./day-grid";
import { DayGridSkeleton } from "./day-grid-skeleton";
import { isShown, layOut } from "./day-layout";
import { DayToolbar } from "./day-toolbar";
import { NewVisitDialog, type VisitWish } from "./new-visit-dialog";
import { dayQuery, providersQuery } from "./queries";
import { VisitSheet } from "./visit-sheet";
import { addDays, isDay, wallOf } from "./wall";

const PARAMS = {
  day: parseAsString,
  /** A moment whose day is to be shown, for links that know no zone. */
  at: parseAsString,
  visit: parseAsString,
  cancelled: parseAsBoolean.withDefault(false),
};

/** The day by provider: columns on a wide screen, an agenda on a phone. */
export function DayView() {
  const t = useTranslations("calendar");
  const { slug, timeZone, role } = useClinic();
  const [params, setParams] = useQueryStates(PARAMS);
  const [wish, setWish] = useState<VisitWish>();
  const now = useNow({ updateInterval: 30_000 });
  const today = wallOf(now, timeZone).day;
  const day = dayOf(params, timeZone) ?? today;
  const visits = useQuery(dayQuery(slug, day));
  const providers = useQuery(providersQuery(slug, day));
  const mayWrite = may(role, "appointment.write");

  const go = (next: string) => void setParams({ day: next === today ? null : next, at: null, visit: null });
  const book = mayWrite ? (given: Partial<VisitWish> = {}) => setWish({ day, ...given }) : undefined;
  // The arrow keys go the way that they point, also where the page reads from right to left.
  const step = (by: number) => () => go(addDays(day, document.documentElement.dir === "rtl" ? -by : by));
  useKeys({ t: () => go(today), arrowleft: step(-1), arrowright: step(1), n: () => book?.() });

  const shown = visits.data?.filter((visit) => isShown(visit, params.cancelled)) ?? [];
  const problem = visits.error ?? providers.error;
  const isReady = visits.data && providers.data;
  const layout = layOut(day, timeZone, providers.data ?? [], shown);
  const open = (id: string | null) => void setParams({ visit: id });

  return (
    <div className="flex h-full flex-col">
      <DayToolbar
        day={day}
        today={today}
        counted={shown.length}
        hidden={(visits.data?.length ?? 0) - shown.length}
        isWithCancelled={params.cancelled}
        onWithCancelled={(cancelled) => void setParams({ cancelled: cancelled || null })}
        onGo={go}
        onNew={book && (() => book())}
      />
      {problem && !isReady && (
        <ErrorState error={problem} retry={() => void Promise.all([visits.refetch(), providers.refetch()])} />
      )}
      {!problem && !isReady && <DayGridSkeleton />}
      {isReady && providers.data.length === 0 && (
        <EmptyState icon={CalendarX2Icon} title={t("noProviders")} text={t("noProvidersText")} className="flex-1" />
      )}
      {isReady && providers.data.length > 0 && (
        <>
          <DayGrid
            layout={layout}
            now={day === today ? wallOf(now, timeZone).minutes : undefined}
            onOpen={open}
            onBook={book}
          />
          <DayAgenda layout={layout} onOpen={open} />
        </>
      )}
      <VisitSheet visit={visits.data?.find((visit) => visit.id === params.visit)} onClose={() => open(null)} />
      {wish && <NewVisitDialog wish={wish} today={today} onClose={() => setWish(undefined)} onBooked={go} />}
    </div>
  );
}

function dayOf({ day, at }: { day: string | null; at: string | null }, timeZone: string): string | undefined {
  if (day && isDay(day)) return day;
  return at && !Number.isNaN(Date.parse(at)) ? wallOf(at, timeZone).day : undefined;
}
