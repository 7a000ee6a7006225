import { createHash, createHmac } from "node:crypto";

/**
 * JSON with sorted keys and no spaces (RFC 8785): what both sides of the protocol sign. The executor sends
 * this very text as the body, so that what is signed and what is sent can't differ.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

const PREFIX = /^signkey-\w+-/;

/** The signature header of a body at a moment: `t` in whole seconds, `s` HMAC-SHA256 over body and `t`. */
export function signBody(body: string, signingKey: string, at: Date): string {
  const t = Math.round(at.getTime() / 1000).toString();
  const s = createHmac("sha256", signingKey.replace(PREFIX, "")).update(body).update(t).digest("hex");
  return `t=${t}&s=${s}`;
}

/** What the SDK presents as its bearer token when it registers: the hash of the signing key, never the key. */
export function hashedSigningKey(signingKey: string): string {
  const prefix = PREFIX.exec(signingKey)?.[0] ?? "";
  return prefix + createHash("sha256").update(signingKey.slice(prefix.length), "hex").digest("hex");
}
