"use client";
import { CalendarDaysIcon, InboxIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useClinic } from "@/components/shared/clinic-context";
import { LocalTime } from "@/components/shared/local-time";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTitle } from "@/components/ui/dialog";
import type { PatientItem } from "@/lib/patients/schema";
import { LanguageName, PatientTypeBadge } from "./patient-facts";

/** The essentials of a patient found by search, and the ways on from there. */
export function PatientDialog({ patient, onClose }: { patient: PatientItem; onClose: () => void }) {
  const t = useTranslations("common.patient");
  const { slug } = useClinic();
  const next = patient.next_visit;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent aria-describedby={undefined} className="max-w-sm">
        <div className="flex items-center gap-3 pe-8">
          <Avatar name={patient.name} className="size-10 text-sm" />
          <div className="min-w-0">
            <DialogTitle className="truncate">{patient.name}</DialogTitle>
            <PatientTypeBadge type={patient.patient_type} />
          </div>
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
          <dt className="text-muted-foreground">{t("phone")}</dt>
          <dd>
            <bdi>{patient.phone ?? t("none")}</bdi>
          </dd>
          <dt className="text-muted-foreground">{t("email")}</dt>
          <dd className="truncate">
            <bdi>{patient.email ?? t("none")}</bdi>
          </dd>
          <dt className="text-muted-foreground">{t("language")}</dt>
          <dd>{patient.language ? <LanguageName tag={patient.language} /> : t("unknown")}</dd>
          <dt className="text-muted-foreground">{t("nextVisit")}</dt>
          <dd>{next ? <LocalTime at={next.starts_at} show="dayTime" /> : t("noVisit")}</dd>
        </dl>
        <div className="flex gap-2">
          <Button asChild className="flex-1">
            <Link
              href={`/c/${slug}/inbox?${new URLSearchParams({ q: patient.phone ?? patient.name })}`}
              onClick={onClose}
            >
              <InboxIcon aria-hidden />
              {t("conversations")}
            </Link>
          </Button>
          {next && (
            <Button asChild className="flex-1">
              <Link
                href={`/c/${slug}/calendar?${new URLSearchParams({ at: next.starts_at, visit: next.id })}`}
                onClick={onClose}
              >
                <CalendarDaysIcon aria-hidden />
                {t("openDay")}
              </Link>
            </Button>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}
