import { and, asc, eq, lte, or, isNull, lt, sql } from "drizzle-orm";
import { conversations } from "@/db/schema/messaging";
import { systemContext } from "@/lib/clinics/mint";
import { query, unscoped } from "@/lib/core/transact";

const MOST_CLINICS = 200;
const MOST_THREADS = 100;

export type DueWork =
  | "day_mail"
  | "hold"
  | "media"
  | "notification"
  | "outbox"
  | "reconcile"
  | "snooze"
  | "templates"
  | "turn"
  | "unanswered"
  | "visit_news";

/** Which clinics have something waiting, at most 200 at a time; ids only, asked before any clinic is known. */
export const clinicsWithDueWork = (work: DueWork): Promise<string[]> =>
  unscoped(async (tx) => {
    const found = await tx.execute<{ id: string }>(
      sql`select id from clinics_with_due_work(${work}, ${MOST_CLINICS}) as id`,
    );
    return found.rows.map((row) => row.id);
  });

/** Conversations whose next turn is due and held by nobody, in all clinics: for the sweep that rings for them. */
export async function listDueTurns(): Promise<{ clinicId: string; conversationId: string }[]> {
  const due: { clinicId: string; conversationId: string }[] = [];
  for (const clinicId of await clinicsWithDueWork("turn")) {
    const ctx = await systemContext(clinicId, "messaging.sweep");
    const rows = await query(ctx, (tx) =>
      tx
        .select({ id: conversations.id })
        .from(conversations)
        .where(
          and(
            eq(conversations.clinicId, clinicId),
            lte(conversations.turnDueAt, sql`now()`),
            or(isNull(conversations.turnLeaseUntil), lt(conversations.turnLeaseUntil, sql`now()`)),
          ),
        )
        .orderBy(asc(conversations.turnDueAt))
        .limit(MOST_THREADS),
    );
    due.push(...rows.map((row) => ({ clinicId, conversationId: row.id })));
  }
  return due;
}
