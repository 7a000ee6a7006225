import { and, eq, sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { turns } from "@/db/schema/dialog";
import { messages } from "@/db/schema/messaging";
import type { Tx } from "@/db/client";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { log } from "@/lib/core/log";
import { ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { isDatabaseAway } from "@/lib/core/violations";
import { raiseTaskIn } from "@/lib/messaging/tasks/raise";
import { announce } from "@/lib/realtime/announce";
import { lockLeased, settleLease, type Lease } from "./claim-turn";
import { listUnansweredIn } from "./read-turn";
import type { TurnTaken } from "./take-turn";

/** So often a turn may fail before a person gets it. */
const MOST_FAILURES = 5;
const RETRY_SECONDS = 5;

/**
 * A turn threw: it is tried again later, and the fifth time handed to staff with a task, so that one message that
 * breaks us stops neither its neighbours nor, for ever, itself. With the database away nothing is counted.
 */
export async function recordFailure(ctx: ClinicContext, lease: Lease, error: unknown): Promise<Result<TurnTaken>> {
  if (isDatabaseAway(error)) throw error;
  const { conversationId } = lease;
  return transact(ctx, {}, async (tx) => {
    const conversation = await lockLeased(tx, ctx, lease);
    if (!conversation) return ok<TurnTaken>({ did: "nothing" });
    const failures = conversation.turnFailures + 1;
    log[failures >= MOST_FAILURES ? "error" : "warn"](
      { clinic: ctx.clinic.id, conversationId, failures, error },
      "turn failed",
    );
    if (failures >= MOST_FAILURES) return ok(await giveToStaff(tx, ctx, lease));
    const turnDueAt = sql`now() + ${RETRY_SECONDS * failures}::int * interval '1 second'`;
    await settleLease(tx, ctx, lease, { turnFailures: failures, turnDueAt });
    return ok<TurnTaken>({ did: "failed" });
  });
}

async function giveToStaff(tx: Tx, ctx: ClinicContext, lease: Lease): Promise<TurnTaken> {
  const { conversationId } = lease;
  const clinicId = ctx.clinic.id;
  const turnId = newId();
  await tx.insert(turns).values({
    ...{ id: turnId, clinicId, conversationId, at: ctx.now(), outcome: "handed_off", silence: "poison" },
    ...{ stateBefore: {}, stateAfter: {}, understanding: {}, decision: {}, effects: [], latencyMs: 0 },
  });
  for (const { id } of await listUnansweredIn(tx, ctx, conversationId))
    await tx
      .update(messages)
      .set({ turnId })
      .where(and(eq(messages.clinicId, clinicId), eq(messages.id, id)));
  await raiseTaskIn(tx, ctx, { conversationId, reason: "handoff" });
  await settleLease(tx, ctx, lease, { turnDueAt: null, turnFailures: 0, status: "handoff", dialog: {} });
  await audit(tx, ctx, { action: "dialog.give_up", targetType: "conversation", targetId: conversationId });
  await announce(tx, ctx, "conversation", conversationId);
  return { did: "handed_off" };
}
