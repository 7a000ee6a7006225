"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { Field } from "@/components/shared/field";
import { Input } from "@/components/ui/input";
import { type Appointment, servicesQuery } from "../queries";
import { addDays, isDay, noonOf, wallOf } from "../wall";
import { addMonths } from "./months";
import { Chips, StepCard } from "./step-card";

const MONTHS = [3, 6, 12] as const;
const DAY = { weekday: "short", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;

interface CompleteFormProps {
  visit: Appointment;
  isBusy: boolean;
  onComplete: (nextFollowUpDate: string | undefined) => void;
  onBack: () => void;
}

/** The visit took place; when the patient is due again is proposed from the service, or in six months. */
export function CompleteForm({ visit, isBusy, onComplete, onBack }: CompleteFormProps) {
  const t = useTranslations("calendar.steps");
  const format = useFormatter();
  const { slug, timeZone } = useClinic();
  const today = wallOf(useNow(), timeZone).day;
  const services = useQuery(servicesQuery(slug));
  const interval = services.data?.find(({ id }) => id === visit.service.id)?.recall_interval_days;
  const usual = interval ? addDays(today, interval) : addMonths(today, 6);
  const [chosen, setChosen] = useState<string>();
  const day = chosen ?? usual;
  const choices = [
    ...(interval ? [{ value: usual, label: t("usual", { name: isolate(visit.service.name) }) }] : []),
    ...MONTHS.map((count) => ({ value: addMonths(today, count), label: t("inMonths", { count }) })).filter(
      ({ value }) => !interval || value !== usual,
    ),
    { value: "", label: t("noFollowUp") },
  ];
  const isValid = day === "" || (isDay(day) && day > today);
  return (
    <StepCard
      title={t("complete")}
      submit={t("completeSubmit")}
      isReady={isValid && !isBusy}
      onSubmit={() => onComplete(day || undefined)}
      onBack={onBack}
    >
      <Chips label={t("followUp")} options={choices} chosen={day} onChoose={setChosen} />
      {day !== "" && (
        <Field
          label={t("followUp")}
          hint={isValid ? format.dateTime(noonOf(day), DAY) : undefined}
          error={isValid ? undefined : t("ahead")}
        >
          {(control) => (
            <Input
              {...control}
              type="date"
              min={addDays(today, 1)}
              value={day}
              onChange={(event) => setChosen(event.target.value || usual)}
            />
          )}
        </Field>
      )}
    </StepCard>
  );
}
