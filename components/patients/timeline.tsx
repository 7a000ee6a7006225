"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { HistoryIcon } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { addDays, noonOf, wallOf } from "@/components/scheduling/wall";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { may } from "@/lib/identity/permissions";
import { TIMELINE_KINDS, type PatientDetail, type TimelineKind } from "@/lib/patients/schema";
import { NoteForm } from "./note-form";
import { timelineQuery } from "./queries";
import { Entry } from "./timeline-entry";
import type { TimelineEntry } from "./timeline-entry-schema";

interface TimelineProps {
  patient: PatientDetail;
  initial: TimelineKind[];
  mayWrite: boolean;
}

/** All that happened, newest first, by day; narrowed to the kinds that one looks for. */
export function Timeline({ patient, initial, mayWrite }: TimelineProps) {
  const t = useTranslations("patients.timeline");
  const { slug, role, timeZone } = useClinic();
  const [kinds, setKinds] = useState(initial);
  const story = useInfiniteQuery(timelineQuery(slug, patient.id, kinds));
  const entries = story.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card aria-labelledby="timeline">
      <CardHeader className="flex-wrap">
        <CardTitle id="timeline">{t("title")}</CardTitle>
        <Kinds kinds={kinds} onChange={setKinds} />
      </CardHeader>
      {mayWrite && may(role, "patient.write") && <NoteForm patientId={patient.id} />}
      {story.isPending && <TimelineSkeleton />}
      {story.isError && entries.length === 0 && <ErrorState error={story.error} retry={() => void story.refetch()} />}
      {story.isSuccess && entries.length === 0 && (
        <EmptyState icon={HistoryIcon} title={t("empty")} text={t("emptyText")} />
      )}
      <div className={cn("px-4 pb-2", story.isPlaceholderData && "opacity-60")}>
        {daysOf(entries, timeZone).map(({ day, entries: theirs }) => (
          <section key={day} aria-label={day}>
            <DayHeading day={day} />
            <ol>
              {theirs.map((entry) => (
                <Entry key={`${entry.kind} ${entry.id}`} entry={entry} patientId={patient.id} mayWrite={mayWrite} />
              ))}
            </ol>
          </section>
        ))}
      </div>
      {story.hasNextPage && (
        <div className="border-t p-3 text-center">
          <Button variant="ghost" disabled={story.isFetchingNextPage} onClick={() => void story.fetchNextPage()}>
            {t("older")}
          </Button>
        </div>
      )}
    </Card>
  );
}

function daysOf(entries: TimelineEntry[], timeZone: string) {
  const days: { day: string; entries: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const { day } = wallOf(entry.at, timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

function DayHeading({ day }: { day: string }) {
  const t = useTranslations("patients.timeline");
  const format = useFormatter();
  const { timeZone } = useClinic();
  const today = wallOf(useNow(), timeZone).day;
  const words = format.dateTime(noonOf(day), {
    ...{ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" },
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" }),
  });
  const near = day === today ? t("today") : day === addDays(today, -1) ? t("yesterday") : undefined;
  return (
    <h3 className="sticky top-0 z-10 -mx-4 bg-card px-4 pt-4 pb-1.5 text-xs font-medium text-muted-foreground">
      {near ? `${near} · ${words}` : words}
    </h3>
  );
}

function Kinds({ kinds, onChange }: { kinds: TimelineKind[]; onChange: (kinds: TimelineKind[]) => void }) {
  const t = useTranslations("patients.timeline");
  const toggle = (kind: TimelineKind) =>
    onChange(
      kinds.includes(kind)
        ? kinds.filter((one) => one !== kind)
        : TIMELINE_KINDS.filter((one) => one === kind || kinds.includes(one)),
    );
  const pill =
    "h-7 rounded-md px-2 text-xs font-medium whitespace-nowrap text-muted-foreground transition-colors hover:bg-accent hover:text-foreground aria-pressed:bg-primary-soft aria-pressed:text-primary-text pointer-coarse:h-10 pointer-coarse:px-3";
  return (
    <div role="group" aria-label={t("filter")} className="-mx-1 flex max-w-full gap-1 overflow-x-auto p-1">
      <button type="button" aria-pressed={kinds.length === 0} onClick={() => onChange([])} className={pill}>
        {t("all")}
      </button>
      {TIMELINE_KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          aria-pressed={kinds.includes(kind)}
          onClick={() => toggle(kind)}
          className={pill}
        >
          {t(`kinds.${kind}`)}
        </button>
      ))}
    </div>
  );
}

function TimelineSkeleton() {
  return (
    <div className="grid gap-5 p-4">
      {Array.from({ length: 5 }, (_, at) => (
        <div key={at} className="flex gap-3">
          <Skeleton className="size-7 rounded-full" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-4 w-2/5" />
            <Skeleton className="h-3 w-3/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
