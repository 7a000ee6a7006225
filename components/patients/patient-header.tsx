"use client";
import { CalendarPlusIcon, EllipsisIcon, InboxIcon, MergeIcon, PencilIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useClinic } from "@/components/shared/clinic-context";
import { LocalTime } from "@/components/shared/local-time";
import { PersonName } from "@/components/shared/person-name";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { may } from "@/lib/identity/permissions";
import type { PatientDetail } from "@/lib/patients/schema";
import { useDay } from "./day-text";
import { FollowUpField } from "./follow-up-field";
import { LanguageName, PatientTypeBadge } from "./patient-facts";

export type HeaderAct = "book" | "edit" | "merge";

interface PatientHeaderProps {
  patient: PatientDetail;
  today: string;
  onAct: (act: HeaderAct) => void;
}

/** Who it is, what comes next, and what one does from here. */
export function PatientHeader({ patient, today, onAct }: PatientHeaderProps) {
  const t = useTranslations("patients.record");
  const { slug, role } = useClinic();
  const isGone = patient.merged_into_id !== null;
  const mayWrite = may(role, "patient.write") && !isGone;
  const next = patient.next_visit;
  return (
    <header className="grid gap-4 rounded-lg border bg-card p-4 shadow-raised md:p-5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-72 items-center gap-4">
          <Avatar name={patient.name} className="size-12 text-base" />
          <div className="min-w-0">
            <h1 className="text-xl font-semibold tracking-tight">
              <PersonName>{patient.name}</PersonName>
            </h1>
            <Facts patient={patient} />
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {patient.conversations[0] && (
            <Button asChild>
              <Link href={`/c/${slug}/inbox?${new URLSearchParams({ id: patient.conversations[0].id })}`}>
                <InboxIcon aria-hidden />
                {t("conversation")}
              </Link>
            </Button>
          )}
          {may(role, "appointment.write") && !isGone && (
            <Button variant="primary" onClick={() => onAct("book")}>
              <CalendarPlusIcon aria-hidden />
              {t("book")}
            </Button>
          )}
          {mayWrite && <More onAct={onAct} />}
        </div>
      </div>
      <dl className="grid gap-3 border-t pt-3 sm:grid-cols-2">
        <div className="grid gap-0.5">
          <dt className="text-xs text-muted-foreground">{t("nextVisit")}</dt>
          <dd className="flex min-h-8 flex-wrap items-center gap-x-2">
            {next ? (
              <Link
                className="font-medium text-primary-text hover:underline"
                href={`/c/${slug}/calendar?${new URLSearchParams({ at: next.starts_at, visit: next.id })}`}
              >
                <LocalTime at={next.starts_at} show="dayTime" /> · <bdi>{next.service}</bdi>
              </Link>
            ) : (
              t("noVisit")
            )}
            {next && (
              <span className="text-muted-foreground">
                <bdi>{next.provider}</bdi>
              </span>
            )}
          </dd>
        </div>
        <div className="grid gap-0.5">
          <dt className="text-xs text-muted-foreground">{t("followUp")}</dt>
          <dd>
            <FollowUpField patient={patient} today={today} mayWrite={mayWrite} />
          </dd>
        </div>
      </dl>
    </header>
  );
}

function Facts({ patient }: { patient: PatientDetail }) {
  const t = useTranslations("patients.record");
  const day = useDay();
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted-foreground">
      <PatientTypeBadge type={patient.patient_type} />
      {patient.age !== null && patient.birth_date && (
        <span>
          {t("age", { age: patient.age })} · {t("born", { date: day(patient.birth_date) })}
        </span>
      )}
      {patient.language && (
        <span>
          <LanguageName tag={patient.language} />
        </span>
      )}
      {patient.time_zone && <bdi dir="ltr">{patient.time_zone}</bdi>}
    </p>
  );
}

function More({ onAct }: { onAct: (act: HeaderAct) => void }) {
  const t = useTranslations("patients.record");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="icon" aria-label={t("more")}>
          <EllipsisIcon aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => onAct("edit")}>
          <PencilIcon aria-hidden />
          {t("edit")}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onAct("merge")}>
          <MergeIcon aria-hidden />
          {t("merge")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
