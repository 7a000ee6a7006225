import { createHash } from "node:crypto";
import type { ClinicContext, IdempotentRequest } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { answerOf } from "./respond";

const KEY = /^[\x21-\x7e]{1,200}$/;

/** A POST's `Idempotency-Key` with what identifies the request; undefined for a request without one. */
export function idempotentRequestOf(
  request: Request,
  raw: Buffer,
  ctx: ClinicContext,
  successStatus: number,
): Result<IdempotentRequest> | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null || request.method !== "POST") return undefined;
  if (!KEY.test(key))
    return err("VALIDATION_FAILED", [
      { code: "custom", path: ["Idempotency-Key"], message: "1 to 200 visible characters" },
    ]);
  const { pathname } = new URL(request.url);
  return ok({
    key,
    caller: `${ctx.actor.type}:${ctx.actor.id}`,
    requestHash: createHash("sha256").update(`${pathname}\n`).update(raw).digest("base64url"),
    answerOf: (result) => answerOf(result, successStatus, ctx.locale, ctx.requestId),
  });
}
