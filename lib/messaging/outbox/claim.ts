import { and, asc, eq, inArray, isNull, lt, lte, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { channelBreakers, channels } from "@/db/schema/channels";
import { conversations, messages, outbox } from "@/db/schema/messaging";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { errorFields, log } from "@/lib/core/log";
import { ok, unwrap } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { channelOf } from "@/lib/messaging/channels/registry";
import { fallBackIn } from "./fall-back";
import { isMissed } from "./learn-from-failure";
import type { SuppressedReason } from "@/lib/messaging/gate/gate";
import { openGate, type Gate, type GateAsk } from "@/lib/messaging/gate/facts";
import { writeLetterIn } from "@/lib/messaging/letters/write";
import { credentialsOfIn, outboxItems, type Claimed, type DeliverySettings, type OutboxItem } from "./items";
import { burstOf, reserveIn, restPairIn } from "./pace";
import { inSeconds, storePoison } from "./store";
import { WINDOW_CLOSED } from "./reissue";
import { suppressIn } from "./suppress";
import { raiseTaskIn } from "@/lib/messaging/tasks/raise";
import type { Twin } from "@/lib/messaging/templates/twin";

const BATCH = 10;

/** What a claim found: messages to send, and whether there is more to ask for at once. */
export interface ClaimReport {
  claimed: Claimed[];
  leftOver: boolean;
}

/**
 * Claims what is due and may go out, at most one message a conversation, the oldest first, within the pace of its channel.
 * The gate is asked in this transaction; what it refuses is suppressed here, what must wait is put off.
 */
export const claimDue = async (ctx: ClinicContext, settings: DeliverySettings): Promise<ClaimReport> =>
  unwrap(
    await transact(ctx, {}, async (tx) => {
      const due = await lockDue(tx, ctx);
      const busy = await conversationsInFlight(tx, ctx, due);
      const free = due.filter((item) => !busy.has(item.conversationId));
      if (free.length === 0) return ok({ claimed: [], leftOver: false });
      const gate = await openGate(tx, ctx, free.map(askOf), true);
      const passed = await settleRefused(tx, ctx, free, gate);
      const credentials = await credentialsOfIn(tx, ctx, [...passed.keys()]);
      const claimed: Claimed[] = [];
      for (const item of await withinPace(tx, ctx, [...passed.keys()], settings))
        claimed.push(await claim(tx, ctx, item, credentials(item), settings, passed.get(item)));
      return ok({ claimed, leftOver: claimed.length > 0 || passed.size < free.length });
    }),
  );

const askOf = (item: OutboxItem): GateAsk => ({
  key: item.messageId,
  sendClass: item.sendClass ?? "reply",
  channelId: item.channelId,
  contactPointId: item.contactPointId,
  conversationId: item.conversationId,
  text: item.text,
  writtenAt: item.writtenAt,
  expiresAt: item.expiresAt,
  templateId: item.templateId,
  values: item.payload?.template?.values ?? [],
  isWindowClosed: item.lastError === WINDOW_CLOSED,
});

/** Asks the gate of each; answers those that may go, with the template that goes in a text's place. */
async function settleRefused(
  tx: Tx,
  ctx: ClinicContext,
  items: OutboxItem[],
  gate: Gate,
): Promise<Map<OutboxItem, Twin | undefined>> {
  const passed = new Map<OutboxItem, Twin | undefined>();
  for (const item of items) {
    const answer = decideSafely(gate, item);
    if (!answer) await storePoison(tx, ctx, item);
    else if (answer.verdict === "later") await putOff(tx, ctx, item, answer.at, answer.why);
    else if (answer.verdict === "suppress") await refuse(tx, ctx, item, answer.reason);
    else {
      passed.set(item, answer.verdict === "template" ? answer.twin : undefined);
      gate.count(item.messageId);
    }
  }
  return passed;
}

/** A row that breaks the code must not keep its neighbours from going out. */
function decideSafely(gate: Gate, item: OutboxItem): ReturnType<Gate["decide"]> | undefined {
  try {
    return gate.decide(item.messageId);
  } catch (error) {
    log.error({ outboxId: item.outboxId, ...errorFields(error) }, "send gate failed");
    return undefined;
  }
}

/** As many of each channel as its pace allows now; channels in order of id, as every claim takes them. */
async function withinPace(tx: Tx, ctx: ClinicContext, items: OutboxItem[], settings: DeliverySettings) {
  const allowed: OutboxItem[] = [];
  for (const channelId of [...new Set(items.map((item) => item.channelId))].sort()) {
    const own = items.filter((item) => item.channelId === channelId);
    const wanted = own.slice(0, own[0] ? burstOf(own[0]) : 0);
    allowed.push(...wanted.slice(0, await reserveIn(tx, ctx, wanted, settings.probeSeconds)));
  }
  return allowed;
}

/** Locks the conversation too: its messages leave one after the other, whoever sends them. */
function lockDue(tx: Tx, ctx: ClinicContext): Promise<OutboxItem[]> {
  const [earlier, itsMessage] = [alias(outbox, "earlier"), alias(messages, "its_message")];
  const before = tx
    .select({ id: earlier.id })
    .from(earlier)
    .innerJoin(itsMessage, and(eq(itsMessage.clinicId, earlier.clinicId), eq(itsMessage.id, earlier.messageId)))
    .where(
      and(
        eq(earlier.clinicId, ctx.clinic.id),
        eq(itsMessage.conversationId, messages.conversationId),
        lt(earlier.id, outbox.id),
        or(
          and(eq(earlier.state, "due"), or(lte(earlier.dueAt, sql`now()`), sql`${earlier.attempts} > 0`)),
          and(eq(earlier.state, "sending"), sql`${earlier.leaseToken} is not null and ${earlier.leaseUntil} > now()`),
        ),
      ),
    );
  const resting = tx
    .select({ id: channelBreakers.channelId })
    .from(channelBreakers)
    .where(
      and(
        ...[eq(channelBreakers.clinicId, ctx.clinic.id), eq(channelBreakers.channelId, channels.id)],
        sql`${channelBreakers.openUntil} > now()`,
      ),
    );
  return outboxItems(tx)
    .where(
      and(
        ...[eq(outbox.clinicId, ctx.clinic.id), eq(outbox.state, "due"), lte(outbox.dueAt, sql`now()`)],
        or(isNull(channels.nextSendAt), lte(channels.nextSendAt, sql`now()`)),
        or(isNull(conversations.nextSendAt), lte(conversations.nextSendAt, sql`now()`)),
        notExists(resting),
        notExists(before),
      ),
    )
    .orderBy(asc(outbox.dueAt), asc(outbox.id))
    .limit(BATCH)
    .for("no key update", { of: [outbox, conversations], skipLocked: true });
}

/** Read after the locks: what a rival claimed and committed in between is seen now. */
async function conversationsInFlight(tx: Tx, ctx: ClinicContext, items: OutboxItem[]): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const ids = items.map((item) => item.conversationId);
  const rows = await tx
    .select({ id: messages.conversationId })
    .from(outbox)
    .innerJoin(messages, and(eq(messages.clinicId, outbox.clinicId), eq(messages.id, outbox.messageId)))
    .where(
      and(
        eq(outbox.clinicId, ctx.clinic.id),
        inArray(messages.conversationId, ids),
        eq(outbox.state, "sending"),
        sql`${outbox.leaseToken} is not null and ${outbox.leaseUntil} > now()`,
      ),
    );
  return new Set(rows.map((row) => row.id));
}

/** With a template, the thread shows what the patient reads: the template's text. */
async function claim(
  tx: Tx,
  ctx: ClinicContext,
  item: OutboxItem,
  credentials: Claimed["credentials"],
  settings: DeliverySettings,
  twin: Twin | undefined,
): Promise<Claimed> {
  const leaseToken = crypto.randomUUID();
  const [row] = await tx
    .update(outbox)
    .set({
      state: "sending",
      attempts: sql`${outbox.attempts} + 1`,
      dueAt: sql`clock_timestamp()`, // the transaction may have waited for a stop: what counts is this moment
      leaseToken,
      leaseUntil: inSeconds(settings.leaseSeconds),
    })
    .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.id, item.outboxId)))
    .returning({ attempts: outbox.attempts, claimedAt: outbox.dueAt });
  if (!row) throw new Error("a locked row vanished");
  const mine = and(eq(messages.clinicId, ctx.clinic.id), eq(messages.id, item.messageId));
  await tx
    .update(messages)
    .set({ status: "sending" })
    .where(and(mine, eq(messages.status, "queued")));
  const text = twin?.text ?? item.text;
  if (twin) {
    const { name, locale, values } = twin.outbound;
    const payload = { ...item.payload, template: { name, locale, values } };
    await tx.update(messages).set({ text, payload, templateId: twin.templateId }).where(mine);
  }
  const { pairGapSeconds, hasSubject } = channelOf(item.channelKind).capabilities;
  const letter = hasSubject ? { letter: await writeLetterIn(tx, ctx, item) } : {};
  await restPairIn(tx, ctx, item.conversationId, pairGapSeconds);
  await audit(tx, ctx, { action: "message.send", targetType: "message", targetId: item.messageId });
  const claimed = { ...item, ...row, ...letter, text, credentials, leaseToken, claimedAtMs: performance.now() };
  return twin ? { ...claimed, template: twin.outbound } : claimed;
}

/** `at` is an instant of the product's clock; the outbox counts in the database's. */
async function putOff(tx: Tx, ctx: ClinicContext, item: OutboxItem, at: Date, why: string): Promise<void> {
  const seconds = Math.max(1, (at.getTime() - ctx.now().getTime()) / 1000);
  await tx
    .update(outbox)
    .set({ dueAt: inSeconds(seconds), lastError: why })
    .where(and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.id, item.outboxId)));
  await audit(tx, ctx, { action: "message.put_off", targetType: "message", targetId: item.messageId });
  await announce(tx, ctx, "message", item.messageId);
}

/** What the address stands in the way of may go by the person's next channel. */
const BY_ANOTHER_WAY: readonly SuppressedReason[] = ["window_closed", "number_bad", "unreachable"];

async function refuse(tx: Tx, ctx: ClinicContext, item: OutboxItem, reason: SuppressedReason): Promise<void> {
  const isSaved = BY_ANOTHER_WAY.includes(reason) && (await fallBackIn(tx, ctx, item.messageId)) !== undefined;
  await suppressIn(tx, ctx, item.outboxId, item.messageId, reason);
  await audit(tx, ctx, { action: "message.suppress", targetType: "message", targetId: item.messageId });
  await announce(tx, ctx, "conversation", item.conversationId);
  // Whoever waits for it is told nothing unless staff do it.
  const { conversationId, messageId } = item;
  if (reason === "window_closed" && !isSaved && isMissed(item.sendClass))
    await raiseTaskIn(tx, ctx, { reason: "send_failed", conversationId, messageId });
}
