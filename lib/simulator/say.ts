import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { channels } from "@/db/schema/channels";
import { webhookReceived } from "@/inngest/events";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ring } from "@/lib/core/doorbell";
import { ok, type Result } from "@/lib/core/result";
import { afterCommit, transact } from "@/lib/core/transact";
import { storeEventsIn } from "@/lib/messaging/ingest/webhook-events";
import { findTalkIn, playedPhoneIn } from "./internal";
import type { Say } from "./schema";

export interface Said {
  /** The message that this will become; it is there a moment later. */
  messageId: string;
  conversationId: string | null;
}

/**
 * Writes to the bot as a patient would: the words go the way of every vendor's message, kept raw and read from there.
 * FORBIDDEN for a real patient's number outside the demo.
 */
export const say = (ctx: ClinicContext, input: Say): Promise<Result<Said>> =>
  transact(ctx, {}, async (tx) => {
    const phone = await playedPhoneIn(tx, ctx, input.phone);
    if (!phone.ok) return phone;
    await ensureChannelIn(tx, ctx);
    const messageId = newId();
    const text = input.text.replaceAll("\u0000", "");
    const body = {
      From: phone.data,
      To: ctx.clinic.slug,
      Body: text,
      ...(input.language && { Language: input.language }),
    };
    const event = {
      vendor: "simulator",
      account: ctx.clinic.slug,
      vendorId: messageId,
      event: "message",
      body,
    } as const;
    await storeEventsIn(tx, [{ id: messageId, ...event }]);
    await audit(tx, ctx, { action: "simulator.say", targetType: "message", targetId: messageId });
    afterCommit(tx, () => ring(webhookReceived.create({})));
    const talk = await findTalkIn(tx, ctx, phone.data);
    return ok({ messageId, conversationId: talk?.id ?? null });
  });

/** The clinic's simulator channel, made when it is first used. */
async function ensureChannelIn(tx: Tx, ctx: ClinicContext): Promise<void> {
  const [found] = await tx
    .select({ id: channels.id })
    .from(channels)
    .where(and(eq(channels.clinicId, ctx.clinic.id), eq(channels.kind, "simulator")));
  if (found) return;
  const row = { clinicId: ctx.clinic.id, kind: "simulator", address: ctx.clinic.slug } as const;
  await tx.insert(channels).values(row).onConflictDoNothing();
}
