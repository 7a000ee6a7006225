"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeftIcon, UserRoundXIcon } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { NewVisitDialog } from "@/components/scheduling/new-visit-dialog";
import { wallOf } from "@/components/scheduling/wall";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiError } from "@/lib/http/client";
import type { PatientDetail } from "@/lib/patients/schema";
import { ConsentCard } from "./consent-card";
import { ContactPointsCard } from "./contact-points-card";
import { DuplicatesCard } from "./duplicates-card";
import { EditPatientDialog } from "./edit-patient-dialog";
import { MergeDialog } from "./merge-dialog";
import { PatientHeader, type HeaderAct } from "./patient-header";
import { patientQuery } from "./queries";
import { ReachCard } from "./reach-card";
import { Timeline } from "./timeline";

/** One at a time on a phone, beside each other elsewhere. */
const TABS = ["timeline", "details"] as const;

/** A patient: who they are, how they are reached, what they agreed to, and all that happened, in one timeline. */
export function PatientRecord({ id }: { id: string }) {
  const t = useTranslations("patients.record");
  const { slug } = useClinic();
  const patient = useQuery(patientQuery(slug, id));
  return (
    <div className="mx-auto grid w-full max-w-7xl gap-4 p-4 md:p-6 lg:p-8">
      <Link
        href={`/c/${slug}/patients`}
        className="inline-flex w-fit items-center gap-1.5 text-sm text-muted-foreground hover:text-foreground"
      >
        <ArrowLeftIcon aria-hidden className="mirror-rtl size-4" />
        {t("back")}
      </Link>
      {patient.isPending && <RecordSkeleton />}
      {patient.isError && !patient.data && <NotShown error={patient.error} retry={() => void patient.refetch()} />}
      {patient.data && <Record key={id} patient={patient.data} />}
    </div>
  );
}

function Record({ patient }: { patient: PatientDetail }) {
  const t = useTranslations("patients.record");
  const { slug, timeZone } = useClinic();
  const router = useRouter();
  const [act, setAct] = useState<HeaderAct>();
  const [otherId, setOtherId] = useState<string>();
  const [tab, setTab] = useState<(typeof TABS)[number]>("timeline");
  const [isOfConsents, setOfConsents] = useState(false);
  const now = useNow();
  const today = wallOf(now, timeZone).day;
  const close = () => setAct(undefined);
  const compare = (other?: string) => {
    setOtherId(other);
    setAct("merge");
  };
  const isGone = patient.merged_into_id !== null;

  return (
    <>
      {isGone && (
        <p
          role="status"
          className="flex flex-wrap items-center gap-2 rounded-md bg-warning-soft px-3 py-2 text-sm text-warning"
        >
          {t("merged")}
          <Link className="font-medium underline" href={`/c/${slug}/patients/${patient.merged_into_id}`}>
            {t("mergedOpen")}
          </Link>
        </p>
      )}
      <PatientHeader patient={patient} today={today} onAct={(next) => (next === "merge" ? compare() : setAct(next))} />
      <div role="group" aria-label={t("tabs.label")} className="flex w-fit gap-0.5 rounded-md bg-muted p-0.5 lg:hidden">
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={tab === name}
            onClick={() => setTab(name)}
            className="h-9 rounded-sm px-3 text-xs font-medium text-muted-foreground aria-pressed:bg-card aria-pressed:text-foreground aria-pressed:shadow-raised"
          >
            {t(`tabs.${name}`)}
          </button>
        ))}
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className={cn("min-w-0", tab !== "timeline" && "max-lg:hidden")}>
          <Timeline
            key={String(isOfConsents)}
            patient={patient}
            initial={isOfConsents ? ["consents"] : []}
            mayWrite={!isGone}
          />
        </div>
        <aside className={cn("grid min-w-0 gap-4", tab !== "details" && "max-lg:hidden")}>
          <DuplicatesCard duplicates={patient.possible_duplicates} onCompare={compare} />
          <ContactPointsCard patient={patient} />
          <ConsentCard
            patient={patient}
            onHistory={() => {
              setOfConsents(true);
              setTab("timeline");
            }}
          />
          {!isGone && <ReachCard patientId={patient.id} points={patient.contact_points} />}
        </aside>
      </div>
      {act === "book" && (
        <NewVisitDialog
          wish={{ day: today, patient: { name: patient.name, toSend: { patient_id: patient.id } } }}
          today={today}
          onClose={close}
          onBooked={() => void 0}
        />
      )}
      {act === "edit" && <EditPatientDialog patient={patient} onClose={close} />}
      {act === "merge" && (
        <MergeDialog
          patient={patient}
          otherId={otherId}
          onClose={close}
          onMerged={(keptId) => keptId !== patient.id && router.push(`/c/${slug}/patients/${keptId}`)}
        />
      )}
    </>
  );
}

function NotShown({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("patients.record");
  const { slug } = useClinic();
  if (!(error instanceof ApiError) || error.code !== "NOT_FOUND") return <ErrorState error={error} retry={retry} />;
  return (
    <EmptyState
      as="h1"
      icon={UserRoundXIcon}
      title={t("notFound")}
      text={t("notFoundText")}
      action={
        <Button asChild>
          <Link href={`/c/${slug}/patients`}>{t("back")}</Link>
        </Button>
      }
    />
  );
}

function RecordSkeleton() {
  return (
    <>
      <div className="flex items-center gap-4">
        <Skeleton className="size-14 rounded-full" />
        <div className="grid gap-2">
          <Skeleton className="h-6 w-56" />
          <Skeleton className="h-4 w-40" />
        </div>
      </div>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Skeleton className="h-96 rounded-lg" />
        <Skeleton className="h-64 rounded-lg" />
      </div>
    </>
  );
}
