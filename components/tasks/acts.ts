"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { z } from "zod";
import { useMe } from "@/components/messaging/me";
import { useClinic } from "@/components/shared/clinic-context";
import { useErrorWords } from "@/components/shared/error-words";
import { api, ApiError } from "@/lib/http/client";
import type { TaskItem } from "@/lib/messaging/tasks/schema";
import { taskKeys, tasksAt, type TaskPage } from "./queries";

/** What a member does with a task. */
export type Act =
  | { act: "done" }
  | { act: "reopen" }
  | { act: "assign"; to: { id: string; name: string } | null }
  | { act: "due"; at: string };

type Sent = { task: TaskItem; act: Act; isUndo?: boolean };

function send(slug: string, { task, act }: Sent) {
  const at = `${tasksAt(slug)}/${task.id}`;
  if (act.act === "done" || act.act === "reopen") return api(z.unknown(), `${at}/${act.act}`, { method: "POST" });
  const json =
    act.act === "assign" ? { assignee_id: act.to?.id ?? null, expected_id: task.assignee_id } : { due_at: act.at };
  return api(z.unknown(), at, { method: "PATCH", json });
}

/** The task as it will be if the server agrees. */
function foresee(task: TaskItem, act: Act, by: string): TaskItem {
  if (act.act === "done") return { ...task, done_at: new Date().toISOString(), done_by_name: by };
  if (act.act === "reopen") return { ...task, done_at: null, done_by_name: null };
  if (act.act === "due") return { ...task, due_at: act.at };
  return { ...task, assignee_id: act.to?.id ?? null, assignee_name: act.to?.name ?? null };
}

/** Done at once on the screen and taken back when the server refuses; what can be undone says so in a toast. */
export function useTaskAct(): (task: TaskItem, act: Act) => void {
  const t = useTranslations("tasks");
  const common = useTranslations("common");
  const words = useErrorWords();
  const { slug } = useClinic();
  const me = useMe();
  const queries = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (sent: Sent) => send(slug, sent),
    onMutate: async ({ task, act }) => {
      const lists = { queryKey: taskKeys.lists(slug) };
      await queries.cancelQueries(lists);
      const before = queries.getQueriesData(lists);
      queries.setQueriesData<TaskPage>(
        lists,
        (page) =>
          page && { ...page, items: page.items.map((one) => (one.id === task.id ? foresee(one, act, me.name) : one)) },
      );
      return before;
    },
    onSuccess: (_done, { task, act, isUndo }) => {
      const undo = undoOf(task, act);
      const line = toldOf(act, me.id);
      if (!isUndo)
        toast(
          line === "given" && act.act === "assign" ? t("told.given", { name: act.to?.name ?? "" }) : t(`told.${line}`),
          {
            action: {
              label: common("undo"),
              onClick: () => mutate({ task: foresee(task, act, me.name), act: undo, isUndo: true }),
            },
          },
        );
    },
    onError: (error, _sent, before) => {
      for (const [key, data] of before ?? []) queries.setQueryData(key, data);
      toast.error(isBeaten(error) ? t("beaten") : words(error));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: taskKeys.all(slug) }),
  });
  return (task, act) => mutate({ task, act });
}

const Beaten = z.object({ what: z.literal("assignee") });
const isBeaten = (error: unknown) =>
  error instanceof ApiError && error.code === "CONFLICT" && Beaten.safeParse(error.details).success;

function toldOf(act: Act, me: string) {
  if (act.act !== "assign") return ({ done: "done", reopen: "reopened", due: "putOff" } as const)[act.act];
  return act.to === null ? "freed" : act.to.id === me ? "taken" : "given";
}

function undoOf(task: TaskItem, act: Act): Act {
  if (act.act === "done") return { act: "reopen" };
  if (act.act === "reopen") return { act: "done" };
  if (act.act === "due") return { act: "due", at: task.due_at };
  return { act: "assign", to: task.assignee_id ? { id: task.assignee_id, name: task.assignee_name ?? "" } : null };
}
