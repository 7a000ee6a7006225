import { and, asc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { messages, outbox } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, unwrap, type Result } from "@/lib/core/result";
import { query, transact } from "@/lib/core/transact";
import type { FindOutcome } from "@/lib/messaging/channels/channel";
import { channelOf } from "@/lib/messaging/channels/registry";
import { fallBackIn } from "./fall-back";
import { credentialsOfIn, outboundOf, outboxItems, type Claimed, type DeliverySettings } from "./items";
import { fenced, inSeconds, isPoison, move, storeBroken, storeSent, VIOLATIONS } from "./store";
import { raiseTaskIn } from "@/lib/messaging/tasks/raise";

const BATCH = 10;
const ASK_AGAIN_SECONDS = 30;

/**
 * Finds out what became of sends whose answer was lost or whose worker died: both are `sending` past their time. Found at
 * the vendor: sent. Proven absent, asked long enough after the claim: due again. Nothing is sent here. Answers how many
 * were settled.
 */
export async function reconcile(ctx: ClinicContext, settings: DeliverySettings): Promise<number> {
  const items = await claimLost(ctx, settings);
  const settled = await Promise.all(items.map(async (item) => settle(ctx, item, await ask(ctx, item))));
  return settled.filter((result) => result.ok).length;
}

const claimLost = async (ctx: ClinicContext, settings: DeliverySettings): Promise<Claimed[]> =>
  unwrap(
    await transact(ctx, {}, async (tx) => {
      const lost = await outboxItems(tx)
        .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.state, "sending"), lt(outbox.leaseUntil, sql`now()`)))
        .orderBy(asc(outbox.leaseUntil))
        .limit(BATCH)
        .for("no key update", { of: outbox, skipLocked: true });
      const credentials = await credentialsOfIn(tx, ctx, lost);
      const claimed: Claimed[] = [];
      for (const item of lost) {
        const mayAsk = await takeOver(tx, ctx, { ...item, credentials: credentials(item) }, settings);
        if (mayAsk) claimed.push(mayAsk);
      }
      return ok(claimed);
    }),
  );

/** A new token fences out the old worker. Asked too early, absence proves nothing: then the row waits for its time. */
async function takeOver(
  tx: Tx,
  ctx: ClinicContext,
  item: Omit<Claimed, "leaseToken" | "claimedAtMs">,
  settings: DeliverySettings,
): Promise<Claimed | undefined> {
  const leaseToken = crypto.randomUUID();
  const { reconcileAfterSeconds, unknownAfterSeconds } = settings;
  const afterSeconds = channelOf(item.channelKind).find ? reconcileAfterSeconds : unknownAfterSeconds;
  const askAt = sql`${outbox.dueAt} + ${afterSeconds}::float8 * interval '1 second'`;
  const [row] = await tx
    .update(outbox)
    .set({
      leaseToken: sql`case when ${askAt} <= now() then ${leaseToken}::uuid end`,
      leaseUntil: sql`case when ${askAt} <= now() then ${inSeconds(settings.leaseSeconds)} else ${askAt} end`,
    })
    .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.id, item.outboxId)))
    .returning({ leaseToken: outbox.leaseToken });
  const taken = { ...item, leaseToken, claimedAtMs: performance.now() };
  await move(tx, ctx, taken, "unknown", "no_answer");
  return row?.leaseToken === leaseToken ? taken : undefined;
}

type Answer = FindOutcome | { outcome: "unanswerable" };

async function ask(ctx: ClinicContext, item: Claimed): Promise<Answer> {
  const { find } = channelOf(item.channelKind);
  if (!find) return { outcome: "unanswerable" };
  return find(outboundOf(item), item.claimedAt, (vendorIds) => oursAmong(ctx, item, vendorIds));
}

/** Which of the vendor's messages are other messages of ours. */
async function oursAmong(ctx: ClinicContext, item: Claimed, vendorIds: string[]): Promise<Set<string>> {
  if (vendorIds.length === 0) return new Set();
  const { vendor } = channelOf(item.channelKind);
  const rows = await query(ctx, (tx) =>
    tx
      .select({ id: messages.id, vendorId: messages.vendorId })
      .from(messages)
      .where(
        and(eq(messages.clinicId, ctx.clinic.id), eq(messages.vendor, vendor), inArray(messages.vendorId, vendorIds)),
      ),
  );
  return new Set(rows.flatMap((row) => (row.vendorId && row.id !== item.messageId ? [row.vendorId] : [])));
}

/** Absence sends it again, unless it is our own code that breaks on it; what can't be asked is shown to staff. */
const settle = (ctx: ClinicContext, item: Claimed, found: Answer): Promise<Result<null>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    if (found.outcome === "found") return storeSent(tx, ctx, item, found.vendorId, found.status, found.code);
    if (found.outcome === "absent" && isPoison(item)) return storeBroken(tx, ctx, item);
    const change = {
      absent: { state: "due", dueAt: sql`now()`, leaseUntil: null } as const,
      unanswerable: { state: "unknown", leaseUntil: null } as const,
      unavailable: { leaseUntil: inSeconds(ASK_AGAIN_SECONDS) },
    }[found.outcome];
    if (!(await fenced(tx, ctx, item, { ...change, leaseToken: null }))) return err("CONFLICT", { what: "lease" });
    await audit(tx, ctx, { action: `message.${found.outcome}`, targetType: "message", targetId: item.messageId });
    if (found.outcome === "unanswerable") await showUnknown(tx, ctx, item);
    return ok();
  });

/** Staff may send it again; a reminder goes by the next channel by itself, once, if its step is still due. */
async function showUnknown(tx: Tx, ctx: ClinicContext, item: Claimed): Promise<void> {
  const { conversationId, messageId, sendClass } = item;
  const isSent = sendClass === "reminder" && (await fallBackIn(tx, ctx, messageId, { isOnce: true }));
  if (!isSent) await raiseTaskIn(tx, ctx, { reason: "send_unknown", conversationId, messageId });
}
