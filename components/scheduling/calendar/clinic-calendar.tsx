"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CalendarX2Icon } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { useKeys } from "@/components/shared/keys";
import { may } from "@/lib/identity/permissions";
import { NewVisitDialog, type VisitWish } from "../new-visit-dialog";
import { type Calendar, calendarQuery } from "../queries";
import { VisitSheet } from "../visit-sheet";
import { addDays, wallOf } from "../wall";
import { CalendarBody } from "./calendar-body";
import { Filters } from "./filters";
import { CalendarSkeleton } from "./calendar-skeleton";
import { layOut, NO_CHAIR, type Sheet, type SheetAsk } from "./model";
import { daysOf, PARAMS, type View } from "./params";
import { PrintSheet } from "./print-sheet";
import { Toolbar } from "./toolbar";
import { Totals } from "./totals";
import { useIsPhone } from "./use-is-phone";
import { WeekOf } from "./week-of";

interface ClinicCalendarProps {
  weekStart: number;
  ownProviderId: string | null;
}

/** The book as the desk works with it: a day by provider or chair, a provider's week, a list; a phone's agenda. */
export function ClinicCalendar({ weekStart, ownProviderId }: ClinicCalendarProps) {
  const t = useTranslations("calendar");
  const { slug, timeZone, role } = useClinic();
  const [params, setParams] = useQueryStates(PARAMS);
  const [wish, setWish] = useState<VisitWish>();
  const now = useNow({ updateInterval: 30_000 });
  const isPhone = useIsPhone();
  const today = wallOf(now, timeZone).day;
  const view = isPhone && params.view === "week" ? "day" : params.view;
  const by = isPhone || view === "week" ? "provider" : params.by;
  const { day, days } = daysOf({ ...params, view }, { timeZone, today, weekStart });
  const [from = day, to = day] = [days[0], days.at(-1)];
  const calendar = useQuery({ ...calendarQuery(slug, from, to), placeholderData: keepPreviousData });
  const data = calendar.isPlaceholderData && view !== "week" ? withoutVisits(calendar.data, days) : calendar.data;

  const only = onlyOf(params.only, { view, isPhone, ownProviderId, first: data?.providers[0]?.id });
  const ask: SheetAsk = { days, by, timeZone, only, services: params.services, isWithCancelled: params.cancelled };
  const sheet = useSheet(data, ownProviderId, ask);

  const go = (next: string) => void setParams({ day: next === today ? null : next, at: null, visit: null });
  const look = (next: View) => void setParams({ view: next });
  const open = (id: string | null) => void setParams({ visit: id });
  const mayWrite = may(role, "appointment.write");
  const book = mayWrite ? (given: Partial<VisitWish> = {}) => setWish({ day, ...given }) : undefined;
  // The arrow keys go the way that they point, also where the page reads from right to left.
  const isMirrored = () => document.documentElement.dir === "rtl";
  const step = (by: number) => () => go(addDays(day, days.length * (isMirrored() ? -by : by)));
  useKeys({
    t: () => go(today),
    d: () => look("day"),
    w: () => look("week"),
    l: () => look("list"),
    arrowleft: step(-1),
    arrowright: step(1),
    n: () => book?.(),
  });

  return (
    <div className="flex h-full flex-col print:h-auto">
      <Toolbar
        {...{ days, day, today, weekStart, view, by }}
        onGo={go}
        onView={look}
        onBy={(next) => void setParams({ by: next, only: null })}
        onNew={book && (() => book())}
      >
        {view === "week" && data && (
          <WeekOf providers={data.providers} value={only[0]} onChange={(id) => void setParams({ only: [id] })} />
        )}
        {data && (
          <Filters
            columnsLabel={t(`columns.${by}`)}
            columns={view === "week" ? [] : by === "provider" ? data.providers : data.operatories}
            {...{ only: view === "week" ? [] : only, services: params.services, colour: params.colour }}
            cancelled={params.cancelled}
            hidden={sheet?.cancelled ?? 0}
            onChange={(changed) => void setParams(changed)}
          />
        )}
      </Toolbar>
      {sheet && <Totals sheet={sheet} />}
      {calendar.error && !data && <ErrorState error={calendar.error} retry={() => void calendar.refetch()} />}
      {!calendar.error && (!data || isPhone === undefined) && <CalendarSkeleton />}
      {data && data.providers.length === 0 && (
        <EmptyState icon={CalendarX2Icon} title={t("noProviders")} text={t("noProvidersText")} className="flex-1" />
      )}
      {data && sheet && data.providers.length > 0 && isPhone !== undefined && (
        <CalendarBody
          key={view}
          {...{ data, sheet, by, view, isPhone, day, today, weekStart, only, now, colourBy: params.colour, mayWrite }}
          onOpen={open}
          onGo={go}
          onOnly={(id) => void setParams({ only: [id ?? EVERYONE] })}
          onWeekOf={(id) => void setParams({ only: [id], view: "week" })}
          onBook={book && ((place) => book(wishAt(place, by)))}
        />
      )}
      {sheet && <PrintSheet sheet={sheet} by={by} />}
      <VisitSheet visit={data?.visits.find((visit) => visit.id === params.visit)} onClose={() => open(null)} />
      {wish && <NewVisitDialog wish={wish} today={today} onClose={() => setWish(undefined)} onBooked={go} />}
    </div>
  );
}

/** Says that no column is chosen, where a provider's own would be. */
const EVERYONE = "all";

interface OnlyAsk extends Pick<ClinicCalendarProps, "ownProviderId"> {
  view: View;
  isPhone: boolean | undefined;
  first: string | undefined;
}

/** Whose columns: those that were chosen; of a week one; on a provider's own phone theirs. */
function onlyOf(chosen: readonly string[], { view, isPhone, ownProviderId, first }: OnlyAsk): string[] {
  const ids = chosen.filter((id) => id !== EVERYONE);
  if (view === "week") return [ids[0] ?? ownProviderId ?? first].flatMap((id) => id ?? []);
  return isPhone && chosen.length === 0 && ownProviderId ? [ownProviderId] : ids;
}

/** The same sheet as long as what is asked for is the same: its lists are made anew each time. */
function useSheet(calendar: Calendar | undefined, ownId: string | null, ask: SheetAsk): Sheet | undefined {
  const key = JSON.stringify(ask);
  return useMemo(() => {
    const asked: SheetAsk = JSON.parse(key);
    return calendar && layOut(ownFirst(calendar, ownId), asked);
  }, [calendar, ownId, key]);
}

const ownFirst = (calendar: Calendar, ownId: string | null): Calendar =>
  ownId
    ? { ...calendar, providers: calendar.providers.toSorted((a, b) => Number(b.id === ownId) - Number(a.id === ownId)) }
    : calendar;

const wishAt = ({ columnId, day, minutes }: { columnId: string; day: string; minutes: number }, by: Sheet["by"]) => ({
  day,
  minutes,
  ...(by === "provider" ? { providerId: columnId } : columnId === NO_CHAIR ? {} : { operatoryId: columnId }),
});

/** Until another day has come its columns stand, empty: nothing jumps, and no visit is shown on a wrong day. */
const withoutVisits = (calendar: Calendar | undefined, days: readonly string[]): Calendar | undefined =>
  calendar && {
    ...calendar,
    visits: [],
    busy: [],
    time_off: [],
    providers: calendar.providers.map((one) => ({
      ...one,
      days: days.map((day) => ({ day, hours: one.days[0]?.hours ?? [] })),
    })),
  };
