"use client";
import { CalendarClockIcon, PencilIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { toast } from "sonner";
import { useClinic } from "@/components/shared/clinic-context";
import { useToastError } from "@/components/shared/error-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { PatientDetail } from "@/lib/patients/schema";
import { DayText, useDay } from "./day-text";
import { useUpdatePatient } from "./queries";

interface FollowUpFieldProps {
  patient: PatientDetail;
  today: string;
  mayWrite: boolean;
}

/** When the patient is due again: changed in place, and taken back from the toast. */
export function FollowUpField({ patient, today, mayWrite }: FollowUpFieldProps) {
  const t = useTranslations("patients.record");
  const [draft, setDraft] = useState<string>();
  const save = useSaveFollowUp(patient);
  const id = useId();
  const day = patient.next_follow_up_date;
  if (draft !== undefined)
    return (
      <form
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          save(draft || null);
          setDraft(undefined);
        }}
      >
        <label htmlFor={id} className="sr-only">
          {t("followUpLabel")}
        </label>
        <Input
          id={id}
          autoFocus
          type="date"
          className="h-8 w-40"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
        />
        <Button type="submit" variant="primary">
          {t("save")}
        </Button>
        <Button variant="ghost" onClick={() => setDraft(undefined)}>
          {t("cancel")}
        </Button>
      </form>
    );
  return (
    <span className="flex min-h-8 flex-wrap items-center gap-2">
      {day ? <DayText day={day} /> : !mayWrite && "—"}
      {day && day <= today && <Due />}
      {mayWrite && (
        <Button size="sm" variant={day ? "ghost" : "outline"} onClick={() => setDraft(day ?? "")}>
          {day ? <PencilIcon aria-hidden /> : <CalendarClockIcon aria-hidden />}
          {t("followUpSet")}
        </Button>
      )}
      {mayWrite && day && (
        <Button size="iconSm" variant="ghost" aria-label={t("followUpClear")} onClick={() => save(null)}>
          <XIcon aria-hidden />
        </Button>
      )}
    </span>
  );
}

function Due() {
  const t = useTranslations("patients");
  return (
    <Badge tone="warning">
      <CalendarClockIcon aria-hidden />
      {t("due")}
    </Badge>
  );
}

function useSaveFollowUp(patient: PatientDetail): (day: string | null) => void {
  const t = useTranslations("patients.record");
  const common = useTranslations("common");
  const { slug } = useClinic();
  const update = useUpdatePatient(slug, patient.id);
  const onError = useToastError();
  const format = useDay();
  const before = patient.next_follow_up_date;
  return (day) => {
    if (day === before) return;
    const undo = {
      label: common("undo"),
      onClick: () => update.mutate({ next_follow_up_date: before }, { onError }),
    };
    update.mutate(
      { next_follow_up_date: day },
      {
        onError,
        onSuccess: () =>
          void toast.success(day ? t("followUpSaved", { date: format(day) }) : t("followUpCleared"), { action: undo }),
      },
    );
  };
}
