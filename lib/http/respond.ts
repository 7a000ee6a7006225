import { ERROR_STATUS } from "@/lib/core/errors";
import { snakeKeys } from "@/lib/core/keys";
import type { Result } from "@/lib/core/result";
import { wordsOf } from "./locale";

export interface Answer {
  status: number;
  answer: string;
}

/** The envelope of a verb's answer as bytes: snake_case, `message` in the caller's language. */
export function answerOf(result: Result<unknown>, successStatus: number, locale: string, requestId: string): Answer {
  if (result.ok) return { status: successStatus, answer: JSON.stringify({ ok: true, data: snakeKeys(result.data) }) };
  const { error, details } = result;
  return {
    status: ERROR_STATUS[error],
    answer: JSON.stringify({
      ok: false,
      error,
      message: wordsOf(error, locale),
      ...(details === undefined ? {} : { details: snakeKeys(details) }),
      ...(error === "INTERNAL" ? { request_id: requestId } : {}),
    }),
  };
}

const RETRY_AFTER_SECONDS = { RATE_LIMITED: 60, UNAVAILABLE: 2 } as const;

/** The HTTP response of an answer. Nothing with a patient in it is kept by a cache on the way. */
export function toResponse({ status, answer }: Answer, requestId: string, retryAfterSeconds?: number): Response {
  const headers = new Headers({
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-request-id": requestId,
  });
  const wait =
    retryAfterSeconds ??
    (status === 429 ? RETRY_AFTER_SECONDS.RATE_LIMITED : status === 503 ? RETRY_AFTER_SECONDS.UNAVAILABLE : undefined);
  if (wait !== undefined) headers.set("retry-after", String(Math.max(1, Math.ceil(wait))));
  return new Response(answer, { status, headers });
}
