import { and, eq, gt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { channelBreakers } from "@/db/schema/channels";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { announce } from "@/lib/realtime/announce";
import { raiseTaskIn } from "@/lib/messaging/tasks/raise";

/** Failures in a row after which nothing more is sent through a channel but one probe at a time. */
export const BREAKER_OPENS_AFTER = 5;

const rowOf = (ctx: ClinicContext, channelId: string) =>
  and(eq(channelBreakers.clinicId, ctx.clinic.id), eq(channelBreakers.channelId, channelId));
const ahead = (seconds: number) => sql`now() + ${seconds}::float8 * interval '1 second'`;

/** Whether a channel's breaker is open or half open, so that at most one message may try. */
export async function isBreakerTrippedIn(tx: Tx, ctx: ClinicContext, channelId: string): Promise<boolean> {
  const rows = await tx
    .select({ failures: channelBreakers.failures })
    .from(channelBreakers)
    .where(and(rowOf(ctx, channelId), sql`${channelBreakers.openUntil} is not null`));
  return rows.length > 0;
}

/** Takes the right to try whether the vendor is back, for this message alone; false when a rival has it. */
export async function takeProbeIn(
  tx: Tx,
  ctx: ClinicContext,
  channelId: string,
  outboxId: string,
  seconds: number,
): Promise<boolean> {
  const taken = await tx
    .update(channelBreakers)
    .set({ openUntil: ahead(seconds), probeOutboxId: outboxId, changedAt: sql`now()` })
    .where(and(rowOf(ctx, channelId), sql`${channelBreakers.openUntil} <= now()`))
    .returning({ id: channelBreakers.channelId });
  return taken.length === 1;
}

/**
 * The vendor couldn't be used, for a reason that isn't this message. From the fifth time in a row on the channel rests;
 * a probe that failed keeps it at rest for another while. Staff are told when it opens.
 */
export async function recordVendorDownIn(
  tx: Tx,
  ctx: ClinicContext,
  { channelId, outboxId }: { channelId: string; outboxId: string },
  code: string,
  seconds: number,
): Promise<void> {
  const row = { clinicId: ctx.clinic.id, channelId, failures: 1, lastCode: code };
  const failures = sql<number>`least(${channelBreakers.failures} + 1, 30000)`;
  const opens = sql`${channelBreakers.failures} + 1 >= ${BREAKER_OPENS_AFTER} and (${channelBreakers.openUntil} is null
    or ${channelBreakers.probeOutboxId} = ${outboxId})`;
  const [after] = await tx
    .insert(channelBreakers)
    .values(row)
    .onConflictDoUpdate({
      target: [channelBreakers.clinicId, channelBreakers.channelId],
      set: {
        failures,
        lastCode: code,
        openUntil: sql`case when ${opens} then ${ahead(seconds)} else ${channelBreakers.openUntil} end`,
        changedAt: sql`now()`,
      },
    })
    .returning({ failures: channelBreakers.failures });
  if (after?.failures !== BREAKER_OPENS_AFTER) return;
  await audit(tx, ctx, { action: "channel.breaker_open", targetType: "channel", targetId: channelId });
  await raiseTaskIn(tx, ctx, { reason: "channel_broken", channelId });
  await announce(tx, ctx, "channel", channelId);
}

/** The vendor answered. What waited because it didn't is due at once, spread over two seconds. */
export async function recordVendorUpIn(tx: Tx, ctx: ClinicContext, channelId: string): Promise<void> {
  const [closed] = await tx
    .update(channelBreakers)
    .set({ failures: 0, openUntil: null, probeOutboxId: null, changedAt: sql`now()` })
    .where(and(rowOf(ctx, channelId), gt(channelBreakers.failures, 0)))
    .returning({ id: channelBreakers.channelId });
  if (!closed) return;
  await tx.execute(sql`
    update outbox o set due_at = least(o.due_at, now() + random() * interval '2 seconds')
    from messages m join conversations c on c.clinic_id = m.clinic_id and c.id = m.conversation_id
    where o.clinic_id = ${ctx.clinic.id} and o.state = 'due' and o.attempts > 0 and o.last_error like 'down:%'
      and m.clinic_id = o.clinic_id and m.id = o.message_id and c.channel_id = ${channelId}`);
  await announce(tx, ctx, "channel", channelId);
}
