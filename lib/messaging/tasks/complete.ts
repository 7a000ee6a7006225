import { and, eq, isNull } from "drizzle-orm";
import { tasks } from "@/db/schema/front-desk";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";

export type Task = Pick<
  typeof tasks.$inferSelect,
  "id" | "reason" | "patientId" | "conversationId" | "createdAt" | "doneAt" | "doneBy"
>;

/** Ticks a task off. A second time changes nothing and answers who did it first; an unknown one is NOT_FOUND. */
export const completeTask = (ctx: ClinicContext, { id }: { id: string }): Promise<Result<Task>> =>
  transact(ctx, {}, async (tx) => {
    const mine = and(eq(tasks.clinicId, ctx.clinic.id), eq(tasks.id, id));
    const doneBy = ctx.actor.type === "user" ? ctx.actor.id : null;
    const changed = await tx
      .update(tasks)
      .set({ doneAt: ctx.now(), doneBy })
      .where(and(mine, isNull(tasks.doneAt)))
      .returning({ id: tasks.id });
    const [task] = await tx.select(COLUMNS).from(tasks).where(mine);
    if (!task) return err("NOT_FOUND", { what: "task" });
    if (changed.length === 0) return ok(task);
    await audit(tx, ctx, { action: "task.complete", targetType: "task", targetId: id, changed: ["done_at"] });
    await announce(tx, ctx, "task", id);
    return ok(task);
  });

const COLUMNS = {
  id: tasks.id,
  reason: tasks.reason,
  patientId: tasks.patientId,
  conversationId: tasks.conversationId,
  createdAt: tasks.createdAt,
  doneAt: tasks.doneAt,
  doneBy: tasks.doneBy,
};
