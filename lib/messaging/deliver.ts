import { systemContext } from "@/lib/clinics/mint";
import { systemClock, type Clock } from "@/lib/core/clock";
import type { ClinicContext } from "@/lib/core/context";
import { log } from "@/lib/core/log";
import { deploymentCredentials } from "./credentials";
import { clinicsWithDueWork } from "./due-work";
import type { SendOutcome } from "./channels/channel";
import { channelOf } from "./channels/registry";
import { claimDue, DELIVERY, type Claimed, type DeliverySettings } from "./outbox-claim";
import { release, storeOutcome } from "./outbox-store";
import { reconcile } from "./reconcile";

/** Rounds a call; what is left is told of, so that one clinic's thousands don't hold up the rest. */
const MOST_ROUNDS = 50;
/** A claim that is older when its send begins was made before a pause: consent may have changed since. */
const FRESH_MS = 5_000;

export interface DeliveryReport {
  sent: number;
  notSent: number;
  reconciled: number;
  /** More is due than this call took on: ring again. */
  leftOver: boolean;
}

/**
 * Sends what is due in one clinic. Each message: claimed under a lease with the gate's yes, sent outside any transaction,
 * its outcome stored under the lease's token. A worker that dies at any point leaves a row that `reconcile` settles.
 */
export async function deliverClinic(
  ctx: ClinicContext,
  settings: DeliverySettings = DELIVERY,
): Promise<DeliveryReport> {
  const report: DeliveryReport = { sent: 0, notSent: 0, reconciled: await reconcile(ctx, settings), leftOver: false };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { claimed, leftOver } = await claimDue(ctx, settings);
    report.leftOver = leftOver;
    if (!leftOver) break;
    const outcomes = await Promise.all(claimed.map((item) => sendOne(ctx, item, settings)));
    const sent = outcomes.filter((outcome) => outcome === "sent").length;
    report.sent += sent;
    report.notSent += outcomes.length - sent;
  }
  return report;
}

async function sendOne(
  ctx: ClinicContext,
  item: Claimed,
  settings: DeliverySettings,
): Promise<SendOutcome["outcome"] | "released"> {
  if (performance.now() - item.claimedAtMs > FRESH_MS) {
    await release(ctx, item);
    return "released";
  }
  // crashpoint("K8")
  const outcome = await channelOf(item.channelKind).send({ ...item, credentials: deploymentCredentials(item.channelKind) });
  // crashpoint("K9")
  const stored = await storeOutcome(ctx, item, outcome, settings);
  // crashpoint("K10")
  if (!stored.ok) log.warn({ outboxId: item.outboxId, outcome: outcome.outcome }, "send outcome came too late");
  if (outcome.outcome !== "sent")
    log.warn({ outboxId: item.outboxId, outcome: outcome.outcome, code: outcome.code }, "message not sent");
  return outcome.outcome;
}

/** The same for one clinic by id, or for all that have work; a clinic that fails doesn't stop the others. */
export async function deliverDue(clinicId?: string, clock: Clock = systemClock): Promise<DeliveryReport> {
  const total: DeliveryReport = { sent: 0, notSent: 0, reconciled: 0, leftOver: false };
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
