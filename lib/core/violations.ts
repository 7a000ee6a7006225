import { DrizzleQueryError } from "drizzle-orm";
import type { Err } from "./result";

/** Named constraints and the answers that they mean: the names are part of the error contract. */
export type Violations = Readonly<Record<string, Err>>;

interface PostgresError {
  code: string;
  constraint?: string;
}

/** Postgres's own error inside whatever wraps it, or undefined when the failure is not Postgres's. */
export function postgresErrorOf(error: unknown): PostgresError | undefined {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(cause instanceof Error) || !("code" in cause) || typeof cause.code !== "string") return undefined;
  const constraint = "constraint" in cause && typeof cause.constraint === "string" ? cause.constraint : undefined;
  return { code: cause.code, ...(constraint ? { constraint } : {}) };
}

export function violationOf(error: unknown, violations: Violations): Err | undefined {
  const constraint = postgresErrorOf(error)?.constraint;
  return constraint === undefined ? undefined : violations[constraint];
}

const RETRYABLE = new Set(["40001", "40P01"]);

/** A deadlock or serialization failure: nothing was written and the same work may be tried again. */
export const isRetryable = (error: unknown): boolean => RETRYABLE.has(postgresErrorOf(error)?.code ?? "");

const AWAY = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "08006",
  "08003",
  "25006",
  "53100",
  "55P03", // a lock not given in time: somebody else's work is in the way
]);

/** The driver's own errors, which have no code, and a file that may not grow, which Postgres calls an internal error. */
const AWAY_WORDS =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|not queryable|could not (?:extend|write(?: to)?) file/;

/** The database can't serve now (away, restarting, full, read-only): callers are told to come back. */
export function isDatabaseAway(error: unknown): boolean {
  if (AWAY.has(postgresErrorOf(error)?.code ?? "")) return true;
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof Error && AWAY_WORDS.test(cause.message);
}
