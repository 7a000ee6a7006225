import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { messages, outbox } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { sendIn } from "@/lib/messaging/send";

/** Remembered on the row: the vendor refused free text, so only a template may go. */
export const WINDOW_CLOSED = "window_closed";

export type OutboxRow = typeof outbox.$inferSelect;

/** The row of the outbox that stands for a message, locked; undefined where another has taken over already. */
export async function lockStandingIn(tx: Tx, ctx: ClinicContext, where: { messageId: string } | { outboxId: string }) {
  const which = "messageId" in where ? eq(outbox.messageId, where.messageId) : eq(outbox.id, where.outboxId);
  const [row] = await tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.clinicId, ctx.clinic.id), which, isNull(outbox.supersededAt)))
    .for("no key update");
  return row;
}

/** Whether this key has been taken over before: it is somebody's second way already. */
export async function wasReissuedIn(tx: Tx, ctx: ClinicContext, dedupeKey: string): Promise<boolean> {
  const earlier = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(...[eq(outbox.clinicId, ctx.clinic.id), eq(outbox.dedupeKey, dedupeKey)], isNotNull(outbox.supersededAt)),
    )
    .limit(1);
  return earlier.length > 0;
}

/**
 * Writes a message anew, in the same or another conversation, and lets it stand for the old one under the same key: of one
 * key at most one row stands, so nobody gets it twice by two ways. Answers the new message's id.
 */
export async function reissueIn(tx: Tx, ctx: ClinicContext, row: OutboxRow, conversationId?: string): Promise<string> {
  const [message] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, row.messageId)));
  if (!message?.sendClass || message.senderType === "patient") throw new Error("only what we wrote is written anew");
  const { text, sendClass, senderType, senderUserId, turnId, templateId, payload } = message;
  await tx
    .update(outbox)
    .set({ supersededAt: sql`now()` })
    .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.id, row.id)));
  await audit(tx, ctx, { action: "message.supersede", targetType: "message", targetId: message.id });
  return sendIn(tx, ctx, {
    ...{ conversationId: conversationId ?? message.conversationId, text, sendClass, senderType },
    ...(senderUserId && { senderUserId }),
    ...(turnId && { turnId }),
    ...(templateId && { templateId }),
    ...(payload && { payload }),
    ...{ dedupeKey: row.dedupeKey, expiresAt: row.expiresAt },
  });
}

/**
 * The vendor said only afterwards that the window for free text was closed: written anew, once, for the gate to send as a
 * template. Answers its id, or undefined where it has been tried before.
 */
export async function reissueAsTemplateIn(tx: Tx, ctx: ClinicContext, messageId: string): Promise<string | undefined> {
  const row = await lockStandingIn(tx, ctx, { messageId });
  if (!row || (await wasReissuedIn(tx, ctx, row.dedupeKey))) return undefined;
  const id = await reissueIn(tx, ctx, row);
  await tx
    .update(outbox)
    .set({ lastError: WINDOW_CLOSED })
    .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.messageId, id)));
  return id;
}
