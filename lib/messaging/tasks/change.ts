import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { tasks } from "@/db/schema/front-desk";
import { memberships } from "@/db/schema/identity";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { MEMBER_ROLES, may } from "@/lib/identity/permissions";
import { announce } from "@/lib/realtime/announce";
import { readTaskIn } from "./list";
import type { ChangeTask } from "./schema";

const DOING = MEMBER_ROLES.filter((role) => may(role, "task.write"));

type Row = typeof tasks.$inferSelect;

/**
 * Gives a task to a member or to nobody, puts it off, or says it in other words. CONFLICT when somebody else has it than
 * the caller saw; NOT_FOUND for who may do no tasks; ILLEGAL_TRANSITION when it is done, or when words are given to a
 * task that says itself by its reason.
 */
export const changeTask = (ctx: ClinicContext, id: string, input: ChangeTask) =>
  transact(ctx, {}, async (tx) => {
    const [task] = await tx
      .select()
      .from(tasks)
      .where(and(eq(tasks.clinicId, ctx.clinic.id), eq(tasks.id, id)))
      .for("no key update");
    if (!task) return err("NOT_FOUND", { what: "task" });
    const refused = await refusalOf(tx, ctx, task, input);
    if (refused) return refused;
    const next = {
      assigneeId: input.assigneeId === undefined ? task.assigneeId : input.assigneeId,
      dueAt: input.dueAt === undefined ? task.dueAt : new Date(input.dueAt),
      note: input.note ?? task.note,
    };
    const changed = changesOf(task, next);
    if (changed.length > 0) {
      await tx.update(tasks).set(next).where(eq(tasks.id, id));
      await audit(tx, ctx, { action: "task.change", targetType: "task", targetId: id, changed });
      await announce(tx, ctx, "task", id);
    }
    const item = await readTaskIn(tx, ctx, id);
    return item ? ok(item) : err("NOT_FOUND", { what: "task" });
  });

async function refusalOf(tx: Tx, ctx: ClinicContext, task: Row, input: ChangeTask) {
  const { assigneeId, expectedId, note } = input;
  if (task.doneAt || (note !== undefined && task.reason !== "other"))
    return err("ILLEGAL_TRANSITION", { status: task.doneAt ? "done" : "open" });
  if (expectedId !== undefined && expectedId !== task.assigneeId && assigneeId !== task.assigneeId)
    return err("CONFLICT", { what: "assignee", by: task.assigneeId });
  return assigneeId && !(await mayDo(tx, ctx, assigneeId)) ? err("NOT_FOUND", { what: "member" }) : undefined;
}

async function mayDo(tx: Tx, ctx: ClinicContext, userId: string): Promise<boolean> {
  const found = await tx
    .select({ id: memberships.userId })
    .from(memberships)
    .where(
      and(
        ...[eq(memberships.clinicId, ctx.clinic.id), eq(memberships.userId, userId)],
        inArray(memberships.role, DOING),
      ),
    );
  return found.length > 0;
}

function changesOf(task: Row, next: Pick<Row, "assigneeId" | "dueAt" | "note">): string[] {
  return [
    ...(next.assigneeId === task.assigneeId ? [] : ["assignee_id"]),
    ...(next.dueAt?.getTime() === task.dueAt?.getTime() ? [] : ["due_at"]),
    ...(next.note === task.note ? [] : ["note"]),
  ];
}

const VIOLATIONS = { tasks_open_once_uq: err("CONFLICT", { what: "task" }) } as const;

/**
 * Takes a tick back. One that is open already stays as it is; CONFLICT when the same has come up again meanwhile and
 * stands in the list as a task of its own.
 */
export const reopenTask = (ctx: ClinicContext, id: string) =>
  transact(ctx, VIOLATIONS, async (tx): Promise<Result<NonNullable<Awaited<ReturnType<typeof readTaskIn>>>>> => {
    const before = await readTaskIn(tx, ctx, id);
    if (!before) return err("NOT_FOUND", { what: "task" });
    if (!before.doneAt) return ok(before);
    await tx.update(tasks).set({ doneAt: null, doneBy: null }).where(eq(tasks.id, id));
    await audit(tx, ctx, { action: "task.reopen", targetType: "task", targetId: id, changed: ["done_at"] });
    await announce(tx, ctx, "task", id);
    return ok({ ...before, doneAt: null, doneByName: null });
  });
