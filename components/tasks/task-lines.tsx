"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useClinic } from "@/components/shared/clinic-context";
import { LocalTime } from "@/components/shared/local-time";
import { cn } from "@/components/ui/cn";
import { may } from "@/lib/identity/permissions";
import { useTaskAct } from "./acts";
import { openTasksQuery, type TasksOf } from "./queries";
import { Tick } from "./tick";

interface TaskLinesProps {
  of: TasksOf;
  /** Tasks of this conversation stand elsewhere. */
  butNotOf?: string;
}

/** What is still to be done about a conversation or for a patient, beside what it is about; nothing where nothing is. */
export function TaskLines({ of, butNotOf }: TaskLinesProps) {
  const t = useTranslations("tasks");
  const { slug, role } = useClinic();
  const act = useTaskAct();
  const list = useQuery(openTasksQuery(slug, of)).data?.items ?? [];
  const open = list.filter((task) => task.done_at === null && (!butNotOf || task.conversation_id !== butNotOf));
  if (open.length === 0) return null;
  return (
    <section aria-label={t("title")}>
      <h3 className="mb-1 text-xs font-medium text-muted-foreground">{t("title")}</h3>
      <ul className="grid gap-1">
        {open.map((task) => {
          const what = task.note ?? t(`kinds.${task.reason}`);
          return (
            <li key={task.id} className="flex min-h-9 items-center gap-3 ps-0.5 text-sm">
              {may(role, "task.write") && <Tick isDone={false} what={what} onTick={() => act(task, { act: "done" })} />}
              <span className={cn("min-w-0 flex-1 wrap-anywhere", task.reason === "emergency" && "text-danger")}>
                <bdi>{what}</bdi>
              </span>
              <LocalTime at={task.due_at} show="day" className="shrink-0 text-xs text-muted-foreground" />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
