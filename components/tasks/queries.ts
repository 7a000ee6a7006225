import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { api, pageOf } from "@/lib/http/client";
import { TaskCounts, TaskItem, type TaskKind } from "@/lib/messaging/tasks/schema";

export const VIEWS = ["open", "mine", "unassigned", "due", "done"] as const;
export type View = (typeof VIEWS)[number];

/** What the page's address says. */
export interface Filters {
  view: View;
  kind: TaskKind | null;
  page: number;
}

export const PAGE_LIMIT = 50;
export const tasksAt = (slug: string) => `/api/clinic/${slug}/tasks`;

export const taskKeys = {
  all: (slug: string) => ["clinic", slug, "tasks"] as const,
  lists: (slug: string) => [...taskKeys.all(slug), "list"] as const,
  counts: (slug: string) => [...taskKeys.all(slug), "counts"] as const,
};

const OF_VIEW = {
  open: {},
  mine: { assignee: "me" },
  unassigned: { assignee: "none" },
  due: { due: "today" },
  done: { status: "done" },
} as const satisfies Record<View, Record<string, string>>;

function listQuery({ view, kind, page }: Filters): string {
  const query = new URLSearchParams({ ...OF_VIEW[view], limit: String(PAGE_LIMIT), page: String(Math.max(1, page)) });
  if (kind) query.set("kind", kind);
  return query.toString();
}

const TaskPage = pageOf(TaskItem);
export type TaskPage = z.infer<typeof TaskPage>;

export const tasksQuery = (slug: string, filters: Filters) =>
  queryOptions({
    queryKey: [...taskKeys.lists(slug), listQuery(filters)] as const,
    queryFn: ({ signal }) => api(TaskPage, `${tasksAt(slug)}?${listQuery(filters)}`, { signal }),
    placeholderData: keepPreviousData,
  });

export type TasksOf = { conversation_id: string } | { patient_id: string };

/** The open tasks about a conversation, or for a patient. */
export const openTasksQuery = (slug: string, of: TasksOf) => {
  const query = new URLSearchParams({ ...of, limit: "20" }).toString();
  return queryOptions({
    queryKey: [...taskKeys.lists(slug), query] as const,
    queryFn: ({ signal }) => api(TaskPage, `${tasksAt(slug)}?${query}`, { signal }),
  });
};

export const taskCountsQuery = (slug: string) =>
  queryOptions({
    queryKey: taskKeys.counts(slug),
    queryFn: ({ signal }) => api(TaskCounts, `${tasksAt(slug)}/counts`, { signal }),
  });
