import { z } from "zod";
import { camelKeys } from "@/lib/core/keys";

export const ListTasks = z
  .object({
    status: z.enum(["open", "done"]).default("open"),
    assignee: z.enum(["me", "all"]).default("all"),
    patient_id: z.uuid().optional(),
    page: z.coerce.number().int().min(1).default(1),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  })
  .transform(camelKeys);
export type ListTasks = z.output<typeof ListTasks>;

export const AddTask = z
  .object({
    note: z.string().trim().min(1).max(1_000),
    patient_id: z.uuid().optional(),
    conversation_id: z.uuid().optional(),
    assignee_id: z.uuid().optional(),
    due_at: z.iso.datetime().optional(),
  })
  .transform(camelKeys);
export type AddTask = z.output<typeof AddTask>;
