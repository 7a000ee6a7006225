"use client";
import { useFormatter, useNow, useTranslations } from "next-intl";
import Link from "next/link";
import { isolate } from "@/components/i18n/isolate";
import { useClinic } from "@/components/shared/clinic-context";
import { LocalTime } from "@/components/shared/local-time";
import { cn } from "@/components/ui/cn";
import type { TaskItem } from "@/lib/messaging/tasks/schema";
import type { Act } from "./acts";
import { DueMenu } from "./due-menu";
import { OwnerMenu } from "./owner-menu";
import { TaskKindIcon } from "./task-kind";
import { Tick } from "./tick";

interface TaskRowProps {
  task: TaskItem;
  mayAct: boolean;
  onAct: (act: Act) => void;
}

/** One task: a tick, what it is and whom it is about, when it is due, whose it is. */
export function TaskRow({ task, mayAct, onAct }: TaskRowProps) {
  const t = useTranslations("tasks");
  const isDone = task.done_at !== null;
  const what = task.note ?? t(`kinds.${task.reason}`);
  return (
    <li
      data-task={task.id}
      className="grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1 px-3 py-2.5 md:grid-cols-[auto_1fr_auto] md:px-4"
    >
      <div className="flex items-center gap-3 self-start md:self-center">
        {mayAct && (
          <Tick isDone={isDone} what={what} keys="E" onTick={() => onAct({ act: isDone ? "reopen" : "done" })} />
        )}
        <TaskKindIcon kind={task.reason} className="max-sm:hidden" />
      </div>
      <div className="min-w-0">
        <What task={task} what={what} />
        <About task={task} />
      </div>
      {isDone ? (
        <p className="text-xs text-muted-foreground max-md:col-start-2">
          <DoneBy task={task} />
        </p>
      ) : (
        <div className="flex items-center gap-1 max-md:col-start-2 max-md:-ms-2">
          <DueMenu task={task} mayAct={mayAct} onAct={onAct} />
          <OwnerMenu task={task} mayAct={mayAct} onAct={onAct} />
        </div>
      )}
    </li>
  );
}

/** What is to be done; it leads to where that is done. */
function What({ task, what }: { task: TaskItem; what: string }) {
  const { slug } = useClinic();
  const place = task.conversation_id
    ? `inbox?${new URLSearchParams({ id: task.conversation_id })}`
    : task.patient_id && `patients/${task.patient_id}`;
  const look = cn(
    "block w-fit max-w-full rounded-sm py-0.5 text-sm font-medium wrap-anywhere",
    task.reason === "emergency" && !task.done_at && "text-danger",
    task.done_at && "text-muted-foreground line-through",
  );
  return place ? (
    <Link data-task-main href={`/c/${slug}/${place}`} className={cn(look, "underline-offset-4 hover:underline")}>
      <bdi>{what}</bdi>
    </Link>
  ) : (
    <p data-task-main tabIndex={-1} className={look}>
      <bdi>{what}</bdi>
    </p>
  );
}

function About({ task }: { task: TaskItem }) {
  const t = useTranslations("tasks");
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { slug } = useClinic();
  const who = task.patient_name ?? (task.people.length > 0 ? format.list(task.people) : null);
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 text-xs text-muted-foreground">
      {task.patient_id && who ? (
        <Link
          href={`/c/${slug}/patients/${task.patient_id}`}
          className="flex min-h-6 items-center underline-offset-4 hover:underline"
        >
          <bdi>{who}</bdi>
        </Link>
      ) : who ? (
        <bdi>{who}</bdi>
      ) : (
        task.conversation_id && (task.from ? <bdi dir="ltr">{task.from}</bdi> : <span>{t("someone")}</span>)
      )}
      {(who ?? task.conversation_id) && <span aria-hidden>·</span>}
      <span suppressHydrationWarning>{format.relativeTime(new Date(task.created_at), now)}</span>
    </p>
  );
}

function DoneBy({ task }: { task: TaskItem }) {
  const t = useTranslations("tasks");
  return (
    <>
      {task.done_by_name && (
        <>
          {t("doneBy", { name: isolate(task.done_by_name) })} <span aria-hidden>·</span>{" "}
        </>
      )}
      <LocalTime at={task.done_at ?? task.created_at} show="dayTime" />
    </>
  );
}
