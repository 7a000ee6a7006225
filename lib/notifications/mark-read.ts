import { and, eq, inArray, isNull } from "drizzle-orm";
import { notifications } from "@/db/schema/notifications";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import type { MarkRead } from "./schema";

/** Marks the caller's own notifications read: those named, or all. Answers how many were unread. */
export async function markNotificationsRead(ctx: ClinicContext, { ids }: MarkRead): Promise<Result<{ read: number }>> {
  if (ctx.actor.type !== "user") return err("FORBIDDEN");
  const userId = ctx.actor.id;
  return transact(ctx, {}, async (tx) => {
    const read = await tx
      .update(notifications)
      .set({ readAt: ctx.now() })
      .where(
        and(
          eq(notifications.clinicId, ctx.clinic.id),
          eq(notifications.userId, userId),
          isNull(notifications.readAt),
          ids && inArray(notifications.id, ids),
        ),
      )
      .returning({ id: notifications.id });
    const [first] = read;
    if (!first) return ok({ read: 0 });
    await audit(tx, ctx, { action: "notification.read", targetType: "user", targetId: userId, changed: ["read_at"] });
    await announce(tx, ctx, "notification", first.id);
    return ok({ read: read.length });
  });
}
