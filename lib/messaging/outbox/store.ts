import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { messages, outbox, type MESSAGE_STATUSES } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { recordVendorDownIn, recordVendorUpIn } from "./breaker";
import type { SendOutcome, VendorStatus } from "@/lib/messaging/channels/channel";
import { reasonOf, type SendReason } from "@/lib/messaging/channels/reasons";
import { channelOf } from "@/lib/messaging/channels/registry";
import { learnFromFailureIn } from "./learn-from-failure";
import type { Claimed, DeliverySettings, OutboxItem } from "./items";
import { restChannelIn, restPairIn } from "./pace";
import { WINDOW_CLOSED } from "./reissue";
import {
  marketingCapHours,
  PAIR_REST_SECONDS,
  POISON_ATTEMPTS,
  retryDelaySeconds,
  SEND_ATTEMPTS,
} from "@/lib/messaging/rules";

type Status = (typeof MESSAGE_STATUSES)[number];
type OutboxChange = Omit<Partial<typeof outbox.$inferInsert>, "dueAt" | "leaseUntil"> & {
  dueAt?: ReturnType<typeof sql>;
  leaseUntil?: ReturnType<typeof sql> | null;
};

/** Two lost answers can't both be the same message of the vendor's: the second one is asked for again. */
export const VIOLATIONS = { messages_vendor_id_uq: err("CONFLICT", { what: "vendor_message" }) } as const;
const RELEASED = { leaseToken: null, leaseUntil: null } as const;
export const inSeconds = (seconds: number) => sql`now() + ${seconds}::float8 * interval '1 second'`;

/** What the row says of a message on which our own code broke. */
const THREW = "threw";
/** About the account or the vendor, not about this message: the breaker counts them, and the message is tried again. */
const NOT_ITS_FAULT: readonly SendReason[] = ["credentials", "not_configured", "vendor_down", "no_connection"];

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
    const stored = await storeIn(tx, ctx, item, outcome, settings);
    if (!stored.ok) return stored;
    await restPairIn(tx, ctx, item.conversationId, channelOf(item.channelKind).capabilities.pairGapSeconds);
    await tellBreaker(tx, ctx, item, outcome, settings);
    return stored;
  });

function storeIn(
  tx: Tx,
  ctx: ClinicContext,
  item: Claimed,
  outcome: SendOutcome,
  settings: DeliverySettings,
): Promise<Result<null>> {
  switch (outcome.outcome) {
    case "sent":
      return storeSent(tx, ctx, item, outcome.vendorId, outcome.isDelivered ? "delivered" : "sent", null);
    case "refused":
      return storeRefused(tx, ctx, item, outcome);
    case "unknown":
      return storeUnknown(tx, ctx, item, outcome.code, settings);
    case "retry":
      return storeRetry(tx, ctx, item, outcome);
  }
}

async function tellBreaker(
  tx: Tx,
  ctx: ClinicContext,
  item: Claimed,
  outcome: SendOutcome,
  { probeSeconds }: DeliverySettings,
): Promise<void> {
  if (outcome.outcome === "unknown" && outcome.code === THREW) return;
  const reason = "reason" in outcome ? outcome.reason : undefined;
  if (outcome.outcome === "unknown" || (reason && NOT_ITS_FAULT.includes(reason)))
    return recordVendorDownIn(tx, ctx, item, outcome.outcome === "sent" ? "" : outcome.code, probeSeconds);
  return recordVendorUpIn(tx, ctx, item.channelId); // a refusal of one message, or to go slower, is an answer
}

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
  if (status === "failed" && code) await learnFromFailureIn(tx, ctx, item.messageId, code, reasonOf(code));
  return ok();
}

/** It won't take it as it is: by template where the window is closed, later where it says so, else never. */
async function storeRefused(
  tx: Tx,
  ctx: ClinicContext,
  item: Claimed,
  { reason, code }: { reason: SendReason; code: string },
): Promise<Result<null>> {
  if (reason === "window_closed" && !item.template) {
    const again = { state: "due", ...RELEASED, dueAt: sql`now()`, lastError: WINDOW_CLOSED } as const;
    if (!(await fenced(tx, ctx, item, again))) return stale();
    await audit(tx, ctx, { action: "message.retry", targetType: "message", targetId: item.messageId });
    return ok();
  }
  const capHours = reason === "marketing_cap" ? marketingCapHours(item.attempts) : undefined;
  if (capHours !== undefined) return putBack(tx, ctx, item, { code: `paced:${code}`, seconds: capHours * 3600 });
  if (NOT_ITS_FAULT.includes(reason)) return storeRetry(tx, ctx, item, { reason, code });
  return storeDead(tx, ctx, item, code, reason);
}

/** It never will have it. */
async function storeDead(
  tx: Tx,
  ctx: ClinicContext,
  item: OutboxItem & { leaseToken: string },
  code: string,
  reason: SendReason,
): Promise<Result<null>> {
  if (!(await fenced(tx, ctx, item, { state: "dead", ...RELEASED, lastError: code }))) return stale();
  await move(tx, ctx, item, "failed", code);
  await learnFromFailureIn(tx, ctx, item.messageId, code, reason);
  return ok();
}

/** It may have it: the row waits, unleased, until the vendor can be asked, or until staff are to be told. */
async function storeUnknown(
  tx: Tx,
  ctx: ClinicContext,
  item: Claimed,
  code: string,
  settings: DeliverySettings,
): Promise<Result<null>> {
  const seconds = channelOf(item.channelKind).find ? settings.reconcileAfterSeconds : settings.unknownAfterSeconds;
  const change = { leaseToken: null, leaseUntil: inSeconds(seconds), lastError: code };
  if (!(await fenced(tx, ctx, item, change))) return stale();
  await move(tx, ctx, item, "unknown", code);
  return ok();
}

type Retry = Omit<Extract<SendOutcome, { outcome: "retry" }>, "outcome">;

async function storeRetry(tx: Tx, ctx: ClinicContext, item: Claimed, retry: Retry): Promise<Result<null>> {
  const { reason, code, afterSeconds = 0 } = retry;
  if (item.attempts >= SEND_ATTEMPTS) return storeDead(tx, ctx, item, code, reason);
  const isDown = NOT_ITS_FAULT.includes(reason) && afterSeconds === 0;
  const kept = `${reason === "paced" ? "paced" : isDown ? "down" : "retry"}:${code}`;
  const seconds = retryDelaySeconds(item.attempts, Math.random(), afterSeconds);
  const put = await putBack(tx, ctx, item, { code: kept, seconds });
  if (!put.ok) return put;
  if (retry.isPair) await restPairIn(tx, ctx, item.conversationId, Math.max(afterSeconds, PAIR_REST_SECONDS));
  else if (retry.isPaced) await restChannelIn(tx, ctx, item.channelId, Math.max(afterSeconds, 1));
  return put;
}

async function putBack(
  tx: Tx,
  ctx: ClinicContext,
  item: Claimed,
  { code, seconds }: { code: string; seconds: number },
): Promise<Result<null>> {
  const change = { state: "due", ...RELEASED, dueAt: inSeconds(seconds), lastError: code } as const;
  if (!(await fenced(tx, ctx, item, change))) return stale();
  await audit(tx, ctx, { action: "message.retry", targetType: "message", targetId: item.messageId });
  await announce(tx, ctx, "message", item.messageId); // the thread tells why it waits
  return ok();
}

/** What a send became on which our own code broke: it may have got out before. */
export const THROWN: SendOutcome = { outcome: "unknown", code: THREW };

/** A message that our code has broken on too often is no longer tried; one that broke before it could leave counts too. */
export const isPoison = ({ attempts, lastError }: Pick<OutboxItem, "attempts" | "lastError">): boolean =>
  lastError === THREW && attempts >= POISON_ATTEMPTS;

/** In the claim's own transaction: the gate broke on this row, so it waits its turn, and is put away the fifth time. */
export async function storePoison(tx: Tx, ctx: ClinicContext, item: OutboxItem): Promise<void> {
  const attempts = item.attempts + 1;
  const leaseToken = crypto.randomUUID();
  const dueAt = inSeconds(retryDelaySeconds(attempts, Math.random()));
  await tx
    .update(outbox)
    .set({ attempts, dueAt, lastError: THREW, leaseToken })
    .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.id, item.outboxId)));
  await audit(tx, ctx, { action: "message.retry", targetType: "message", targetId: item.messageId });
  if (isPoison({ attempts, lastError: THREW })) await storeDead(tx, ctx, { ...item, leaseToken }, THREW, "other");
}

/** The same for a message that broke on its way out and of which the vendor has nothing. */
export const storeBroken = (tx: Tx, ctx: ClinicContext, item: Claimed): Promise<Result<null>> =>
  storeDead(tx, ctx, item, THREW, "other");

/** Gives a claim back unsent, as if it had not been made. */
export const release = (ctx: ClinicContext, item: Claimed): Promise<Result<null>> =>
  transact(ctx, {}, async (tx) => {
    const attempts = item.attempts - 1;
    if (!(await fenced(tx, ctx, item, { state: "due", ...RELEASED, attempts }))) return stale();
    await audit(tx, ctx, { action: "message.release", targetType: "message", targetId: item.messageId });
    return ok();
  });

const stale = () => err("CONFLICT", { what: "lease" });

type Leased = Pick<Claimed, "outboxId" | "messageId" | "leaseToken">;

/** Changes the row only while the lease is ours. */
export async function fenced(tx: Tx, ctx: ClinicContext, item: Leased, change: OutboxChange): Promise<boolean> {
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
  item: Pick<Claimed, "messageId">,
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
