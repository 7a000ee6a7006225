"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleAlertIcon, CircleCheckIcon, MoveRightIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { Field } from "@/components/shared/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import type { Appointment } from "../queries";
import { addDays, instantAt, wallOf } from "../wall";
import { addMonths } from "./months";
import { previewQuery, type PreviewVisit, useBookNext } from "./queries";
import { StepCard } from "./step-card";

const UNITS = ["week", "month"] as const;
type Unit = (typeof UNITS)[number];
const MOST = { every: 24, count: 12 } as const;
const MOMENT = {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
} as const;

/** Books the next visit, or several, at the same time of day: what is taken moves to the nearest free time, seen first. */
export function NextForm({ visit, onDone }: { visit: Appointment; onDone: () => void }) {
  const t = useTranslations("calendar.steps");
  const { slug, timeZone } = useClinic();
  const [every, setEvery] = useState(6);
  const [unit, setUnit] = useState<Unit>("month");
  const [count, setCount] = useState(1);
  const { day, minutes } = wallOf(visit.starts_at, timeZone);
  const first = unit === "month" ? addMonths(day, every) : addDays(day, 7 * every);
  const starts_at = instantAt(first, minutes, timeZone).toISOString();
  const isAsked = every >= 1 && every <= MOST.every && count >= 1 && count <= MOST.count;
  const preview = useQuery({
    ...previewQuery(slug, visit, { starts_at, every, unit, count }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  const book = useBookNext(slug, visit);
  const dates = preview.data ?? [];
  const isFree = isAsked && preview.isSuccess && !preview.isPlaceholderData && dates.every(({ conflict }) => !conflict);
  const submit = () =>
    book.mutate(dates, {
      onSuccess: () => {
        toast.success(t("nextBooked", { count: dates.length, name: isolate(visit.patient.name) }));
        onDone();
      },
    });
  const number = (text: string, most: number) => Math.min(most, Math.max(1, Math.round(Number(text)) || 1));
  return (
    <StepCard
      title={t("next")}
      submit={t("nextSubmit", { count })}
      error={book.error}
      isReady={isFree && !book.isPending}
      onSubmit={submit}
      onBack={onDone}
    >
      <div className="grid grid-cols-3 gap-3">
        <Field label={t("every")}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={MOST.every}
              value={every}
              onChange={(event) => setEvery(number(event.target.value, MOST.every))}
            />
          )}
        </Field>
        <Field label={t("unit")}>
          {(control) => (
            <Select value={unit} onValueChange={(next) => setUnit(UNITS.find((one) => one === next) ?? "month")}>
              <SelectTrigger {...control} className="h-9">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {UNITS.map((one) => (
                  <SelectItem key={one} value={one}>
                    {t(`units.${one}`, { count: every })}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )}
        </Field>
        <Field label={t("count")}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={MOST.count}
              value={count}
              onChange={(event) => setCount(number(event.target.value, MOST.count))}
            />
          )}
        </Field>
      </div>
      {preview.isPending && <Skeleton className="h-12" />}
      {preview.isError && <ErrorState error={preview.error} retry={() => void preview.refetch()} />}
      <ol aria-label={t("dates")} className="scroll-slim grid max-h-56 gap-1.5 overflow-y-auto">
        {dates.map((date) => (
          <DateLine key={date.position} date={date} />
        ))}
      </ol>
    </StepCard>
  );
}

/** A date as it will be booked: as wished, moved, or not to be had. */
function DateLine({ date }: { date: PreviewVisit }) {
  const t = useTranslations("calendar.steps");
  const errors = useTranslations("errors");
  const format = useFormatter();
  const Icon = date.conflict ? CircleAlertIcon : date.is_shifted ? MoveRightIcon : CircleCheckIcon;
  const tone = date.conflict ? "text-danger" : date.is_shifted ? "text-warning" : "text-success";
  const conflict = (["SLOT_TAKEN", "OUTSIDE_HOURS", "TOO_SOON"] as const).find((code) => code === date.conflict);
  return (
    <li className="flex items-start gap-2 text-sm">
      <Icon aria-hidden className={`mirror-rtl mt-0.5 size-4 shrink-0 ${tone}`} />
      <span className="grid">
        {format.dateTime(new Date(date.starts_at ?? date.wished_at), MOMENT)}
        {date.is_shifted && (
          <span className="text-xs text-muted-foreground">
            {t("shifted", { wished: format.dateTime(new Date(date.wished_at), MOMENT) })}
          </span>
        )}
        {date.conflict && <span className="text-xs text-danger">{errors(conflict ?? "CONFLICT")}</span>}
      </span>
    </li>
  );
}
