import { setTimeout } from "node:timers/promises";
import { systemContext } from "@/lib/clinics/mint";
import { systemClock, type Clock } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { errorFields, log } from "@/lib/core/log";
import { clinicsWithDueWork } from "@/lib/messaging/due-work";
import type { SendOutcome } from "@/lib/messaging/channels/channel";
import { channelOf } from "@/lib/messaging/channels/registry";
import { claimDue } from "./claim";
import { DELIVERY, outboundOf, type Claimed, type DeliverySettings } from "./items";
import { nextDueMs } from "./pace";
import { release, storeOutcome, THROWN } from "./store";
import { reconcile } from "./reconcile";
import { CLAIM_FRESH_MS } from "@/lib/messaging/rules";

/** Rounds a call; what is left is told of, so that one clinic's thousands don't hold up the rest. */
const MOST_ROUNDS = 50;
/** What is due this soon, by its channel's pace, is waited for; for the rest the sweep rings. */
const PATIENCE_MS = 1_500;
/** A message that is due and still can't be claimed is in another worker's hands, or waits for an earlier one. */
const MOST_IDLE = 3;

export interface DeliveryReport {
  sent: number;
  notSent: number;
  reconciled: number;
  /** More is due than this call took on: ring again. */
  leftOver: boolean;
}

const NOTHING: DeliveryReport = { sent: 0, notSent: 0, reconciled: 0, leftOver: false };

/**
 * Sends what is due in one clinic. Each message: claimed under a lease with the gate's yes, sent outside any transaction,
 * its outcome stored under the lease's token. A worker that dies at any point leaves a row that `reconcile` settles.
 */
export async function deliverClinic(
  ctx: ClinicContext,
  settings: DeliverySettings = DELIVERY,
): Promise<DeliveryReport> {
  const report: DeliveryReport = { ...NOTHING, reconciled: await reconcile(ctx, settings) };
  let idle = 0;
  for (let round = 0; round < MOST_ROUNDS && idle < MOST_IDLE; round++) {
    const { claimed, leftOver } = await claimDue(ctx, settings);
    idle = leftOver ? 0 : idle + 1;
    if (!leftOver && !(await waitForNext(ctx))) return { ...report, leftOver: false };
    const outcomes = await Promise.all(claimed.map((item) => sendOne(ctx, item, settings)));
    const sent = outcomes.filter((outcome) => outcome === "sent").length;
    report.sent += sent;
    report.notSent += outcomes.length - sent;
  }
  return { ...report, leftOver: idle === 0 };
}

/** Waits for what is due very soon; false when nothing is. */
async function waitForNext(ctx: ClinicContext): Promise<boolean> {
  const ms = await nextDueMs(ctx, PATIENCE_MS);
  if (ms === null) return false;
  await setTimeout(ms);
  return true;
}

async function sendOne(
  ctx: ClinicContext,
  item: Claimed,
  settings: DeliverySettings,
): Promise<SendOutcome["outcome"] | "released"> {
  if (performance.now() - item.claimedAtMs > CLAIM_FRESH_MS) {
    await release(ctx, item);
    return "released";
  }
  // crashpoint("K8")
  const outcome = await trySend(item);
  // crashpoint("K9")
  const stored = await storeOutcome(ctx, item, outcome, settings);
  // crashpoint("K10")
  if (!stored.ok) log.warn({ outboxId: item.outboxId, outcome: outcome.outcome }, "send outcome came too late");
  if (outcome.outcome !== "sent")
    log.warn({ outboxId: item.outboxId, outcome: outcome.outcome, code: outcome.code }, "message not sent");
  return outcome.outcome;
}

/** A channel answers whatever the vendor does; where our own code breaks on a message, that message alone suffers. */
async function trySend(item: Claimed): Promise<SendOutcome> {
  try {
    return await channelOf(item.channelKind).send(outboundOf(item));
  } catch (error) {
    log.error({ outboxId: item.outboxId, ...errorFields(error) }, "send broke");
    return THROWN;
  }
}

/** The same for one clinic by id, or for all that have work; a clinic that fails doesn't stop the others. */
export async function deliverDue(clinicId?: string, clock: Clock = systemClock): Promise<DeliveryReport> {
  const total: DeliveryReport = { ...NOTHING };
  const failures: unknown[] = [];
  for (const id of clinicId ? [clinicId] : await clinicsWithDueWork("outbox")) {
    try {
      const report = await deliverClinic(await systemContext(id, "messaging.deliver", clock));
      total.sent += report.sent;
      total.notSent += report.notSent;
      total.reconciled += report.reconciled;
      total.leftOver ||= report.leftOver;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new Error("delivery failed in some clinics", { cause: failures[0] });
  return total;
}
