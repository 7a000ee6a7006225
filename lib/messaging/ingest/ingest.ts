import { and, asc, eq, notInArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { webhookEvents } from "@/db/schema/messaging";
import { systemContext } from "@/lib/clinics/mint";
import { systemClock, type Clock } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { errorFields, log } from "@/lib/core/log";
import { ok, unwrap } from "@/lib/core/result";
import { transact, unscoped } from "@/lib/core/transact";
import { isDatabaseAway } from "@/lib/core/violations";
import type { VendorEvent } from "@/lib/messaging/channels/channel";
import type { AccountNotice } from "@/lib/messaging/channels/notice";
import { READERS } from "@/lib/messaging/channels/registry";
import { ingestEchoIn } from "./echo";
import { ingestMessageIn } from "./message";
import { ingestNoticeIn, learnAccountIn } from "./notice";
import { ingestStatusIn } from "./status";
import { joinAddressesIn } from "./meet-sender";
import { recordPreferenceIn } from "@/lib/messaging/consents/record-preference";
import { ownerOf, routeEvent, type Route } from "./route-event";
import { raiseTaskIn } from "@/lib/messaging/tasks/raise";
import { clinicsOfAccount } from "./route-notice";
import { ANOTHER_SENDER, NOT_UNDERSTOOD } from "@/lib/messaging/strays/schema";

type Stored = typeof webhookEvents.$inferSelect;
type State = Exclude<Stored["state"], "new">;
type Routed = Exclude<VendorEvent, AccountNotice | undefined>;

const BATCH = 100;
/** An event that breaks the code this often is set aside; its neighbours go on. */
const TRIES = 5;

export interface IngestReport {
  done: number;
  unrouted: number;
  failed: number;
}

/**
 * Reads the raw events that wait, in the order of arrival, each in one transaction of its clinic that also marks it done:
 * a crash repeats harmlessly, two workers share the rest. An event that nobody owns or understands is kept and marked.
 */
export async function ingestPending(clock: Clock = systemClock): Promise<IngestReport> {
  const report: IngestReport = { done: 0, unrouted: 0, failed: 0 };
  const contexts = new Map<string, Promise<ClinicContext>>();
  const contextOf = (clinicId: string) => {
    const ctx = contexts.get(clinicId) ?? systemContext(clinicId, "messaging.ingest", clock);
    contexts.set(clinicId, ctx);
    return ctx;
  };
  const passed: string[] = []; // another worker's, and those that failed: theirs is the next ring
  for (;;) {
    const events = await listNew(passed);
    if (events.length === 0) return report;
    for (const event of events) {
      const outcome = await ingestOne(event, contextOf);
      if (outcome !== "taken") report[outcome] += 1;
      if (outcome === "taken" || outcome === "failed") passed.push(event.id);
    }
  }
}

const listNew = (except: string[]): Promise<Stored[]> =>
  unscoped((tx) =>
    tx
      .select()
      .from(webhookEvents)
      .where(and(eq(webhookEvents.state, "new"), except.length > 0 ? notInArray(webhookEvents.id, except) : undefined))
      .orderBy(asc(webhookEvents.id))
      .limit(BATCH),
  );

async function ingestOne(
  event: Stored,
  contextOf: (clinicId: string) => Promise<ClinicContext>,
): Promise<keyof IngestReport | "taken"> {
  let failed: Failed = { event };
  try {
    const read: VendorEvent = READERS[event.vendor](event);
    if (!read) return await setAside(event, contextOf);
    if (read.type === "notice") return await ingestNotice(event, read, contextOf);
    const route = await unscoped((tx) => routeEvent(tx, event.vendor, read));
    if (!route) {
      await unscoped((tx) => close(tx, event, "unrouted"));
      return "unrouted";
    }
    const ctx = await contextOf(route.clinicId);
    failed = { event, ctx, ...(read.type === "message" && route.channelId ? { unheardOn: route.channelId } : {}) };
    return unwrap(await transact(ctx, {}, async (tx) => ok(await ingestIn(tx, ctx, event.id, read, route))));
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    log.error({ eventId: event.id, error }, "webhook event not ingested");
    await countFailure(failed, error);
    return "failed";
  }
}

/** Nobody understands it: kept, and shown to the clinic whose it is where that is known. */
async function setAside(event: Stored, contextOf: (clinicId: string) => Promise<ClinicContext>): Promise<"unrouted"> {
  const clinicId = await ownerOf(event);
  const ctx = clinicId && (await contextOf(clinicId));
  if (ctx) await transact(ctx, {}, async (tx) => ok(await close(tx, event, "quarantined", NOT_UNDERSTOOD, clinicId)));
  else await unscoped((tx) => close(tx, event, "quarantined", NOT_UNDERSTOOD));
  return "unrouted";
}

/** News of an account concerns every clinic that has it; the event itself is kept by the last of them. */
async function ingestNotice(
  event: Stored,
  read: AccountNotice,
  contextOf: (clinicId: string) => Promise<ClinicContext>,
): Promise<keyof IngestReport | "taken"> {
  let owner: ClinicContext | undefined;
  for (const clinicId of await clinicsOfAccount(read)) {
    const ctx = await contextOf(clinicId);
    const isMeant = unwrap(await transact(ctx, {}, async (tx) => ok(await ingestNoticeIn(tx, ctx, event.id, read))));
    if (isMeant) owner = ctx;
  }
  if (!owner) await unscoped((tx) => close(tx, event, "unrouted"));
  else {
    const { clinic } = owner;
    unwrap(await transact(owner, {}, async (tx) => ok(await close(tx, event, "done", undefined, clinic.id))));
  }
  return owner ? "done" : "unrouted";
}

async function ingestIn(
  tx: Tx,
  ctx: ClinicContext,
  eventId: string,
  read: Routed,
  route: Route,
): Promise<"done" | "unrouted" | "taken"> {
  const [event] = await tx
    .select()
    .from(webhookEvents)
    .where(and(eq(webhookEvents.id, eventId), eq(webhookEvents.state, "new")))
    .for("update", { skipLocked: true });
  if (!event) return "taken";
  if (await ingestAnyIn(tx, ctx, event, read, route)) await close(tx, event, "done", undefined, ctx.clinic.id);
  else {
    // Nobody's: the clinic of the message has no part in it, and who sent it is not to learn whose the message is.
    await close(tx, event, "quarantined", ANOTHER_SENDER);
    return "unrouted";
  }
  return "done";
}

/** Answers whether it was for this clinic to take. */
async function ingestAnyIn(
  tx: Tx,
  ctx: ClinicContext,
  event: Stored,
  read: Routed,
  { channelId }: Route,
): Promise<boolean> {
  if (read.type === "status") return ingestStatusIn(tx, ctx, event, read);
  if (!channelId) return true;
  if (typeof event.body.waba === "string") await learnAccountIn(tx, ctx, channelId, event.body.waba);
  if (read.type === "message") await ingestMessageIn(tx, ctx, event, read, channelId);
  else if (read.type === "echo") await ingestEchoIn(tx, ctx, event, read, channelId);
  else if (read.type === "preference") await recordPreferenceIn(tx, ctx, event, read);
  else await joinAddressesIn(tx, ctx, read.addresses);
  return true;
}

async function close(tx: Tx, event: Stored, state: State, problem?: string, clinicId?: string): Promise<void> {
  await tx
    .update(webhookEvents)
    .set({ state, problem, clinicId, processedAt: sql`now()` })
    .where(and(eq(webhookEvents.id, event.id), eq(webhookEvents.state, "new")));
}

/** An event that broke the code, as far as it was known whose it is; of a patient's message the channel it came by. */
interface Failed {
  event: Stored;
  ctx?: ClinicContext;
  unheardOn?: string;
}

/**
 * Counted in a transaction of its own, because the failed one is gone; what is given up belongs to its clinic, which sees
 * it, and whose staff are told that somebody waits whom they can't hear. Says what kind of error it was, never its words.
 */
async function countFailure({ event, ctx, unheardOn }: Failed, error: unknown): Promise<void> {
  const { name, code } = errorFields(error);
  const problem = [name, code].filter((part) => typeof part === "string").join(" ");
  const attempts = event.attempts + 1;
  const isGivenUp = attempts >= TRIES;
  const count = async (tx: Tx, clinicId?: string) => {
    await tx
      .update(webhookEvents)
      .set({ attempts, problem, clinicId, ...(isGivenUp ? { state: "quarantined" as const } : {}) })
      .where(and(eq(webhookEvents.id, event.id), eq(webhookEvents.state, "new")));
  };
  if (!ctx || !isGivenUp) return unscoped((tx) => count(tx));
  unwrap(
    await transact(ctx, {}, async (tx) => {
      await count(tx, ctx.clinic.id);
      if (unheardOn) await raiseTaskIn(tx, ctx, { reason: "unanswered", channelId: unheardOn });
      return ok();
    }),
  );
}
