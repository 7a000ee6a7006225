import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** An unguessable token for a link, a session or a fence: 256 bits, URL-safe. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What is stored of a token: a look-up by hash finds it, a stolen table can't be replayed. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** A short keyed fingerprint, for values that must be compared later but not read. */
export const keyedHash = (key: string, value: string): string =>
  createHmac("sha256", key).update(value).digest("base64url");

/** Constant-time comparison of two strings of any length. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest()];
  return timingSafeEqual(left, right);
}
