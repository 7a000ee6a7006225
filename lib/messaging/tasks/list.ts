import { and, asc, count, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { tasks } from "@/db/schema/front-desk";
import { users } from "@/db/schema/identity";
import { conversations } from "@/db/schema/messaging";
import { contactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import type { ListTasks } from "./schema";

const MOST_COUNTED = 10_000;

/** What staff must do, urgent and old first; done ones by when they were done. */
export const listTasks = (ctx: ClinicContext, input: ListTasks) =>
  query(ctx, async (tx) => {
    const { status, assignee, patientId, page, limit } = input;
    const me = ctx.actor.type === "user" ? ctx.actor.id : null;
    const where = and(
      eq(tasks.clinicId, ctx.clinic.id),
      status === "open" ? isNull(tasks.doneAt) : isNotNull(tasks.doneAt),
      assignee === "me" && me ? eq(tasks.assigneeId, me) : undefined,
      patientId ? eq(tasks.patientId, patientId) : undefined,
    );
    const urgentFirst = sql`(${tasks.reason} = 'emergency') desc`;
    const items = await tx
      .select({
        id: tasks.id,
        reason: tasks.reason,
        note: tasks.note,
        patientId: tasks.patientId,
        patientName: patients.name,
        conversationId: tasks.conversationId,
        messageId: tasks.messageId,
        from: contactPoints.value,
        assigneeId: tasks.assigneeId,
        assigneeName: users.name,
        dueAt: tasks.dueAt,
        doneAt: tasks.doneAt,
        createdAt: tasks.createdAt,
      })
      .from(tasks)
      .leftJoin(patients, and(eq(patients.clinicId, tasks.clinicId), eq(patients.id, tasks.patientId)))
      .leftJoin(
        conversations,
        and(eq(conversations.clinicId, tasks.clinicId), eq(conversations.id, tasks.conversationId)),
      )
      .leftJoin(
        contactPoints,
        and(eq(contactPoints.clinicId, conversations.clinicId), eq(contactPoints.id, conversations.contactPointId)),
      )
      .leftJoin(users, eq(users.id, tasks.assigneeId))
      .where(where)
      .orderBy(...(status === "open" ? [urgentFirst, asc(tasks.dueAt), asc(tasks.id)] : [desc(tasks.doneAt)]))
      .limit(limit)
      .offset((page - 1) * limit);
    const counted = tx.select({ id: tasks.id }).from(tasks).where(where).limit(MOST_COUNTED).as("counted");
    const [total] = await tx.select({ n: count() }).from(counted);
    return ok({ items, page, limit, total: total?.n ?? 0, totalCapped: (total?.n ?? 0) >= MOST_COUNTED });
  }) satisfies Promise<Result<unknown>>;
