"use client";
import { useQuery } from "@tanstack/react-query";
import { useNow, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { Field } from "@/components/shared/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import type { Appointment } from "../queries";
import { seriesQuery } from "./queries";
import { restOf } from "./rest-of";
import { Chips, StepCard } from "./step-card";

const REASONS = ["patient", "ill", "provider", "mistake"] as const;

interface CancelFormProps {
  visit: Appointment;
  isBusy: boolean;
  onCancel: (reason: string, rest: "keep" | "cancel") => void;
  onBack: () => void;
}

/** Asks why, with the consequence in words, and what becomes of the visits that belong to it. */
export function CancelForm({ visit, isBusy, onCancel, onBack }: CancelFormProps) {
  const t = useTranslations("calendar.steps");
  const acts = useTranslations("calendar.acts");
  const { slug } = useClinic();
  const id = useId();
  const now = useNow();
  const series = useQuery(seriesQuery(slug, visit.series?.id));
  const rest = restOf(series.data, visit, now);
  const [reason, setReason] = useState("");
  const [isWithRest, setWithRest] = useState(false);
  const options = REASONS.map((name) => ({ value: t(`reasons.${name}`), label: t(`reasons.${name}`) }));
  return (
    <StepCard
      title={acts("cancel")}
      text={acts("cancelText", { name: isolate(visit.patient.name) })}
      submit={acts("cancel")}
      tone="danger"
      isReady={!isBusy}
      onSubmit={() => onCancel(reason.trim() || acts("byClinic"), isWithRest ? "cancel" : "keep")}
      onBack={onBack}
    >
      <Chips label={acts("reason")} options={options} chosen={reason} onChoose={setReason} />
      <Field label={acts("reason")}>
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            placeholder={acts("byClinic")}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {rest.length > 0 && (
        <label htmlFor={id} className="flex min-h-9 items-center justify-between gap-3 text-sm">
          {t(series.data?.kind === "family" ? "cancelFamily" : "cancelRest", { count: rest.length })}
          <Switch id={id} checked={isWithRest} onCheckedChange={setWithRest} />
        </label>
      )}
    </StepCard>
  );
}
