import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { messages, outbox, type MESSAGE_STATUSES } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import type { SendOutcome, VendorStatus } from "./channels/channel";
import { channelOf } from "./channels/registry";
import type { Claimed, DeliverySettings } from "./outbox-claim";
import { learnFromFailureIn } from "./record-status";
import { retryDelaySeconds, SEND_ATTEMPTS } from "./rules";

type Status = (typeof MESSAGE_STATUSES)[number];
type OutboxChange = Omit<Partial<typeof outbox.$inferInsert>, "dueAt" | "leaseUntil"> & {
  dueAt?: ReturnType<typeof sql>;
  leaseUntil?: ReturnType<typeof sql> | null;
};

/** Two lost answers can't both be the same message of the vendor's: the second one is asked for again. */
const VIOLATIONS = { messages_vendor_id_uq: err("CONFLICT", { what: "vendor_message" }) } as const;
const RELEASED = { leaseToken: null, leaseUntil: null } as const;
export const inSeconds = (seconds: number) => sql`now() + ${seconds}::float8 * interval '1 second'`;

/**
 * Writes down what became of a claimed message. CONFLICT, and nothing written, when the lease has passed to another:
 * the token fences out whoever slept through it.
 */
export const storeOutcome = (
  ctx: ClinicContext,
  item: Claimed,
  outcome: SendOutcome,
  settings: DeliverySettings,
): Promise<Result<null>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    switch (outcome.outcome) {
      case "sent":
        return storeSent(tx, ctx, item, outcome.vendorId, outcome.isDelivered ? "delivered" : "sent", null);
      case "refused":
        return storeDead(tx, ctx, item, outcome.code);
      case "unknown":
        return storeUnknown(tx, ctx, item, outcome.code, settings);
      case "retry":
        return storeRetry(tx, ctx, item, outcome);
    }
  });

/** The vendor has it. */
export async function storeSent(
  tx: Tx,
  ctx: ClinicContext,
  item: Claimed,
  vendorId: string,
  status: VendorStatus,
  code: string | null,
): Promise<Result<null>> {
  if (!(await fenced(tx, ctx, item, { state: "done", ...RELEASED, lastError: code }))) return stale();
  const { vendor } = channelOf(item.channelKind);
  await tx
    .update(messages)
    .set({ vendor, vendorId, sentAt: ctx.now() })
    .where(and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, item.messageId)));
  await move(tx, ctx, item, status, status === "failed" ? (code ?? "unknown") : null);
  if (status === "failed" && code) await learnFromFailureIn(tx, ctx, item.messageId, code);
  return ok();
}

/** It never will have it. */
async function storeDead(tx: Tx, ctx: ClinicContext, item: Claimed, code: string): Promise<Result<null>> {
  if (!(await fenced(tx, ctx, item, { state: "dead", ...RELEASED, lastError: code }))) return stale();
  await move(tx, ctx, item, "failed", code);
  await learnFromFailureIn(tx, ctx, item.messageId, code);
  return ok();
}

/** It may have it: the row waits, unleased, until the vendor can be asked; where it can't, until it tells. */
async function storeUnknown(
  tx: Tx,
  ctx: ClinicContext,
  item: Claimed,
  code: string,
  settings: DeliverySettings,
): Promise<Result<null>> {
  const canAsk = channelOf(item.channelKind).find !== undefined;
  const change: OutboxChange = canAsk
    ? { leaseToken: null, leaseUntil: inSeconds(settings.reconcileAfterSeconds), lastError: code }
    : { state: "unknown", ...RELEASED, lastError: code };
  if (!(await fenced(tx, ctx, item, change))) return stale();
  await move(tx, ctx, item, "unknown", code);
  return ok();
}

async function storeRetry(
  tx: Tx,
  ctx: ClinicContext,
  item: Claimed,
  { code, afterSeconds, isPaced }: Extract<SendOutcome, { outcome: "retry" }>,
): Promise<Result<null>> {
  if (item.attempts >= SEND_ATTEMPTS) return storeDead(tx, ctx, item, code);
  const dueAt = inSeconds(retryDelaySeconds(item.attempts, Math.random(), afterSeconds));
  if (!(await fenced(tx, ctx, item, { state: "due", ...RELEASED, dueAt, lastError: code }))) return stale();
  if (isPaced) await paceChannel(tx, ctx, item, afterSeconds ?? 1);
  await audit(tx, ctx, { action: "message.retry", targetType: "message", targetId: item.messageId });
  return ok();
}

/** The vendor asked for patience with this number: what else waits for it waits too. */
const paceChannel = (tx: Tx, ctx: ClinicContext, item: Claimed, seconds: number) =>
  tx.execute(sql`
    update outbox o set due_at = greatest(o.due_at, ${inSeconds(seconds)})
    from messages m join conversations c on c.clinic_id = m.clinic_id and c.id = m.conversation_id
    where o.clinic_id = ${ctx.clinic.id} and o.state = 'due' and m.clinic_id = o.clinic_id and m.id = o.message_id
      and c.channel_id = ${item.channelId}`);

/** Gives a claim back unsent, as if it had not been made. */
export const release = (ctx: ClinicContext, item: Claimed): Promise<Result<null>> =>
  transact(ctx, {}, async (tx) => {
    const attempts = item.attempts - 1;
    return (await fenced(tx, ctx, item, { state: "due", ...RELEASED, attempts })) ? ok() : stale();
  });

const stale = () => err("CONFLICT", { what: "lease" });

/** Changes the row only while the lease is ours. */
export async function fenced(tx: Tx, ctx: ClinicContext, item: Claimed, change: OutboxChange): Promise<boolean> {
  const rows = await tx
    .update(outbox)
    .set(change)
    .where(
      and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.id, item.outboxId), eq(outbox.leaseToken, item.leaseToken)),
    )
    .returning({ id: outbox.id });
  return rows.length === 1;
}

/** Moves a message's status forward; a callback may have been faster. */
export async function move(
  tx: Tx,
  ctx: ClinicContext,
  item: Claimed,
  status: Status,
  statusReason: string | null,
): Promise<void> {
  await tx
    .update(messages)
    .set({ status, statusReason })
    .where(
      and(
        eq(messages.clinicId, ctx.clinic.id),
        eq(messages.id, item.messageId),
        sql`message_status_rank(${messages.status}) < message_status_rank(${status})`,
      ),
    );
  await audit(tx, ctx, { action: `message.${status}`, targetType: "message", targetId: item.messageId });
  await announce(tx, ctx, "message", item.messageId);
}
