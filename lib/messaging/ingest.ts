import { and, asc, eq, notInArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { isId } from "@/db/ids";
import { messages, outbox, webhookEvents } from "@/db/schema/messaging";
import { systemContext } from "@/lib/clinics/mint";
import { systemClock, type Clock } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { errorFields, log } from "@/lib/core/log";
import { ok, unwrap } from "@/lib/core/result";
import { transact, unscoped } from "@/lib/core/transact";
import { isDatabaseAway } from "@/lib/core/violations";
import type { StatusUpdate, VendorEvent } from "./channels/channel";
import { READERS } from "./channels/registry";
import { ingestEchoIn } from "./ingest-echo";
import { ingestMessageIn } from "./ingest-message";
import { joinAddressesIn } from "./meet-sender";
import { recordPreferenceIn } from "./record-preference";
import { recordStatusIn } from "./record-status";
import { routeEvent, type Route } from "./route-event";

type Stored = typeof webhookEvents.$inferSelect;
type State = Exclude<Stored["state"], "new">;

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
  try {
    const read: VendorEvent = READERS[event.vendor](event);
    if (!read) {
      await unscoped((tx) => close(tx, event, "quarantined", "not understood"));
      return "unrouted";
    }
    const route = await unscoped((tx) => routeEvent(tx, event.vendor, read));
    if (!route) {
      await unscoped((tx) => close(tx, event, "unrouted"));
      return "unrouted";
    }
    const ctx = await contextOf(route.clinicId);
    const isMine = unwrap(await transact(ctx, {}, async (tx) => ok(await ingestIn(tx, ctx, event.id, read, route))));
    return isMine ? "done" : "taken";
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    log.error({ eventId: event.id, error }, "webhook event not ingested");
    await countFailure(event, error);
    return "failed";
  }
}

async function ingestIn(
  tx: Tx,
  ctx: ClinicContext,
  eventId: string,
  read: NonNullable<VendorEvent>,
  route: Route,
): Promise<boolean> {
  const [event] = await tx
    .select()
    .from(webhookEvents)
    .where(and(eq(webhookEvents.id, eventId), eq(webhookEvents.state, "new")))
    .for("update", { skipLocked: true });
  if (!event) return false;
  await ingestAnyIn(tx, ctx, event, read, route);
  await close(tx, event, "done", undefined, ctx.clinic.id);
  return true;
}

async function ingestAnyIn(
  tx: Tx,
  ctx: ClinicContext,
  event: Stored,
  read: NonNullable<VendorEvent>,
  { channelId }: Route,
): Promise<void> {
  if (read.type === "status") return ingestStatusIn(tx, ctx, event, read);
  if (!channelId) return;
  if (read.type === "message") return ingestMessageIn(tx, ctx, event, read, channelId);
  if (read.type === "echo") return ingestEchoIn(tx, ctx, event, read, channelId);
  if (read.type === "preference") return recordPreferenceIn(tx, ctx, event, read);
  await joinAddressesIn(tx, ctx, read.addresses);
}

async function ingestStatusIn(tx: Tx, ctx: ClinicContext, event: Stored, read: StatusUpdate): Promise<void> {
  const { outboxId, vendorId } = read;
  const byOutbox = and(eq(outbox.clinicId, ctx.clinic.id), eq(outbox.id, outboxId ?? ""));
  const byVendor = and(
    eq(messages.clinicId, ctx.clinic.id),
    eq(messages.vendor, event.vendor),
    eq(messages.vendorId, vendorId),
  );
  const [queued] =
    outboxId && isId(outboxId) ? await tx.select({ id: outbox.messageId }).from(outbox).where(byOutbox) : [];
  const [found] = queued ? [queued] : await tx.select({ id: messages.id }).from(messages).where(byVendor);
  if (found) await recordStatusIn(tx, ctx, found.id, { ...read, vendor: event.vendor });
}

async function close(tx: Tx, event: Stored, state: State, problem?: string, clinicId?: string): Promise<void> {
  await tx
    .update(webhookEvents)
    .set({ state, problem, clinicId, processedAt: sql`now()` })
    .where(and(eq(webhookEvents.id, event.id), eq(webhookEvents.state, "new")));
}

/** Counted in a transaction of its own, because the failed one is gone. Says what kind of error it was, never its words. */
async function countFailure(event: Stored, error: unknown): Promise<void> {
  const { name, code } = errorFields(error);
  const problem = [name, code].filter((part) => typeof part === "string").join(" ");
  const attempts = event.attempts + 1;
  await unscoped((tx) =>
    tx
      .update(webhookEvents)
      .set({ attempts, problem, ...(attempts >= TRIES ? { state: "quarantined" as const } : {}) })
      .where(and(eq(webhookEvents.id, event.id), eq(webhookEvents.state, "new"))),
  );
}
