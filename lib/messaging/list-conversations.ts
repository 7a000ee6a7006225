import { and, desc, eq, inArray, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { conversations } from "@/db/schema/messaging";
import { contactPoints, patientContactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { readCursor, signCursor } from "@/lib/core/cursor";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { searchPatientIdsIn } from "@/lib/patients/search";
import { readConversationsIn, type ConversationItem } from "./read-conversations";
import type { ListConversations } from "./schema";

export interface CursorPage<T> {
  items: T[];
  nextCursor: string | null;
}

const MOST_FOUND = 200;

/** The clinic's threads, the one with the newest message first. VALIDATION_FAILED for a cursor of another list. */
export const listConversations = (
  ctx: ClinicContext,
  input: ListConversations,
): Promise<Result<CursorPage<ConversationItem>>> =>
  query(ctx, async (tx) => {
    const { cursor, limit, status = "", holder = "", assignee = "", q = "" } = input;
    const list = ["conversations", ctx.clinic.id, status, holder, assignee, q].join(" ");
    const after = cursor ? readCursor(list, cursor) : [];
    if (!after) return err("VALIDATION_FAILED", [{ code: "custom", path: ["cursor"], message: "Not of this list." }]);
    const rows = await tx
      .select({ id: conversations.id, lastMessageAt: conversations.lastMessageAt })
      .from(conversations)
      .where(
        and(
          eq(conversations.clinicId, ctx.clinic.id),
          ...filtersOf(ctx, input),
          await foundBy(tx, ctx, q),
          olderThan(after),
        ),
      )
      .orderBy(desc(conversations.lastMessageAt), desc(conversations.id))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const items = await readConversationsIn(
      tx,
      ctx,
      page.map((row) => row.id),
    );
    return ok({
      items,
      nextCursor: last ? signCursor(list, [last.lastMessageAt?.toISOString() ?? "", last.id]) : null,
    });
  });

function filtersOf(ctx: ClinicContext, { status, holder, assignee }: ListConversations): (SQL | undefined)[] {
  const assigneeId = assignee === "me" ? (ctx.actor.type === "user" ? ctx.actor.id : undefined) : assignee;
  return [
    sql`${conversations.lastMessageAt} is not null`,
    status ? eq(conversations.status, status) : undefined,
    holder ? eq(conversations.holder, holder) : undefined,
    assigneeId === "none" ? isNull(conversations.assigneeId) : undefined,
    assigneeId && assigneeId !== "none" ? eq(conversations.assigneeId, assigneeId) : undefined,
  ];
}

/** Threads of the patients whose name, phone or e-mail has these words, and of strangers by their number. */
async function foundBy(tx: Tx, ctx: ClinicContext, q: string): Promise<SQL | undefined> {
  if (!q) return undefined;
  const patientIds = await searchPatientIdsIn(tx, q, MOST_FOUND);
  const digits = /^[+0-9 ().-]{3,}$/.test(q) ? q.replace(/\D/g, "") : "";
  const theirs = tx
    .select({ id: patientContactPoints.contactPointId })
    .from(patientContactPoints)
    .where(and(eq(patientContactPoints.clinicId, ctx.clinic.id), inArray(patientContactPoints.patientId, patientIds)));
  const numbers = tx
    .select({ id: contactPoints.id })
    .from(contactPoints)
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), sql`${contactPoints.value} like ${`%${digits}%`}`));
  const byPatient = patientIds.length > 0 ? inArray(conversations.contactPointId, theirs) : sql`false`;
  return digits ? or(byPatient, inArray(conversations.contactPointId, numbers)) : byPatient;
}

function olderThan([at, id]: string[]): SQL | undefined {
  if (!at || !id) return undefined;
  const when = new Date(at);
  return or(
    lt(conversations.lastMessageAt, when),
    and(eq(conversations.lastMessageAt, when), lt(conversations.id, id)),
  );
}
