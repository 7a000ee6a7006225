import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { idempotencyKeys } from "@/db/schema/records";
import type { ClinicContext, IdempotentRequest } from "./context";
import { err, type Err, type Result } from "./result";

const mine = (ctx: ClinicContext, request: IdempotentRequest) =>
  and(
    eq(idempotencyKeys.clinicId, ctx.clinic.id),
    eq(idempotencyKeys.caller, request.caller),
    eq(idempotencyKeys.key, request.key),
  );

/**
 * Claims a caller's key for this transaction: a rival with the same key waits here until we commit. Answers what
 * the door must refuse or replay when the key has been used; `request.replay` then holds the first answer.
 */
export async function claimKey(tx: Tx, ctx: ClinicContext, request: IdempotentRequest): Promise<Err | undefined> {
  const { caller, key, requestHash } = request;
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ clinicId: ctx.clinic.id, caller, key, requestHash, status: 0, answer: "", createdAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length === 1) return undefined;
  const [found] = await tx.select().from(idempotencyKeys).where(mine(ctx, request));
  if (found && found.requestHash !== requestHash) return err("IDEMPOTENCY_MISMATCH");
  if (found) request.replay = { status: found.status, answer: found.answer };
  return err("CONFLICT");
}

/** Writes the answer down in the transaction that did the work. */
export async function writeAnswer(
  tx: Tx,
  ctx: ClinicContext,
  request: IdempotentRequest,
  result: Result<unknown>,
): Promise<void> {
  await tx.update(idempotencyKeys).set(request.answerOf(result)).where(mine(ctx, request));
}
