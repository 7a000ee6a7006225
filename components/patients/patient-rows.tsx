"use client";
import { ArrowDownIcon, ArrowUpIcon, BellOffIcon, CalendarClockIcon } from "lucide-react";
import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import Link from "next/link";
import { wallOf } from "@/components/scheduling/wall";
import { useClinic } from "@/components/shared/clinic-context";
import { LocalTime } from "@/components/shared/local-time";
import { PersonName } from "@/components/shared/person-name";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import type { PatientItem, SORTS } from "@/lib/patients/schema";
import { DayText } from "./day-text";
import { LanguageName, PatientTypeBadge } from "./patient-facts";

type Sort = (typeof SORTS)[number];
const COLUMNS = [
  { column: "name", sort: "name", className: "w-[26%]" },
  { column: "contact" },
  { column: "language", className: "w-[11%] max-lg:hidden" },
  { column: "nextVisit", className: "w-[20%]" },
  { column: "followUp", sort: "follow_up", className: "w-[13%]" },
  { column: "created", sort: "created", className: "w-[12%] max-lg:hidden" },
] as const satisfies readonly { column: string; sort?: Sort; className?: string }[];

interface RowsProps {
  patients: PatientItem[];
  isStale: boolean;
}

/** The list on a wide screen. */
export function PatientTable({
  patients,
  isStale,
  sort,
  onSort,
}: RowsProps & { sort: Sort; onSort: (sort: Sort) => void }) {
  const t = useTranslations("patients");
  return (
    <Card className={cn("overflow-hidden max-md:hidden", isStale && "opacity-60")}>
      <table aria-label={t("table")} className="w-full table-fixed text-sm">
        <thead>
          <tr className="border-b text-xs text-muted-foreground [&>th]:px-4 [&>th]:py-1.5 [&>th]:text-start [&>th]:font-medium">
            {COLUMNS.map((column) => (
              <SortableHead key={column.column} {...column} now={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {patients.map((patient) => (
            <PatientRow key={patient.id} patient={patient} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface HeadProps {
  column: (typeof COLUMNS)[number]["column"];
  sort?: "name" | "created" | "follow_up";
  className?: string;
  now: Sort;
  onSort: (sort: Sort) => void;
}

function SortableHead({ column, sort, className, now, onSort }: HeadProps) {
  const t = useTranslations("patients");
  const label = t(`columns.${column}`);
  if (!sort)
    return (
      <th scope="col" className={className}>
        {label}
      </th>
    );
  const isUp = now === sort;
  const isDown = now === `-${sort}`;
  const Icon = isDown ? ArrowDownIcon : ArrowUpIcon;
  return (
    <th scope="col" aria-sort={isUp ? "ascending" : isDown ? "descending" : undefined} className={className}>
      <button
        type="button"
        title={t("sortBy", { column: label })}
        onClick={() => onSort(isUp ? `-${sort}` : sort)}
        className="-mx-2 inline-flex h-7 items-center gap-1 rounded-sm px-2 hover:bg-accent hover:text-foreground"
      >
        {label}
        <Icon aria-hidden className={cn("size-3.5", !isUp && !isDown && "opacity-0")} />
      </button>
    </th>
  );
}

const usePath = (id: string) => `/c/${useClinic().slug}/patients/${id}`;

function PatientRow({ patient }: { patient: PatientItem }) {
  const t = useTranslations("patients");
  const path = usePath(patient.id);
  const columnClass = "max-lg:hidden";
  return (
    <tr className="relative transition-colors hover:bg-muted/60 [&>td]:h-14 [&>td]:px-4">
      <td>
        <div className="flex items-center gap-3">
          <Avatar name={patient.name} />
          <div className="min-w-0">
            <Link href={path} className="block font-medium after:absolute after:inset-0">
              <PersonName>{patient.name}</PersonName>
            </Link>
            <span className="flex gap-1.5">
              <PatientTypeBadge type={patient.patient_type} />
              {patient.is_opted_out && <StoppedBadge />}
            </span>
          </div>
        </div>
      </td>
      <td>
        <Contact patient={patient} />
      </td>
      <td className={columnClass}>{patient.language ? <LanguageName tag={patient.language} /> : t("none")}</td>
      <td>{patient.next_visit ? <LocalTime at={patient.next_visit.starts_at} show="dayTime" /> : t("none")}</td>
      <td>
        <FollowUp day={patient.next_follow_up_date} />
      </td>
      <td className={cn(columnClass, "text-muted-foreground")}>
        <Added at={patient.created_at} />
      </td>
    </tr>
  );
}

function Contact({ patient }: { patient: PatientItem }) {
  const t = useTranslations("patients");
  return (
    <div className="min-w-0">
      <p className="truncate tabular">
        <bdi dir="ltr">{patient.phone ?? (patient.email ? "" : t("none"))}</bdi>
      </p>
      {patient.email && (
        <p className="truncate text-xs text-muted-foreground">
          <bdi dir="ltr">{patient.email}</bdi>
        </p>
      )}
    </div>
  );
}

function StoppedBadge() {
  const t = useTranslations("patients");
  return (
    <Badge tone="danger">
      <BellOffIcon aria-hidden />
      {t("stopped")}
    </Badge>
  );
}

function Added({ at }: { at: string }) {
  const format = useFormatter();
  return <>{format.dateTime(new Date(at), { day: "numeric", month: "short", year: "numeric" })}</>;
}

/** A follow-up day; one that has come says so. */
function FollowUp({ day }: { day: string | null }) {
  const t = useTranslations("patients");
  const zone = useTimeZone() ?? "UTC";
  if (!day) return <>{t("none")}</>;
  const isDue = day <= wallOf(new Date(), zone).day;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <DayText day={day} />
      {isDue && (
        <Badge tone="warning">
          <CalendarClockIcon aria-hidden />
          {t("due")}
        </Badge>
      )}
    </span>
  );
}

/** The list on a phone. */
export function PatientCards({ patients, isStale }: RowsProps) {
  const t = useTranslations("patients");
  return (
    <ul aria-label={t("table")} className={cn("grid grid-cols-1 gap-2 md:hidden", isStale && "opacity-60")}>
      {patients.map((patient) => (
        <PatientCard key={patient.id} patient={patient} />
      ))}
    </ul>
  );
}

function PatientCard({ patient }: { patient: PatientItem }) {
  const t = useTranslations("patients");
  const path = usePath(patient.id);
  return (
    <li className="relative grid grid-cols-1 gap-2 rounded-lg border bg-card p-3 shadow-raised">
      <div className="flex items-center gap-3">
        <Avatar name={patient.name} className="size-10 text-sm" />
        <div className="min-w-0 flex-1">
          <Link href={path} className="block font-medium after:absolute after:inset-0">
            <PersonName>{patient.name}</PersonName>
          </Link>
          <p className="truncate text-xs text-muted-foreground">
            <bdi dir="ltr">{patient.phone ?? patient.email ?? t("none")}</bdi>
          </p>
        </div>
        <span className="flex flex-col items-end gap-1">
          <PatientTypeBadge type={patient.patient_type} />
          {patient.is_opted_out && <StoppedBadge />}
        </span>
      </div>
      {(patient.next_visit || patient.next_follow_up_date) && (
        <dl className="grid grid-cols-2 gap-2 border-t pt-2 text-xs">
          <div>
            <dt className="text-muted-foreground">{t("columns.nextVisit")}</dt>
            <dd>{patient.next_visit ? <LocalTime at={patient.next_visit.starts_at} show="dayTime" /> : t("none")}</dd>
          </div>
          <div>
            <dt className="text-muted-foreground">{t("columns.followUp")}</dt>
            <dd>
              <FollowUp day={patient.next_follow_up_date} />
            </dd>
          </div>
        </dl>
      )}
    </li>
  );
}
