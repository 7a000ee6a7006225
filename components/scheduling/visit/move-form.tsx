"use client";
import { useQuery } from "@tanstack/react-query";
import { useNow, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { Field } from "@/components/shared/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { type Appointment, providersQuery, type Slot } from "../queries";
import { Starts } from "../slot-picker";
import { isDay, wallOf } from "../wall";
import { seriesQuery, useStep } from "./queries";
import { restOf } from "./rest-of";
import { StepCard } from "./step-card";

/** Moves a visit to a start that is really free; the later ones of its series come along when asked. */
export function MoveForm({ visit, onDone }: { visit: Appointment; onDone: () => void }) {
  const t = useTranslations("calendar.steps");
  const { slug, timeZone } = useClinic();
  const id = useId();
  const now = useNow();
  const today = wallOf(now, timeZone).day;
  const own = wallOf(visit.starts_at, timeZone);
  const [day, setDay] = useState(own.day < today ? today : own.day);
  const [providerId, setProviderId] = useState(visit.provider.id);
  const [slot, setSlot] = useState<Slot>();
  const [isWithRest, setWithRest] = useState(true);
  const providers = useQuery(providersQuery(slug, day));
  const series = useQuery(seriesQuery(slug, visit.series?.id));
  const rest = series.data?.kind === "family" ? [] : restOf(series.data, visit, now);
  const move = useStep(slug, visit.id);
  const submit = () => {
    if (!slot) return;
    const carry = rest.length > 0 && isWithRest;
    const json = { step: "reschedule", starts_at: slot.starts_at, provider_id: slot.provider_id, carry };
    move.mutate(json, {
      onSuccess: () => {
        toast.success(t("moved", { name: isolate(visit.patient.name) }));
        onDone();
      },
      onError: () => setSlot(undefined),
    });
  };
  return (
    <StepCard
      title={t("move")}
      submit={t("move")}
      error={move.error}
      isReady={slot !== undefined && !move.isPending}
      onSubmit={submit}
      onBack={onDone}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t("day")}>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={today}
              value={day}
              onChange={(event) => {
                if (!isDay(event.target.value)) return;
                setDay(event.target.value);
                setSlot(undefined);
              }}
            />
          )}
        </Field>
        <Field label={t("provider")}>
          {(control) => (
            <Select
              value={providerId}
              onValueChange={(next) => {
                setProviderId(next);
                setSlot(undefined);
              }}
            >
              <SelectTrigger {...control} className="h-9">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {providers.data?.map((provider) => (
                  <SelectItem key={provider.id} value={provider.id}>
                    {provider.name}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )}
        </Field>
      </div>
      <Starts serviceId={visit.service.id} {...{ providerId, day, slot }} onSlot={setSlot} />
      {rest.length > 0 && (
        <label htmlFor={id} className="flex min-h-9 items-center justify-between gap-3 text-sm">
          {t("carry", { count: rest.length })}
          <Switch id={id} checked={isWithRest} onCheckedChange={setWithRest} />
        </label>
      )}
    </StepCard>
  );
}
