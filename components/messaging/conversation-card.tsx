"use client";
import { useQuery } from "@tanstack/react-query";
import { ExternalLinkIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { isolate } from "@/components/i18n/isolate";
import { MaskedNumber } from "@/components/patients/masked-number";
import { LanguageName } from "@/components/patients/patient-facts";
import { upcomingOfPatientQuery } from "@/components/scheduling/queries";
import { wallOf } from "@/components/scheduling/wall";
import { VisitStatusBadge } from "@/components/scheduling/visit-status";
import { useClinic } from "@/components/shared/clinic-context";
import { ErrorState } from "@/components/shared/error-state";
import { LocalTime } from "@/components/shared/local-time";
import { TaskLines } from "@/components/tasks/task-lines";
import { Avatar } from "@/components/ui/avatar";
import { Skeleton } from "@/components/ui/skeleton";
import { ChannelName } from "./channel-icon";
import { PatientContact } from "./patient-contact";
import { conversationQuery } from "./queries";
import { useWho } from "./who";

/** The person behind a thread: how they are reached, what the bot knows so far, what is booked. */
export function ConversationCard({ id }: { id: string }) {
  const t = useTranslations("inbox.card");
  const { slug } = useClinic();
  const who = useWho();
  const conversation = useQuery(conversationQuery(slug, id));
  if (conversation.isPending) return <Skeleton className="m-4 h-40" />;
  if (conversation.isError) return <ErrorState error={conversation.error} />;
  const { contact, channel, language, patients, assignee, context_summary: summary, about_id } = conversation.data;
  const about = patients.find((patient) => patient.id === about_id);
  return (
    <div className="grid grid-cols-1 gap-5 p-4">
      <div className="flex items-center gap-3">
        <Avatar name={who(conversation.data)} className="size-10 text-sm" />
        <div className="min-w-0">
          <p className="truncate font-semibold">
            <bdi>{who(conversation.data)}</bdi>
          </p>
          <p className="text-xs text-muted-foreground">
            {patients.length === 0 ? t("stranger") : t("patients", { count: patients.length })}
          </p>
          {about && <p className="text-xs font-medium">{t("about", { name: isolate(about.name) })}</p>}
        </div>
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm">
        <dt className="text-muted-foreground">{t(channel.kind === "email" ? "email" : "contact")}</dt>
        <dd>
          {contact.value ? (
            <bdi dir="ltr">{contact.value}</bdi>
          ) : (
            <MaskedNumber id={contact.id} masked={contact.masked} />
          )}
        </dd>
        <dt className="text-muted-foreground">{t("channel")}</dt>
        <dd>
          <ChannelName kind={channel.kind} />
        </dd>
        <dt className="text-muted-foreground">{t("language")}</dt>
        <dd>{language ? <LanguageName tag={language} /> : t("unknown")}</dd>
        <dt className="text-muted-foreground">{t("assignee")}</dt>
        <dd>
          <bdi>{assignee ? (assignee.name ?? "–") : t("nobody")}</bdi>
        </dd>
      </dl>
      {summary && (
        <section>
          <h3 className="mb-1 text-xs font-medium text-muted-foreground">{t("summary")}</h3>
          <p className="rounded-md bg-muted px-3 py-2 text-sm">
            <bdi>{summary}</bdi>
          </p>
        </section>
      )}
      <TaskLines of={{ conversation_id: id }} />
      {about && <Person key={about.id} patient={about} isNamed conversationId={id} />}
      {patients
        .filter((patient) => patient !== about)
        .map((patient) => (
          <Person key={patient.id} patient={patient} isNamed={patients.length > 1} conversationId={id} />
        ))}
    </div>
  );
}

interface PersonProps {
  patient: { id: string; name: string };
  isNamed: boolean;
}

function Person({ patient, isNamed, conversationId }: PersonProps & { conversationId: string }) {
  const t = useTranslations("inbox.card");
  const { slug } = useClinic();
  return (
    <div className="grid gap-4 border-t pt-4">
      <Link
        href={`/c/${slug}/patients/${patient.id}`}
        className="flex items-center gap-1.5 text-sm font-medium text-primary-text underline-offset-4 hover:underline"
      >
        {isNamed ? <bdi>{patient.name}</bdi> : t("page")}
        <ExternalLinkIcon aria-hidden className="size-3.5" />
      </Link>
      <Upcoming patient={patient} isNamed={isNamed} />
      <PatientContact id={patient.id} />
      <TaskLines of={{ patient_id: patient.id }} butNotOf={conversationId} />
    </div>
  );
}

function Upcoming({ patient, isNamed }: PersonProps) {
  const t = useTranslations("inbox.card");
  const { slug, timeZone } = useClinic();
  const visits = useQuery(upcomingOfPatientQuery(slug, patient.id, wallOf(new Date(), timeZone).day));
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-muted-foreground">
        {isNamed ? t("visitsOf", { name: isolate(patient.name) }) : t("visits")}
      </h3>
      {visits.isPending && <Skeleton className="h-12" />}
      {visits.data?.length === 0 && <p className="text-sm text-muted-foreground">{t("noVisits")}</p>}
      <ul className="grid gap-2">
        {visits.data?.map((visit) => (
          <li key={visit.id}>
            <Link
              href={`/c/${slug}/calendar?${new URLSearchParams({ at: visit.starts_at, visit: visit.id })}`}
              className="grid gap-1 rounded-md border px-3 py-2 transition-colors hover:bg-muted"
            >
              <span className="flex items-center justify-between gap-2">
                <LocalTime at={visit.starts_at} show="dayTime" className="font-medium" />
                <VisitStatusBadge visit={visit} />
              </span>
              <span className="truncate text-xs text-muted-foreground">
                <bdi>{visit.service.name}</bdi> · <bdi>{visit.provider.name}</bdi>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
