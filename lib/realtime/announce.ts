import type { Tx } from "@/db/client";
import { liveEvents } from "@/db/schema/records";
import type { ClinicContext } from "@/lib/core/context";
import { afterCommit } from "@/lib/core/transact";
import { notifySoon } from "./notify";
import type { Topic } from "./schema";

/** The insert of one live event, for a statement that writes several things at once. Notifies after the commit. */
export function liveEventRow(tx: Tx, ctx: ClinicContext, topic: Topic, entityId: string) {
  afterCommit(tx, () => notifySoon(ctx.clinic.id));
  return tx.insert(liveEvents).values({ clinicId: ctx.clinic.id, topic, entityId });
}

/**
 * Tells live screens that something changed, in the transaction that changes it. The row is the truth and is read
 * even if the notification that follows the commit is lost.
 */
export async function announce(tx: Tx, ctx: ClinicContext, topic: Topic, entityId: string): Promise<void> {
  await liveEventRow(tx, ctx, topic, entityId);
}
