import { and, asc, eq, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema/identity";
import { notificationDeliveries, notifications } from "@/db/schema/notifications";
import { audit } from "@/lib/audit/record";
import { systemContext } from "@/lib/clinics/mint";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import { sendMail } from "@/lib/mail/send-mail";
import { dayTextIn } from "./day-ahead";
import { wordsOf } from "./words";

const BATCH = 10;
const ATTEMPTS = 5;
const LEASE_SECONDS = 60;

type Outcome = { outcome: "sent" } | { outcome: "retry" | "refused" | "unknown"; code: string };
/** Sends one text to a member's phone; messaging's, which knows the carriers and must not be known here. */
export type SendText = (ctx: ClinicContext, text: { to: string; text: string }) => Promise<Outcome>;

/**
 * Sends what is due to a clinic's members by e-mail and SMS. Each is claimed under a lease; one whose answer was lost is
 * not sent again, an unreachable server is asked five times. What was read in the portal meanwhile is still sent: an
 * alert that sometimes doesn't come is none. Answers how many were settled.
 */
export async function deliverNotifications(clinicId: string, sendText: SendText): Promise<number> {
  const ctx = await systemContext(clinicId, "notifications.deliver");
  let settled = 0;
  for (;;) {
    const claimed = await claimDue(ctx);
    if (claimed.length === 0) return settled;
    for (const item of claimed) await settle(ctx, item, await send(ctx, item, sendText));
    settled += claimed.length;
  }
}

type Claimed = Awaited<ReturnType<typeof lockDue>>[number] & { leaseToken: string };

const claimDue = async (ctx: ClinicContext): Promise<Claimed[]> =>
  unwrap(
    await transact(ctx, {}, async (tx) => {
      await giveUpLost(tx, ctx);
      const leaseToken = crypto.randomUUID();
      const due = await lockDue(tx, ctx);
      for (const { id } of due)
        await tx
          .update(notificationDeliveries)
          .set({
            state: "sending",
            leaseToken,
            leaseUntil: sql`now() + ${LEASE_SECONDS} * interval '1 second'`,
            attempts: sql`${notificationDeliveries.attempts} + 1`,
          })
          .where(and(eq(notificationDeliveries.clinicId, ctx.clinic.id), eq(notificationDeliveries.id, id)));
      return ok(due.map((item) => ({ ...item, leaseToken })));
    }),
  );

/** A worker died between the claim and the answer: whether it was sent can't be known, and twice is worse than once. */
const giveUpLost = (tx: Tx, ctx: ClinicContext) =>
  tx
    .update(notificationDeliveries)
    .set({ state: "unknown", leaseToken: null })
    .where(
      and(
        eq(notificationDeliveries.clinicId, ctx.clinic.id),
        eq(notificationDeliveries.state, "sending"),
        lt(notificationDeliveries.leaseUntil, sql`now()`),
      ),
    );

const lockDue = (tx: Tx, ctx: ClinicContext) =>
  tx
    .select({
      id: notificationDeliveries.id,
      medium: notificationDeliveries.medium,
      attempts: notificationDeliveries.attempts,
      kind: notifications.kind,
      entityType: notifications.entityType,
      entityId: notifications.entityId,
      toldAt: notifications.createdAt,
      email: users.email,
      phone: users.phone,
      locale: users.locale,
    })
    .from(notificationDeliveries)
    .innerJoin(
      notifications,
      and(
        eq(notifications.clinicId, notificationDeliveries.clinicId),
        eq(notifications.id, notificationDeliveries.notificationId),
      ),
    )
    .innerJoin(users, and(eq(users.id, notifications.userId), isNull(users.disabledAt)))
    .where(
      and(
        eq(notificationDeliveries.clinicId, ctx.clinic.id),
        eq(notificationDeliveries.state, "due"),
        lte(notificationDeliveries.dueAt, sql`now()`),
        or(isNull(notificationDeliveries.leaseUntil), lt(notificationDeliveries.leaseUntil, sql`now()`)),
      ),
    )
    .orderBy(asc(notificationDeliveries.dueAt))
    .limit(BATCH)
    .for("update", { of: notificationDeliveries, skipLocked: true });

async function send(ctx: ClinicContext, item: Claimed, sendText: SendText): Promise<Outcome> {
  const { id, medium, kind, email, phone, toldAt, entityId, entityType } = item;
  const locale = item.locale ?? ctx.clinic.defaultLocale;
  const { subject, text } = wordsOf(kind, { clinic: ctx.clinic, entityType, entityId }, locale);
  if (medium === "email" && kind === "day_ahead") {
    const day = await query(ctx, (tx) => dayTextIn(tx, ctx, { providerId: entityId, toldAt, locale }));
    return sendMail({ id, to: email, subject, text: `${day}\n\n${text}` });
  }
  if (medium === "email") return sendMail({ id, to: email, subject, text });
  return phone ? sendText(ctx, { to: phone, text }) : { outcome: "refused", code: "no_phone" };
}

/** Under the lease alone: a worker that was overtaken writes nothing. */
const settle = (ctx: ClinicContext, item: Claimed, sent: Outcome): Promise<unknown> =>
  transact(ctx, {}, async (tx) => {
    const isTriedAgain = sent.outcome === "retry" && item.attempts + 1 < ATTEMPTS;
    const state = isTriedAgain ? "due" : sent.outcome === "sent" || sent.outcome === "unknown" ? sent.outcome : "dead";
    const done = await tx
      .update(notificationDeliveries)
      .set({
        state,
        leaseToken: null,
        leaseUntil: null,
        lastError: sent.outcome === "sent" ? null : sent.code,
        dueAt: sql`now() + ${15 * 2 ** item.attempts} * interval '1 second'`,
      })
      .where(
        and(
          eq(notificationDeliveries.clinicId, ctx.clinic.id),
          eq(notificationDeliveries.id, item.id),
          eq(notificationDeliveries.leaseToken, item.leaseToken),
        ),
      )
      .returning({ id: notificationDeliveries.id });
    if (done.length > 0)
      await audit(tx, ctx, { action: `notification.delivery.${state}`, targetType: "notification", targetId: item.id });
    return ok();
  });
