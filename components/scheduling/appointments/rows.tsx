"use client";
import { ArrowDownIcon, ArrowUpIcon, CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/shared/local-time";
import { PersonName } from "@/components/shared/person-name";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { ERROR_STATUS, type ErrorCode } from "@/lib/core/errors";
import type { VISIT_SORTS } from "@/lib/scheduling/schema";
import type { Appointment } from "../queries";
import { SourceName } from "../source-name";
import { VisitStatusBadge } from "../visit-status";

type Sort = (typeof VISIT_SORTS)[number];

export interface RowsProps {
  visits: Appointment[];
  isStale: boolean;
  /** The marked visits; undefined for those who may not act on any. */
  marked: ReadonlySet<string> | undefined;
  /** Why the last act on many left a visit as it was. */
  refused: ReadonlyMap<string, string>;
  onMark: (ids: string[], isMarked: boolean) => void;
  onOpen: (visit: Appointment) => void;
}

/** The table on a wide screen. */
export function VisitTable({ sort, onSort, ...rows }: RowsProps & { sort: Sort; onSort: (sort: Sort) => void }) {
  const t = useTranslations("appointments");
  const { visits, marked, isStale, onMark } = rows;
  const ids = visits.map(({ id }) => id);
  const isAllMarked = marked !== undefined && ids.length > 0 && ids.every((id) => marked.has(id));
  return (
    <Card className={cn("overflow-hidden max-md:hidden", isStale && "opacity-60")}>
      <table aria-label={t("table")} className="w-full table-fixed text-sm">
        <thead>
          <tr className="border-b text-xs text-muted-foreground [&>th]:px-3 [&>th]:py-1.5 [&>th]:text-start [&>th]:font-medium">
            {marked && (
              <th scope="col" className="w-10">
                <Mark label={t("markAll")} isMarked={isAllMarked} onMark={(is) => onMark(ids, is)} />
              </th>
            )}
            <SortableHead column="when" className="w-[19%]" field="start" now={sort} onSort={onSort} />
            <th scope="col">{t("columns.patient")}</th>
            <th scope="col" className="w-[15%]">
              {t("columns.service")}
            </th>
            <th scope="col" className="w-[15%]">
              {t("columns.provider")}
            </th>
            <th scope="col" className="w-[9%] max-xl:hidden">
              {t("columns.chair")}
            </th>
            <th scope="col" className="w-[14%]">
              {t("columns.status")}
            </th>
            <SortableHead
              column="source"
              className="w-[11%] max-lg:hidden"
              field="created"
              now={sort}
              onSort={onSort}
            />
          </tr>
        </thead>
        <tbody className="divide-y">
          {visits.map((visit) => (
            <VisitRow key={visit.id} visit={visit} {...rows} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

interface HeadProps {
  column: "when" | "source";
  field: "start" | "created";
  className: string;
  now: Sort;
  onSort: (sort: Sort) => void;
}

function SortableHead({ column, field, className, now, onSort }: HeadProps) {
  const t = useTranslations("appointments");
  const label = t(`columns.${column}`);
  const [isUp, isDown] = [now === field, now === `-${field}`];
  const Icon = isDown ? ArrowDownIcon : ArrowUpIcon;
  return (
    <th scope="col" aria-sort={isUp ? "ascending" : isDown ? "descending" : undefined} className={className}>
      <button
        type="button"
        title={t(field === "start" ? "sortByStart" : "sortByBooked")}
        onClick={() => onSort(isUp ? `-${field}` : field)}
        className="-mx-2 inline-flex h-7 items-center gap-1 rounded-sm px-2 hover:bg-accent hover:text-foreground"
      >
        {label}
        <Icon aria-hidden className={cn("size-3.5", !isUp && !isDown && "opacity-0")} />
      </button>
    </th>
  );
}

function VisitRow({ visit, marked, refused, onMark, onOpen }: RowsProps & { visit: Appointment }) {
  const t = useTranslations("appointments");
  const isMarked = marked?.has(visit.id) ?? false;
  return (
    <tr
      className={cn(
        "relative transition-colors hover:bg-muted/60 [&>td]:h-13 [&>td]:px-3",
        isMarked && "bg-primary-soft/50",
        visit.state === "cancelled" && "text-muted-foreground",
      )}
    >
      {marked && (
        <td>
          <Mark
            label={t("mark", { name: visit.patient.name })}
            isMarked={isMarked}
            onMark={(is) => onMark([visit.id], is)}
          />
        </td>
      )}
      <td className="tabular">
        <LocalTime at={visit.starts_at} show="dayTime" />
      </td>
      <td>
        <button
          type="button"
          onClick={() => onOpen(visit)}
          className="block max-w-full truncate text-start font-medium after:absolute after:inset-y-0 after:end-0 after:start-10"
        >
          <PersonName>{visit.patient.name}</PersonName>
        </button>
        <span className="block truncate text-xs text-muted-foreground tabular">
          <bdi dir="ltr">{visit.patient.phone}</bdi>
        </span>
      </td>
      <td className="truncate">{visit.service.name}</td>
      <td className="truncate">{visit.provider.name}</td>
      <td className="truncate max-xl:hidden">{visit.operatory?.name ?? "—"}</td>
      <td>
        <VisitStatusBadge visit={visit} />
        <Refusal code={refused.get(visit.id)} />
      </td>
      <td className="truncate text-muted-foreground max-lg:hidden">
        <SourceName source={visit.created_from} />
      </td>
    </tr>
  );
}

interface MarkProps {
  label: string;
  isMarked: boolean;
  onMark: (isMarked: boolean) => void;
}

function Mark({ label, isMarked, onMark }: MarkProps) {
  return (
    <label className="relative z-10 grid size-8 cursor-pointer place-items-center max-md:size-11">
      <input
        type="checkbox"
        aria-label={label}
        checked={isMarked}
        onChange={(event) => onMark(event.target.checked)}
        className="size-4 accent-primary"
      />
    </label>
  );
}

const isCode = (code: string): code is ErrorCode => code in ERROR_STATUS;

function Refusal({ code }: { code: string | undefined }) {
  const t = useTranslations("errors");
  if (!code) return null;
  return (
    <span className="mt-0.5 flex items-center gap-1 text-xs text-danger">
      <CircleAlertIcon aria-hidden className="size-3 shrink-0" />
      {isCode(code) ? t(code) : t("CONFLICT")}
    </span>
  );
}

/** The table on a phone. */
export function VisitCards({ visits, isStale, marked, refused, onMark, onOpen }: RowsProps) {
  const t = useTranslations("appointments");
  return (
    <ul aria-label={t("table")} className={cn("grid grid-cols-1 gap-2 md:hidden", isStale && "opacity-60")}>
      {visits.map((visit) => (
        <li key={visit.id} className="relative flex gap-1 rounded-lg border bg-card p-2 shadow-raised">
          {marked && (
            <Mark
              label={t("mark", { name: visit.patient.name })}
              isMarked={marked.has(visit.id)}
              onMark={(is) => onMark([visit.id], is)}
            />
          )}
          <div className="grid min-w-0 flex-1 gap-1 py-1 pe-1">
            <div className="flex items-start justify-between gap-2">
              <button
                type="button"
                onClick={() => onOpen(visit)}
                className="min-w-0 truncate text-start font-medium after:absolute after:inset-y-0 after:end-0 after:start-14"
              >
                <PersonName>{visit.patient.name}</PersonName>
              </button>
              <VisitStatusBadge visit={visit} />
            </div>
            <p className="text-sm tabular">
              <LocalTime at={visit.starts_at} show="dayTime" />
            </p>
            <p className="truncate text-xs text-muted-foreground">
              {visit.service.name} · {visit.provider.name}
            </p>
            <Refusal code={refused.get(visit.id)} />
          </div>
        </li>
      ))}
    </ul>
  );
}
