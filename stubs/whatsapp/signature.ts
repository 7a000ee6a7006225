import { createHmac } from "node:crypto";

/** X-Hub-Signature-256 as documented: HMAC-SHA256 of the body's bytes with the app's secret. Written anew here. */
export const signatureOf = (appSecret: string, body: string): string =>
  `sha256=${createHmac("sha256", appSecret).update(body, "utf8").digest("hex")}`;

/** Meta writes every letter beyond ASCII as an escape, and signs that. */
export const escaped = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
