import { and, count, desc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import { conversations, messages } from "@/db/schema/messaging";
import { notifications } from "@/db/schema/notifications";
import { patientContactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { readCursor, signCursor } from "@/lib/core/cursor";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import type { Kind, ListNotifications } from "./schema";

export interface NotificationItem {
  id: string;
  kind: Kind;
  entityType: string;
  entityId: string;
  /** Whom it is about, where one person is: for the portal alone, never for a subject or an SMS. */
  patientName: string | null;
  conversationId: string | null;
  startsAt: Date | null;
  readAt: Date | null;
  createdAt: Date;
}

export interface Notifications {
  items: NotificationItem[];
  nextCursor: string | null;
  unreadCount: number;
}

/** The caller's own notifications in this clinic, the newest first. VALIDATION_FAILED for a cursor of another list. */
export async function listNotifications(ctx: ClinicContext, input: ListNotifications): Promise<Result<Notifications>> {
  if (ctx.actor.type !== "user") return err("FORBIDDEN");
  const userId = ctx.actor.id;
  const list = `notifications ${ctx.clinic.id} ${userId}`;
  const after = input.cursor ? readCursor(list, input.cursor) : [];
  if (!after) return err("VALIDATION_FAILED", [{ code: "custom", path: ["cursor"], message: "Not of this list." }]);
  return query(ctx, async (tx) => {
    const rows = await readPage(tx, ctx, userId, after, input.limit + 1);
    const items = rows.slice(0, input.limit);
    const last = rows.length > input.limit ? items.at(-1) : undefined;
    const [unread] = await tx
      .select({ n: count() })
      .from(notifications)
      .where(
        and(eq(notifications.clinicId, ctx.clinic.id), eq(notifications.userId, userId), isNull(notifications.readAt)),
      );
    return ok({
      items: items.map(({ at: _at, ...item }) => item),
      nextCursor: last ? signCursor(list, [last.at, last.id]) : null,
      unreadCount: unread?.n ?? 0,
    });
  });
}

function readPage(tx: Tx, ctx: ClinicContext, userId: string, [at, id]: string[], most: number) {
  const conversationId = sql<string | null>`coalesce(${conversations.id}, ${messages.conversationId})`;
  return tx
    .select({
      id: notifications.id,
      kind: notifications.kind,
      entityType: notifications.entityType,
      entityId: notifications.entityId,
      patientName: patientNameOf(),
      conversationId,
      startsAt: appointments.startsAt,
      readAt: notifications.readAt,
      createdAt: notifications.createdAt,
      at: sql<string>`${notifications.createdAt}::text`,
    })
    .from(notifications)
    .leftJoin(
      appointments,
      and(eq(appointments.clinicId, notifications.clinicId), eq(appointments.id, notifications.entityId)),
    )
    .leftJoin(messages, and(eq(messages.clinicId, notifications.clinicId), eq(messages.id, notifications.entityId)))
    .leftJoin(
      conversations,
      and(eq(conversations.clinicId, notifications.clinicId), eq(conversations.id, notifications.entityId)),
    )
    .where(
      and(
        eq(notifications.clinicId, ctx.clinic.id),
        eq(notifications.userId, userId),
        at && id
          ? sql`(${notifications.createdAt}, ${notifications.id}) < (${at}::timestamptz, ${id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(most);
}

/** The visit's patient, else the one person (or the first of a family) behind the thread's contact point. */
const patientNameOf = () => sql<string | null>`coalesce(
  (select p.name from ${patients} p where p.clinic_id = ${notifications.clinicId} and p.id = ${appointments.patientId}),
  (select p.name from ${patientContactPoints} l
    join ${patients} p on p.clinic_id = l.clinic_id and p.id = l.patient_id
    where l.clinic_id = ${notifications.clinicId} and l.contact_point_id = coalesce(${conversations.contactPointId},
      (select t.contact_point_id from conversations t where t.clinic_id = ${messages.clinicId} and t.id = ${messages.conversationId}))
    order by l.is_primary desc, p.id limit 1))`;
