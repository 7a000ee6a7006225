import { eq } from "drizzle-orm";
import { webhookEvents } from "@/db/schema/messaging";
import { mediaDue, outboxDue, turnDue, webhookReceived } from "@/inngest/events";
import { ring, ringsSent } from "@/lib/core/doorbell";
import { unscoped } from "@/lib/core/transact";
import { clinicsWithDueWork, listDueTurns } from "./due-work";

export interface SweepReport {
  webhooks: number;
  turns: number;
  outboxes: number;
}

/**
 * Rings again for whatever the tables say is due: raw events, turns, sends and lost answers. A ring may be lost or come
 * twice, so this is what makes the pipeline live after any crash.
 */
export async function ringForDueWork(): Promise<SweepReport> {
  const waiting = await unscoped((tx) =>
    tx.select({ id: webhookEvents.id }).from(webhookEvents).where(eq(webhookEvents.state, "new")).limit(1),
  );
  if (waiting.length > 0) ring(webhookReceived.create({}));
  const turns = await listDueTurns();
  for (const turn of turns) ring(turnDue.create(turn));
  const clinicIds = await clinicsWithDueWork("outbox");
  for (const clinicId of clinicIds) ring(outboxDue.create({ clinicId }));
  for (const clinicId of await clinicsWithDueWork("media")) ring(mediaDue.create({ clinicId }));
  await ringsSent();
  return { webhooks: waiting.length, turns: turns.length, outboxes: clinicIds.length };
}
