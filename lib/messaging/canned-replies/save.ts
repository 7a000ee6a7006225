import { and, count, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { cannedReplies } from "@/db/schema/front-desk";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import type { SaveCannedReply } from "@/lib/messaging/schema";
import { MOST_CANNED_REPLIES, type CannedReply } from "./list";

const VIOLATIONS = { canned_replies_shortcut_uq: err("CONFLICT", { what: "shortcut" }) };

/** Writes a new answer down. CONFLICT for a short name that is taken in this language, or when there are 300. */
export const addCannedReply = (ctx: ClinicContext, input: SaveCannedReply): Promise<Result<CannedReply>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    if ((await countIn(tx, ctx)) >= MOST_CANNED_REPLIES) return err("CONFLICT", { what: "too_many" });
    const id = newId();
    await tx.insert(cannedReplies).values({ id, clinicId: ctx.clinic.id, ...input, updatedAt: ctx.now() });
    await audit(tx, ctx, { action: "canned_reply.add", targetType: "canned_reply", targetId: id });
    return ok({ id, ...input });
  });

/** Changes an answer. NOT_FOUND; CONFLICT for a short name that is taken in this language. */
export const changeCannedReply = (
  ctx: ClinicContext,
  id: string,
  input: SaveCannedReply,
): Promise<Result<CannedReply>> =>
  transact(ctx, VIOLATIONS, async (tx) => {
    const changed = await tx
      .update(cannedReplies)
      .set({ ...input, updatedAt: ctx.now() })
      .where(oneOf(ctx, id))
      .returning({ id: cannedReplies.id });
    if (changed.length === 0) return err("NOT_FOUND", { what: "canned_reply" });
    const entry = { targetType: "canned_reply", targetId: id, changed: Object.keys(input) };
    await audit(tx, ctx, { action: "canned_reply.change", ...entry });
    return ok({ id, ...input });
  });

/** Takes an answer away. NOT_FOUND. */
export const removeCannedReply = (ctx: ClinicContext, id: string): Promise<Result<{ removed: true }>> =>
  transact(ctx, {}, async (tx) => {
    const removed = await tx.delete(cannedReplies).where(oneOf(ctx, id)).returning({ id: cannedReplies.id });
    if (removed.length === 0) return err("NOT_FOUND", { what: "canned_reply" });
    await audit(tx, ctx, { action: "canned_reply.remove", targetType: "canned_reply", targetId: id });
    return ok({ removed: true });
  });

const oneOf = (ctx: ClinicContext, id: string) =>
  and(eq(cannedReplies.clinicId, ctx.clinic.id), eq(cannedReplies.id, id));

async function countIn(tx: Tx, ctx: ClinicContext): Promise<number> {
  const [row] = await tx.select({ n: count() }).from(cannedReplies).where(eq(cannedReplies.clinicId, ctx.clinic.id));
  return row?.n ?? 0;
}
