import { and, asc, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { announce } from "@/lib/realtime/announce";
import { CONSENT_CHANNEL_OF } from "./channels/kinds";
import type { ConsentChannel, Purpose } from "./consent";

/**
 * Takes back what waits to be sent against a stop: everything on the channel kind to the contact point, and marketing to
 * all of its people's. What another worker holds at this moment is left to its claim, which asks for consent itself.
 */
export async function suppressPendingIn(
  tx: Tx,
  ctx: ClinicContext,
  stop: { contactPointId: string; channelKind: ConsentChannel },
  purposes: readonly Purpose[],
  behindIds: string[],
): Promise<void> {
  const kinds = Object.entries(CONSENT_CHANNEL_OF).flatMap(([kind, of]) => (of === stop.channelKind ? [kind] : []));
  const here = and(
    eq(conversations.contactPointId, stop.contactPointId),
    inArray(sql<string>`${channels.kind}`, kinds.length > 0 ? kinds : [""]),
    purposes.includes("service") ? ne(messages.sendClass, "optout_confirmation") : eq(messages.sendClass, "marketing"),
  );
  const everywhere = and(inArray(conversations.contactPointId, behindIds), eq(messages.sendClass, "marketing"));
  const waiting = await tx
    .select({ outboxId: outbox.id, messageId: messages.id })
    .from(outbox)
    .innerJoin(messages, and(eq(messages.clinicId, outbox.clinicId), eq(messages.id, outbox.messageId)))
    .innerJoin(
      conversations,
      and(eq(conversations.clinicId, messages.clinicId), eq(conversations.id, messages.conversationId)),
    )
    .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
    .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.state, "due"), or(here, everywhere)))
    .orderBy(asc(outbox.id))
    .for("update", { of: outbox, skipLocked: true });
  for (const { outboxId, messageId } of waiting) await suppressIn(tx, ctx, outboxId, messageId, "opted_out");
}

/** Ends one outbound message unsent, with the gate's reason. */
export async function suppressIn(
  tx: Tx,
  ctx: ClinicContext,
  outboxId: string,
  messageId: string,
  reason: string,
): Promise<void> {
  await tx
    .update(outbox)
    .set({ state: "done", leaseToken: null, leaseUntil: null, lastError: reason })
    .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.id, outboxId)));
  await tx
    .update(messages)
    .set({ status: "suppressed", statusReason: reason })
    .where(
      and(
        eq(messages.clinicId, ctx.clinic.id),
        eq(messages.id, messageId),
        sql`message_status_rank(${messages.status}) < message_status_rank('suppressed')`,
      ),
    );
  await announce(tx, ctx, "message", messageId);
}
