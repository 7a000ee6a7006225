import type { ErrorCode } from "./errors";

/** The answer of every verb, and the envelope on the wire: expected failures are values, throwing is for bugs. */
export type Result<T, C extends ErrorCode = ErrorCode> = Ok<T> | Err<C>;
export interface Ok<T> {
  readonly ok: true;
  readonly data: T;
}
export interface Err<C extends ErrorCode = ErrorCode> {
  readonly ok: false;
  readonly error: C;
  readonly details?: unknown;
}

export function ok(): Ok<null>;
export function ok<T>(data: T): Ok<T>;
export function ok(data: unknown = null): Ok<unknown> {
  return { ok: true, data };
}

export function err<C extends ErrorCode>(error: C, details?: unknown): Err<C> {
  return details === undefined ? { ok: false, error } : { ok: false, error, details };
}

/** For tests, seeds and scripts, where a refusal is a bug: the data, or a thrown error that names the code. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.data;
  throw new Error(`unexpected ${result.error} ${JSON.stringify(result.details ?? "")}`);
}
