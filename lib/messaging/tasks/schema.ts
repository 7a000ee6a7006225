import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

/** Why there is a task, the most pressing first. `other` is one that a member wrote down. */
export const TASK_KINDS = [
  "emergency",
  "handoff",
  "question",
  "visit_or_stop",
  "phone_after_stop",
  "as_agreed",
  "unanswered",
  "send_unknown",
  "send_failed",
  "channel_broken",
  "other",
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

export const TaskId = z.object({ id: z.uuid() });

export const ListTasks = z
  .object({
    status: z.enum(["open", "done"]).default("open"),
    assignee: z.enum(["me", "none", "all"]).default("all"),
    /** Those due by the end of the clinic's day. */
    due: z.enum(["today"]).optional(),
    kind: z.enum(TASK_KINDS).optional(),
    patient_id: z.uuid().optional(),
    conversation_id: z.uuid().optional(),
    page: z.coerce.number().int().min(1).default(1),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  })
  .transform(camelKeys);
export type ListTasks = z.output<typeof ListTasks>;

const Note = z.string().trim().min(1).max(1_000);

export const AddTask = z
  .object({
    note: Note,
    patient_id: z.uuid().optional(),
    conversation_id: z.uuid().optional(),
    assignee_id: z.uuid().optional(),
    due_at: z.iso.datetime().optional(),
  })
  .transform(camelKeys);
export type AddTask = z.output<typeof AddTask>;

/** `expected_id`: whose the task is on the caller's screen; another's by now is not taken away unseen. */
export const ChangeTask = z
  .object({
    assignee_id: z.uuid().nullable().optional(),
    expected_id: z.uuid().nullable().optional(),
    due_at: z.iso.datetime().optional(),
    note: Note.optional(),
  })
  .transform(camelKeys);
export type ChangeTask = z.output<typeof ChangeTask>;

/** A task as the screens are told of it. */
export const TaskItem = z.object({
  id: z.string(),
  reason: z.enum(TASK_KINDS),
  note: z.string().nullable(),
  patient_id: z.string().nullable(),
  patient_name: z.string().nullable(),
  conversation_id: z.string().nullable(),
  message_id: z.string().nullable(),
  /** The address of the conversation, as the caller may see it. */
  from: z.string().nullable(),
  /** Who is behind that address. */
  people: z.array(z.string()),
  assignee_id: z.string().nullable(),
  assignee_name: z.string().nullable(),
  /** One without a day is due since it was made. */
  due_at: z.string(),
  done_at: z.string().nullable(),
  done_by_name: z.string().nullable(),
  created_at: z.string(),
});
export type TaskItem = z.infer<typeof TaskItem>;

/** `waiting`: due today, and the caller's own or nobody's. */
export const TaskCounts = z.object({
  open: z.number(),
  mine: z.number(),
  unassigned: z.number(),
  due: z.number(),
  waiting: z.number(),
});
export type TaskCounts = z.infer<typeof TaskCounts>;
