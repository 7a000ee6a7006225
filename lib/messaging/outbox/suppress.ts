import { setTimeout } from "node:timers/promises";
import { and, asc, eq, inArray, isNotNull, ne, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";
import { announce } from "@/lib/realtime/announce";
import { CONSENT_CHANNEL_OF } from "@/lib/messaging/channels/kinds";
import type { ConsentChannel, Purpose } from "@/lib/messaging/consents/consent";
import { CLAIM_FRESH_MS } from "@/lib/messaging/rules";

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
  const here = and(
    reachedBy(stop),
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

interface Stop {
  contactPointId: string;
  channelKind: ConsentChannel;
}

function reachedBy({ contactPointId, channelKind }: Stop) {
  const kinds = Object.entries(CONSENT_CHANNEL_OF).flatMap(([kind, of]) => (of === channelKind ? [kind] : []));
  return and(
    eq(conversations.contactPointId, contactPointId),
    inArray(sql<string>`${channels.kind}`, kinds.length > 0 ? kinds : [""]),
  );
}

const LOOK_AGAIN_MS = 20;
/** From a worker's look at its claim's age to the first byte that leaves, on a machine that is hard at work. */
const BEGINS_WITHIN_MS = 2_000;

/**
 * Waits, three seconds at most, until no send to this contact point that was claimed before can still begin: its worker
 * has told what became of it, or will find its claim too old. The caller holds the contact point, so none is claimed
 * meanwhile; once its stop commits, nothing begins any more (guarantees.md, I8).
 */
export async function awaitUnderWayIn(tx: Tx, ctx: ClinicContext, stop: Stop): Promise<void> {
  const still = CLAIM_FRESH_MS + BEGINS_WITHIN_MS;
  for (let waited = 0; waited <= still; waited += LOOK_AGAIN_MS) {
    const underWay = await tx
      .select({ id: outbox.id })
      .from(outbox)
      .innerJoin(messages, and(eq(messages.clinicId, outbox.clinicId), eq(messages.id, outbox.messageId)))
      .innerJoin(
        conversations,
        and(eq(conversations.clinicId, messages.clinicId), eq(conversations.id, messages.conversationId)),
      )
      .innerJoin(channels, and(eq(channels.clinicId, conversations.clinicId), eq(channels.id, conversations.channelId)))
      .where(
        and(
          ...[eq(outbox.clinicId, ctx.clinic.id), eq(outbox.state, "sending"), isNotNull(outbox.leaseToken)],
          sql`${outbox.dueAt} > clock_timestamp() - ${still}::int * interval '1 millisecond'`,
          reachedBy(stop),
        ),
      )
      .limit(1);
    if (underWay.length === 0) return;
    await setTimeout(LOOK_AGAIN_MS);
  }
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
