import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { memberships, users } from "@/db/schema/identity";
import { notificationDeliveries, notificationPreferences, notifications } from "@/db/schema/notifications";
import { notificationDue } from "@/inngest/events";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ring } from "@/lib/core/doorbell";
import { afterCommit } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { isTold, waysFor, type Ways } from "./rules";
import type { Kind } from "./schema";

export interface News {
  kind: Kind;
  /** What it is about. */
  entityType: "conversation" | "appointment" | "channel" | "message" | "provider";
  entityId: string;
  /** The same happening told twice is told once. */
  dedupeKey: string;
  /** The one member whom it concerns; absent: all whose role may act on it. */
  userId?: string;
}

/**
 * Tells the clinic's members of something, in the transaction in which it happens: each by the ways they chose. Who did
 * it need not be told. Told again under the same key, nothing changes.
 */
export async function tellIn(tx: Tx, ctx: ClinicContext, news: News): Promise<void> {
  const told = (await listMembers(tx, ctx, news.kind)).flatMap(({ userId, role, phone, chosen }) => {
    const isOwnDoing = ctx.actor.type === "user" && ctx.actor.id === userId;
    const isMeant = news.userId === undefined || news.userId === userId;
    if (isOwnDoing || !isMeant || !isTold(role, news.kind)) return [];
    return [{ userId, phone, ways: waysFor(news.kind, chosen) }];
  });
  let isNews = false;
  for (const member of told) isNews = (await tellMember(tx, ctx, news, member)) || isNews;
  if (!isNews) return;
  await audit(tx, ctx, { action: `notification.${news.kind}`, targetType: news.entityType, targetId: news.entityId });
  await announce(tx, ctx, "notification", news.entityId);
  afterCommit(tx, () => ring(notificationDue.create({ clinicId: ctx.clinic.id })));
}

async function tellMember(
  tx: Tx,
  ctx: ClinicContext,
  { kind, entityType, entityId, dedupeKey }: News,
  { userId, phone, ways }: { userId: string; phone: string | null; ways: Ways },
): Promise<boolean> {
  const media = [...(ways.byEmail ? (["email"] as const) : []), ...(ways.bySms && phone ? (["sms"] as const) : [])];
  if (!ways.inPortal && media.length === 0) return false;
  const clinicId = ctx.clinic.id;
  const what = { kind, entityType, entityId, dedupeKey };
  // Turned off in the portal, it is there as read: the deliveries hang on it, and the list shows what was told.
  const readAt = ways.inPortal ? null : ctx.now();
  const [made] = await tx
    .insert(notifications)
    .values({ clinicId, userId, ...what, readAt, createdAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ id: notifications.id });
  if (!made) return false;
  if (media.length > 0)
    await tx
      .insert(notificationDeliveries)
      .values(media.map((medium) => ({ clinicId, notificationId: made.id, medium })));
  return true;
}

async function listMembers(tx: Tx, ctx: ClinicContext, kind: Kind) {
  const rows = await tx
    .select({
      userId: users.id,
      role: memberships.role,
      phone: users.phone,
      inPortal: notificationPreferences.inPortal,
      byEmail: notificationPreferences.byEmail,
      bySms: notificationPreferences.bySms,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(
      notificationPreferences,
      and(
        eq(notificationPreferences.clinicId, memberships.clinicId),
        eq(notificationPreferences.userId, memberships.userId),
        eq(notificationPreferences.kind, kind),
      ),
    )
    .where(and(eq(memberships.clinicId, ctx.clinic.id), isNull(users.disabledAt)))
    .orderBy(users.id);
  return rows.map(({ inPortal, byEmail, bySms, ...member }) => ({
    ...member,
    chosen: inPortal === null || byEmail === null || bySms === null ? undefined : { inPortal, byEmail, bySms },
  }));
}
