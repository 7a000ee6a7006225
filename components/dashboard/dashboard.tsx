"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { ZoneNote } from "@/components/shared/local-time";
import { PageHeader } from "@/components/shared/page-header";
import { DashboardSkeleton } from "./dashboard-skeleton";
import { Figures } from "./figures";
import { NextVisits } from "./next-visits";
import { dashboardQuery } from "./queries";
import { Sources } from "./sources";
import { Tasks } from "./tasks";
import { Trend } from "./trend";

const MINUTE_MS = 60_000;

/** Today at a glance, live. */
export function Dashboard() {
  const t = useTranslations("dashboard");
  const format = useFormatter();
  const { slug } = useClinic();
  const now = useNow({ updateInterval: MINUTE_MS });
  // What is upcoming also changes by the clock alone.
  const dashboard = useQuery({ ...dashboardQuery(slug), refetchInterval: MINUTE_MS });
  const today = format.dateTime(now, { weekday: "long", day: "numeric", month: "long" });

  return (
    <div className="mx-auto grid w-full max-w-6xl gap-6 p-4 md:p-6 lg:p-8">
      <PageHeader
        title={t("title")}
        description={
          <>
            <span suppressHydrationWarning>{today}</span>
            <ZoneNote />
          </>
        }
      />
      {dashboard.isPending && <DashboardSkeleton />}
      {dashboard.isError && !dashboard.data && (
        <ErrorState error={dashboard.error} retry={() => void dashboard.refetch()} />
      )}
      {dashboard.data && (
        <>
          <Figures today={dashboard.data.today} inbox={dashboard.data.inbox} />
          {/* Two columns that each fill themselves; on a phone one, with what must be done before what was. */}
          <div className="flex flex-col gap-6 lg:grid lg:grid-cols-[5fr_3fr] lg:items-start">
            <div className="contents lg:grid lg:gap-6">
              <NextVisits visits={dashboard.data.next} />
              <Trend days={dashboard.data.trend} className="max-lg:order-1" />
            </div>
            <div className="contents lg:grid lg:gap-6">
              <Tasks tasks={dashboard.data.tasks} />
              <Sources sources={dashboard.data.by_source} className="max-lg:order-1" />
            </div>
          </div>
        </>
      )}
    </div>
  );
}
