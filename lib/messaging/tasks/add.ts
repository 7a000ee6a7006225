import { tasks } from "@/db/schema/front-desk";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import type { AddTask } from "./schema";

const VIOLATIONS = {
  tasks_patient_fk: err("NOT_FOUND", { what: "patient" }),
  tasks_conversation_fk: err("NOT_FOUND", { what: "conversation" }),
  tasks_assignee_fk: err("NOT_FOUND", { what: "member" }),
} as const;

/** Writes down what a member wants done, for a day or for now. */
export const addTask = (ctx: ClinicContext, input: AddTask): Promise<Result<{ id: string }>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const { dueAt, ...fields } = input;
    const createdBy = ctx.actor.type === "user" ? ctx.actor.id : null;
    const [made] = await tx
      .insert(tasks)
      .values({
        ...fields,
        ...{ clinicId: ctx.clinic.id, reason: "other", createdBy, createdAt: ctx.now() },
        dueAt: dueAt ? new Date(dueAt) : ctx.now(),
      })
      .returning({ id: tasks.id });
    if (!made) throw new Error("the task was not written");
    await audit(tx, ctx, { action: "task.create", targetType: "task", targetId: made.id });
    await announce(tx, ctx, "task", made.id);
    return ok(made);
  });
