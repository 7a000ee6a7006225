import { createHmac, timingSafeEqual } from "node:crypto";

const FORM = /^sha256=([0-9a-f]{64})$/i;

/**
 * Whether Meta signed these bytes: `X-Hub-Signature-256` is `sha256=` and the HMAC of the raw body with the app's secret.
 * The bytes are compared as they came: Meta escapes letters before it signs, and reading them would undo that.
 */
export function isSignedByMeta(appSecret: string, header: string | null, raw: Buffer): boolean {
  const given = FORM.exec(header ?? "")?.[1];
  if (!given || !appSecret) return false;
  return timingSafeEqual(Buffer.from(given, "hex"), createHmac("sha256", appSecret).update(raw).digest());
}
