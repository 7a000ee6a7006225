"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { Field } from "@/components/shared/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import type { Appointment } from "../queries";
import { isDay, wallOf } from "../wall";
import { bookedOnQuery, useStep } from "./queries";
import { StepCard } from "./step-card";

const TIME = { hour: "numeric", minute: "2-digit" } as const;

/** Changes places with another booked visit, of this day or of another. */
export function SwapForm({ visit, onDone }: { visit: Appointment; onDone: () => void }) {
  const t = useTranslations("calendar.steps");
  const words = useTranslations("calendar.swap");
  const format = useFormatter();
  const { slug, timeZone } = useClinic();
  const now = useNow();
  const [day, setDay] = useState(wallOf(visit.starts_at, timeZone).day);
  const [otherId, setOtherId] = useState<string>();
  const booked = useQuery(bookedOnQuery(slug, day));
  const others = booked.data?.filter(({ id, starts_at }) => id !== visit.id && Date.parse(starts_at) > now.getTime());
  const other = others?.find(({ id }) => id === otherId);
  const swap = useStep(slug, visit.id);
  const submit = () => {
    if (!other) return;
    const names = { one: isolate(visit.patient.name), other: isolate(other.patient.name) };
    const onSuccess = () => {
      toast.success(words("done", names));
      onDone();
    };
    swap.mutate({ step: "swap", with: other.id }, { onSuccess });
  };
  return (
    <StepCard
      title={t("swap")}
      text={t("swapText")}
      submit={words("swap")}
      error={swap.error}
      isReady={other !== undefined && !swap.isPending}
      onSubmit={submit}
      onBack={onDone}
    >
      <Field label={t("day")}>
        {(control) => (
          <Input
            {...control}
            type="date"
            min={wallOf(now, timeZone).day}
            value={day}
            onChange={(event) => isDay(event.target.value) && setDay(event.target.value)}
          />
        )}
      </Field>
      {booked.isPending && <Skeleton className="h-24" />}
      {booked.isError && <ErrorState error={booked.error} retry={() => void booked.refetch()} />}
      {others?.length === 0 && <p className="text-sm text-muted-foreground">{t("noOthers")}</p>}
      <div role="group" aria-label={t("others")} className="scroll-slim grid max-h-56 gap-1 overflow-y-auto p-0.5">
        {others?.map((one) => (
          <button
            key={one.id}
            type="button"
            aria-pressed={one.id === otherId}
            onClick={() => setOtherId(one.id)}
            className="grid min-h-11 grid-cols-[4.5rem_1fr] items-center gap-2 rounded-md border px-2.5 py-1.5 text-start text-sm transition-colors hover:border-ring hover:bg-accent aria-pressed:border-primary aria-pressed:bg-primary-soft"
          >
            <time dateTime={one.starts_at} className="tabular-nums">
              {format.dateTime(new Date(one.starts_at), TIME)}
            </time>
            <span className="min-w-0">
              <span className="block truncate font-medium">{one.patient.name}</span>
              <span className="block truncate text-xs text-muted-foreground">
                {t("other", { service: isolate(one.service.name), provider: isolate(one.provider.name) })}
              </span>
            </span>
          </button>
        ))}
      </div>
    </StepCard>
  );
}
