"use client";
import { useQuery } from "@tanstack/react-query";
import { CalendarClockIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { ZoneNote } from "@/components/shared/local-time";
import { PageHeader } from "@/components/shared/page-header";
import { Button } from "@/components/ui/button";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { may } from "@/lib/identity/permissions";
import { ColorDot } from "./color-dot";
import { Exceptions } from "./exceptions";
import { HoursWork } from "./hours-work";
import { OverlappedVisits } from "./overlapped-visits";
import { overlappedQuery, type ProviderSchedule, scheduleQuery } from "./queries";

/** When everybody works: weeks, seasons, days off, and what can be booked because of it. */
export function Schedule() {
  const t = useTranslations("setUp.schedule");
  const { slug, role } = useClinic();
  const schedule = useQuery(scheduleQuery(slug));
  const overlapped = useQuery(overlappedQuery(slug));
  const [asked, setAsked] = useQueryState("provider", parseAsString);
  const people = (schedule.data?.providers ?? []).filter(({ is_active }) => is_active);
  const provider = people.find(({ id }) => id === asked) ?? people[0];
  const isReadOnly = !may(role, "schedule.write");
  return (
    <div className="mx-auto grid w-full max-w-6xl gap-5 p-4 md:p-6">
      <PageHeader
        title={t("title")}
        description={
          <>
            {t(isReadOnly ? "textReadOnly" : "text")}
            <ZoneNote />
          </>
        }
        actions={
          provider && <ProviderSelect people={people} value={provider.id} onChange={(id) => void setAsked(id)} />
        }
      />
      {overlapped.data && (
        <OverlappedVisits overlapped={overlapped.data} title={t("overlapped", { count: overlapped.data.total })} />
      )}
      {schedule.isPending && <ScheduleSkeleton />}
      {schedule.isError && <ErrorState error={schedule.error} retry={() => void schedule.refetch()} />}
      {schedule.data && !provider && (
        <EmptyState
          icon={CalendarClockIcon}
          title={t("nobody")}
          text={t("nobodyText")}
          action={
            <Button asChild variant="primary">
              <Link href={`/c/${slug}/providers`}>{t("toProviders")}</Link>
            </Button>
          }
        />
      )}
      {schedule.data && provider && (
        <>
          <HoursWork key={provider.id} schedule={schedule.data} provider={provider} isReadOnly={isReadOnly} />
          <Exceptions schedule={schedule.data} provider={provider} isReadOnly={isReadOnly} />
        </>
      )}
    </div>
  );
}

interface ProviderSelectProps {
  people: readonly ProviderSchedule[];
  value: string;
  onChange: (id: string) => void;
}

function ProviderSelect({ people, value, onChange }: ProviderSelectProps) {
  const t = useTranslations("setUp.schedule");
  return (
    <Select value={value} onValueChange={onChange}>
      <SelectTrigger aria-label={t("provider")} className="w-60 max-w-full">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {people.map(({ id, name, color }) => (
          <SelectItem key={id} value={id}>
            <span className="flex items-center gap-2">
              <ColorDot color={color} />
              {name}
            </span>
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}

const ScheduleSkeleton = () => (
  <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
    <Skeleton className="h-112 w-full rounded-lg" />
    <Skeleton className="h-96 w-full rounded-lg" />
  </div>
);
