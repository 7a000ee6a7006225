import { and, eq } from "drizzle-orm";
import { webhookEvents } from "@/db/schema/messaging";
import { webhookReceived } from "@/inngest/events";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ring } from "@/lib/core/doorbell";
import { err, ok, type Result } from "@/lib/core/result";
import { afterCommit, transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";

/**
 * Puts what was set aside back among what waits to be read, as if it had just come; until then it is nobody's again.
 * NOT_FOUND for another clinic's, and for what has been read meanwhile.
 */
export const retryStray = (ctx: ClinicContext, { id }: { id: string }): Promise<Result<{ id: string }>> =>
  transact(ctx, {}, async (tx) => {
    const mine = and(eq(webhookEvents.clinicId, ctx.clinic.id), eq(webhookEvents.id, id));
    const again = { state: "new", attempts: 0, problem: null, processedAt: null, clinicId: null } as const;
    const [found] = await tx
      .update(webhookEvents)
      .set(again)
      .where(and(mine, eq(webhookEvents.state, "quarantined")))
      .returning({ id: webhookEvents.id });
    if (!found) return err("NOT_FOUND", { what: "delivery" });
    await audit(tx, ctx, { action: "webhook.try_again", targetType: "webhook_event", targetId: id });
    await announce(tx, ctx, "channel", id);
    afterCommit(tx, () => ring(webhookReceived.create({})));
    return ok({ id });
  });
