import type { Tx } from "@/db/client";
import { liveEvents } from "@/db/schema/records";
import type { ClinicContext } from "@/lib/core/context";
import { afterCommit } from "@/lib/core/transact";
import { notifySoon } from "./notify";
import type { Topic } from "./schema";

/**
 * Tells live screens that something changed, in the transaction that changes it. The row is the truth and is read
 * even if the notification that follows the commit is lost.
 */
export async function announce(tx: Tx, ctx: ClinicContext, topic: Topic, entityId: string): Promise<void> {
  await tx.insert(liveEvents).values({ clinicId: ctx.clinic.id, topic, entityId });
  afterCommit(tx, () => notifySoon(ctx.clinic.id));
}
