"use client";
import { useQuery } from "@tanstack/react-query";
import { ListTodoIcon, PlusIcon } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import { parseAsInteger, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { type Me, MeProvider, useMe } from "@/components/messaging/me";
import { Paging } from "@/components/patients/paging";
import { useClinic } from "@/components/shared/clinic-context";
import { EmptyState } from "@/components/shared/empty-state";
import { ErrorState } from "@/components/shared/error-state";
import { useKeys } from "@/components/shared/keys";
import { ZoneNote } from "@/components/shared/local-time";
import { PageHeader } from "@/components/shared/page-header";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Skeleton } from "@/components/ui/skeleton";
import { may } from "@/lib/identity/permissions";
import { TASK_KINDS, type TaskItem } from "@/lib/messaging/tasks/schema";
import { useTaskAct } from "./acts";
import { inGroups } from "./groups";
import { NewTaskDialog } from "./new-task-dialog";
import { type Filters, tasksQuery, VIEWS } from "./queries";
import { TaskFilters } from "./task-filters";
import { TaskRow } from "./task-row";

const PARAMS = {
  view: parseAsStringLiteral(VIEWS).withDefault("open"),
  kind: parseAsStringLiteral(TASK_KINDS),
  page: parseAsInteger.withDefault(1),
};

/** What staff must do, live; the address keeps which of it one looks at. */
export const Tasks = ({ me }: { me: Me }) => (
  <MeProvider me={me}>
    <TaskScreen />
  </MeProvider>
);

function TaskScreen() {
  const t = useTranslations("tasks");
  const { slug, role } = useClinic();
  const [filters, setParams] = useQueryStates(PARAMS, { history: "replace" });
  const [isAdding, setAdding] = useState(false);
  const list = useQuery(tasksQuery(slug, filters));
  const mayAct = may(role, "task.write");
  // What an act has just taken out of the view is gone at once.
  const shown = list.data?.items.filter((task) => (task.done_at !== null) === (filters.view === "done")) ?? [];
  useTaskKeys(shown, mayAct, () => setAdding(true));
  return (
    <div className="mx-auto grid w-full max-w-4xl grid-cols-1 gap-4 p-4 md:p-6 lg:p-8">
      <PageHeader
        title={t("title")}
        description={
          <>
            {t("text")}
            <ZoneNote />
          </>
        }
        actions={
          mayAct && (
            <Button variant="primary" aria-keyshortcuts="N" onClick={() => setAdding(true)}>
              <PlusIcon aria-hidden />
              {t("new")}
            </Button>
          )
        }
      />
      <TaskFilters filters={filters} onFilter={(next) => void setParams({ ...next, page: null })} />
      {list.isPending && <ListSkeleton />}
      {list.isError && !list.data && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.data && shown.length === 0 && (
        <Nothing filters={filters} onClear={() => void setParams({ kind: null, page: null })} />
      )}
      {list.data && shown.length > 0 && (
        <div className={cn("grid gap-5", list.isPlaceholderData && "opacity-60")}>
          <Groups tasks={shown} isDone={filters.view === "done"} mayAct={mayAct} />
          <Paging list={list.data} onPage={(page) => void setParams({ page: page === 1 ? null : page })} />
        </div>
      )}
      {isAdding && <NewTaskDialog onClose={() => setAdding(false)} />}
    </div>
  );
}

interface GroupsProps {
  tasks: TaskItem[];
  isDone: boolean;
  mayAct: boolean;
}

function Groups({ tasks, isDone, mayAct }: GroupsProps) {
  const t = useTranslations("tasks");
  const { timeZone } = useClinic();
  const now = useNow({ updateInterval: 60_000 });
  const act = useTaskAct();
  const listOf = (items: TaskItem[], label: string) => (
    <ul aria-label={label} className="divide-y rounded-lg border bg-card shadow-raised">
      {items.map((task) => (
        <TaskRow key={task.id} task={task} mayAct={mayAct} onAct={(what) => act(task, what)} />
      ))}
    </ul>
  );
  if (isDone) return listOf(tasks, t("views.done"));
  return inGroups(tasks, now, timeZone).map(([group, items]) => (
    <section key={group}>
      <h2
        className={cn(
          "mb-2 flex items-baseline gap-2 px-1 text-xs font-medium text-muted-foreground",
          group === "urgent" && "text-danger",
          group === "overdue" && "text-warning",
        )}
      >
        {t(`groups.${group}`)}
        <span className="tabular-nums">{t("count", { count: items.length })}</span>
      </h2>
      {listOf(items, t(`groups.${group}`))}
    </section>
  ));
}

/** `J` and `K` go through the list, `E` ticks off, `A` takes: what has the focus, wherever in its row that is. */
function useTaskKeys(tasks: TaskItem[], mayAct: boolean, onNew: () => void) {
  const act = useTaskAct();
  const me = useMe();
  const rows = () => [...document.querySelectorAll<HTMLElement>("[data-task]")];
  const here = () => rows().findIndex((row) => row.contains(document.activeElement));
  const current = () => tasks.find((task) => task.id === rows()[here()]?.dataset.task);
  const go = (by: number) => () =>
    rows()
      [Math.min(Math.max(0, here() + by), rows().length - 1)]?.querySelector<HTMLElement>("[data-task-main]")
      ?.focus();
  useKeys({
    j: go(1),
    k: go(-1),
    n: () => mayAct && onNew(),
    e: () => {
      const task = mayAct ? current() : undefined;
      if (!task) return;
      go(here() === rows().length - 1 ? -1 : 1)();
      act(task, { act: task.done_at ? "reopen" : "done" });
    },
    a: () => {
      const task = mayAct ? current() : undefined;
      if (task && !task.done_at && task.assignee_id !== me.id) act(task, { act: "assign", to: me });
    },
  });
}

function Nothing({ filters: { view, kind }, onClear }: { filters: Filters; onClear: () => void }) {
  const t = useTranslations("tasks");
  return kind ? (
    <EmptyState icon={ListTodoIcon} title={t("noMatch")} action={<Button onClick={onClear}>{t("clear")}</Button>} />
  ) : (
    <EmptyState icon={ListTodoIcon} title={t(`empty.${view}`)} text={t(`emptyText.${view}`)} />
  );
}

function ListSkeleton() {
  return (
    <div className="divide-y rounded-lg border bg-card">
      {Array.from({ length: 6 }, (_, at) => (
        <div key={at} className="flex items-center gap-3 px-4 py-3">
          <Skeleton className="size-5 rounded-full" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-4 w-1/2" />
            <Skeleton className="h-3 w-1/4" />
          </div>
          <Skeleton className="h-6 w-20 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
