import { addDays, wallOf } from "@/components/scheduling/wall";
import type { TaskItem } from "@/lib/messaging/tasks/schema";

export const GROUPS = ["urgent", "overdue", "today", "tomorrow", "later"] as const;
export type Group = (typeof GROUPS)[number];

/** Under which heading an open task stands, by the clinic's calendar. */
export function groupOf(task: Pick<TaskItem, "reason" | "due_at">, now: Date, timeZone: string): Group {
  if (task.reason === "emergency") return "urgent";
  const [due, today] = [wallOf(task.due_at, timeZone).day, wallOf(now, timeZone).day];
  if (due < today) return "overdue";
  if (due === today) return "today";
  return due === addDays(today, 1) ? "tomorrow" : "later";
}

/** The tasks in the order given, under the headings that they make; what the list's order tears apart comes together. */
export function inGroups(tasks: readonly TaskItem[], now: Date, timeZone: string): [Group, TaskItem[]][] {
  return GROUPS.flatMap((group): [Group, TaskItem[]][] => {
    const own = tasks.filter((task) => groupOf(task, now, timeZone) === group);
    return own.length > 0 ? [[group, own]] : [];
  });
}
