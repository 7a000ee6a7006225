import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { turns } from "@/db/schema/dialog";
import { messages } from "@/db/schema/messaging";
import type { ClinicContext } from "@/lib/core/context";

/**
 * What the patient wrote in this talk that staff have a draft for and nobody has answered since: nothing was said to
 * it, so that it is understood together with what comes next, and one draft answers both.
 */
export const listUnsaidIn = (
  tx: Tx,
  ctx: ClinicContext,
  id: string,
  talkMinutes: number,
): Promise<(typeof messages.$inferSelect)[]> => {
  const here = and(eq(messages.clinicId, ctx.clinic.id), eq(messages.conversationId, id));
  const drafted = tx
    .select({ id: turns.id })
    .from(turns)
    .where(
      and(
        ...[eq(turns.clinicId, ctx.clinic.id), eq(turns.conversationId, id)],
        ...[eq(turns.outcome, "drafted"), isNull(turns.replyMessageId)],
      ),
    );
  const answeredAt = tx
    .select({ at: sql`coalesce(max(${messages.occurredAt}), '-infinity')` })
    .from(messages)
    .where(and(here, eq(messages.direction, "outbound"), inArray(messages.senderType, ["bot", "staff"])));
  return tx
    .select()
    .from(messages)
    .where(
      and(
        ...[here, eq(messages.direction, "inbound"), inArray(messages.turnId, drafted)],
        gt(messages.occurredAt, new Date(ctx.now().getTime() - talkMinutes * 60_000)),
        sql`${messages.occurredAt} > (${answeredAt})`,
      ),
    )
    .orderBy(asc(messages.occurredAt), asc(messages.id));
};
