"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { TASK_KINDS } from "@/lib/messaging/tasks/schema";
import { type Filters, taskCountsQuery, VIEWS } from "./queries";

interface TaskFiltersProps {
  filters: Filters;
  onFilter: (filters: Partial<Filters>) => void;
}

const ALL = "all";
const isKind = (value: string) => TASK_KINDS.find((kind) => kind === value) ?? null;

/** Which tasks the page shows: a view, each with how many it holds, and a kind. */
export function TaskFilters({ filters, onFilter }: TaskFiltersProps) {
  const t = useTranslations("tasks");
  const { slug } = useClinic();
  const counts = useQuery(taskCountsQuery(slug)).data;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <div
        role="group"
        aria-label={t("views.label")}
        className="-mx-4 flex max-w-[100vw] gap-1 overflow-x-auto px-4 [scrollbar-width:none] md:mx-0 md:px-0"
      >
        {VIEWS.map((view) => (
          <button
            key={view}
            type="button"
            aria-pressed={filters.view === view}
            onClick={() => onFilter({ view })}
            className="flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium whitespace-nowrap text-muted-foreground transition-colors -outline-offset-2 hover:bg-accent hover:text-foreground aria-pressed:bg-primary-soft aria-pressed:text-primary-text pointer-coarse:h-11 pointer-coarse:px-3"
          >
            {t(`views.${view}`)}
            {view !== "done" && counts && counts[view] > 0 && (
              <span className="text-xs tabular-nums opacity-80">{t("count", { count: counts[view] })}</span>
            )}
          </button>
        ))}
      </div>
      <Select
        value={filters.kind ?? ALL}
        onValueChange={(value) => onFilter({ kind: value === ALL ? null : isKind(value) })}
      >
        <SelectTrigger aria-label={t("kind")} className="w-full sm:w-64">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={ALL}>{t("allKinds")}</SelectItem>
          {TASK_KINDS.map((kind) => (
            <SelectItem key={kind} value={kind}>
              {t(`kinds.${kind}`)}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}
