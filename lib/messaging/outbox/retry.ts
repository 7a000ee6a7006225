import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { tasks } from "@/db/schema/front-desk";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { lockStandingIn, reissueIn } from "./reissue";
import { announce } from "@/lib/realtime/announce";

/**
 * Sends again what was given up, or what may not have arrived, as a new message under the same key: the old one no longer
 * stands. The gate is asked anew. NOT_FOUND; CONFLICT where it went out, waits, or has been sent again already;
 * CLINIC_SUSPENDED.
 */
export const retrySend = (ctx: ClinicContext, { id }: { id: string }): Promise<Result<{ messageId: string }>> =>
  transact(ctx, {}, async (tx) => {
    if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
    const row = await lockStandingIn(tx, ctx, { outboxId: id });
    if (!row) return err("NOT_FOUND", { what: "message" });
    if (row.state !== "dead" && row.state !== "unknown") return err("CONFLICT", { what: "message", state: row.state });
    const messageId = await reissueIn(tx, ctx, row);
    await settleTasks(tx, ctx, row.messageId);
    await audit(tx, ctx, { action: "message.send_again", targetType: "message", targetId: messageId });
    await announce(tx, ctx, "message", row.messageId);
    return ok({ messageId });
  });

/** What staff were asked about this message they have seen to. */
async function settleTasks(tx: Tx, ctx: ClinicContext, messageId: string): Promise<void> {
  const doneBy = ctx.actor.type === "user" ? ctx.actor.id : null;
  const done = await tx
    .update(tasks)
    .set({ doneAt: ctx.now(), doneBy })
    .where(and(eq(tasks.clinicId, ctx.clinic.id), eq(tasks.messageId, messageId), isNull(tasks.doneAt)))
    .returning({ id: tasks.id });
  for (const { id } of done) {
    await audit(tx, ctx, { action: "task.done", targetType: "task", targetId: id });
    await announce(tx, ctx, "task", id);
  }
}
