import { and, asc, count, desc, eq, isNotNull, isNull, lt, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { tasks } from "@/db/schema/front-desk";
import { users } from "@/db/schema/identity";
import { conversations } from "@/db/schema/messaging";
import { contactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import type { CamelKeys } from "@/lib/core/keys";
import { ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { dayBounds, dayIn } from "@/lib/core/zone";
import { addressFor } from "@/lib/patients/read";
import type { ListTasks, TaskCounts, TaskItem } from "./schema";

const MOST_COUNTED = 10_000;
const doers = alias(users, "doers");
/** One without a day is due since it was made. */
const dueAt = sql`coalesce(${tasks.dueAt}, ${tasks.createdAt})`.mapWith(tasks.createdAt);

/** What staff must do, urgent and old first; done ones by when they were done. */
export const listTasks = (ctx: ClinicContext, input: ListTasks) =>
  query(ctx, async (tx) => {
    const { page, limit } = input;
    const where = whereOf(ctx, input);
    const urgentFirst = sql`(${tasks.reason} = 'emergency') desc`;
    const order = input.status === "open" ? [urgentFirst, asc(dueAt), asc(tasks.id)] : [desc(tasks.doneAt)];
    const items = await readTasks(tx, ctx, where, { order, limit, offset: (page - 1) * limit });
    const counted = tx.select({ id: tasks.id }).from(tasks).where(where).limit(MOST_COUNTED).as("counted");
    const [total] = await tx.select({ n: count() }).from(counted);
    return ok({ items, page, limit, total: total?.n ?? 0, totalCapped: (total?.n ?? 0) >= MOST_COUNTED });
  }) satisfies Promise<Result<unknown>>;

/** One task as a list shows it. */
export const readTaskIn = async (tx: Tx, ctx: ClinicContext, id: string): Promise<Item | undefined> =>
  (await readTasks(tx, ctx, and(eq(tasks.clinicId, ctx.clinic.id), eq(tasks.id, id)), { limit: 1 }))[0];

/** How many there are in each view, and how many wait for the caller. */
export const countTasks = (ctx: ClinicContext): Promise<Result<CamelKeys<TaskCounts>>> =>
  query(ctx, async (tx) => {
    const [isMine, isNobodys, isDue] = [ofMe(ctx), isNull(tasks.assigneeId), dueToday(ctx)];
    const many = (which: SQL | undefined) => sql<number>`count(*) filter (where ${which})`.mapWith(Number);
    const [counts] = await tx
      .select({
        ...{ open: count(), mine: many(isMine), unassigned: many(isNobodys), due: many(isDue) },
        waiting: many(sql`(${isMine} or ${isNobodys}) and ${isDue}`),
      })
      .from(tasks)
      .where(and(eq(tasks.clinicId, ctx.clinic.id), isNull(tasks.doneAt)));
    return ok(counts ?? { open: 0, mine: 0, unassigned: 0, due: 0, waiting: 0 });
  });

type Item = Omit<CamelKeys<TaskItem>, "dueAt" | "doneAt" | "createdAt"> & {
  dueAt: Date;
  doneAt: Date | null;
  createdAt: Date;
};

const ofMe = (ctx: ClinicContext): SQL => (ctx.actor.type === "user" ? eq(tasks.assigneeId, ctx.actor.id) : sql`false`);

const dueToday = (ctx: ClinicContext): SQL => {
  const { timeZone } = ctx.clinic;
  return lt(dueAt, dayBounds(dayIn(ctx.now(), timeZone), timeZone).end);
};

const whereOf = (ctx: ClinicContext, { status, assignee, due, kind, patientId, conversationId }: ListTasks) =>
  and(
    eq(tasks.clinicId, ctx.clinic.id),
    status === "open" ? isNull(tasks.doneAt) : isNotNull(tasks.doneAt),
    assignee === "me" ? ofMe(ctx) : assignee === "none" ? isNull(tasks.assigneeId) : undefined,
    due && dueToday(ctx),
    kind && eq(tasks.reason, kind),
    patientId ? eq(tasks.patientId, patientId) : undefined,
    conversationId ? eq(tasks.conversationId, conversationId) : undefined,
  );

/** The names of those who are reached at a conversation's address. */
const people = sql<string[]>`coalesce((select json_agg(p.name order by p.id) from patient_contact_points l
  join patients p on p.clinic_id = l.clinic_id and p.id = l.patient_id and p.merged_into_id is null
  where l.clinic_id = ${contactPoints.clinicId} and l.contact_point_id = ${contactPoints.id}), '[]')`;

interface Part {
  order?: SQL[];
  limit: number;
  offset?: number;
}

async function readTasks(tx: Tx, ctx: ClinicContext, where: SQL | undefined, part: Part): Promise<Item[]> {
  const rows = await tx
    .select({
      ...{ id: tasks.id, reason: tasks.reason, note: tasks.note, messageId: tasks.messageId },
      ...{ patientId: tasks.patientId, patientName: patients.name, conversationId: tasks.conversationId, people },
      ...{ kind: contactPoints.kind, value: contactPoints.value },
      ...{ assigneeId: tasks.assigneeId, assigneeName: users.name, doneByName: doers.name },
      ...{ dueAt, doneAt: tasks.doneAt, createdAt: tasks.createdAt },
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
    .leftJoin(doers, eq(doers.id, tasks.doneBy))
    .where(where)
    .orderBy(...(part.order ?? []))
    .limit(part.limit)
    .offset(part.offset ?? 0);
  return rows.map(({ kind, value, ...row }) => ({ ...row, from: kind && value ? addressFor(ctx, kind, value) : null }));
}
