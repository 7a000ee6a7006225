"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import type { Appointment } from "../queries";
import { useStep } from "./queries";
import { Chips, StepCard } from "./step-card";

const MINUTES = ["10", "15", "20", "30", "45", "60"] as const;

/** The patient said that they come later: they count as missed only that much later. */
export function LateForm({ visit, onDone }: { visit: Appointment; onDone: () => void }) {
  const t = useTranslations("calendar.steps");
  const { slug } = useClinic();
  const [minutes, setMinutes] = useState<(typeof MINUTES)[number]>("15");
  const late = useStep(slug, visit.id);
  const onSuccess = () => {
    toast.success(t("lateDone", { name: isolate(visit.patient.name), minutes: Number(minutes) }));
    onDone();
  };
  return (
    <StepCard
      title={t("late")}
      submit={t("late")}
      error={late.error}
      isReady={!late.isPending}
      onSubmit={() => late.mutate({ step: "running-late", minutes: Number(minutes) }, { onSuccess })}
      onBack={onDone}
    >
      <Chips
        label={t("late")}
        options={MINUTES.map((value) => ({ value, label: t("lateBy", { minutes: Number(value) }) }))}
        chosen={minutes}
        onChoose={setMinutes}
      />
    </StepCard>
  );
}
