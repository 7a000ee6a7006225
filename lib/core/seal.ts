import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { env } from "./env";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A secret at rest: which key sealed it, and nonce, tag and ciphertext in one base64url text. */
export interface Sealed {
  keyId: string;
  sealed: string;
}

interface Key {
  id: string;
  bytes: Buffer;
}

/** What a sealed value belongs to. Moved to another clinic, row or purpose it does not open. */
export interface SealedFor {
  clinicId: string;
  rowId: string;
  purpose: string;
}

/**
 * Seals a secret with AES-256-GCM under the current key (`ENCRYPTION_KEY`), bound to where it is kept: each value gets
 * a random nonce of its own.
 */
export function seal(plain: string, place: SealedFor): Sealed {
  const key = currentKey();
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key.bytes, nonce);
  cipher.setAAD(boundTo(place));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return { keyId: key.id, sealed: Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url") };
}

/**
 * Opens what `seal` made, with the current key or one of `ENCRYPTION_KEY_PREVIOUS`. Throws when the key is gone, or the
 * value was changed or moved: then it is no secret of ours, and nothing can be done but to enter it anew.
 */
export function unseal({ keyId, sealed }: Sealed, place: SealedFor): string {
  const key = allKeys().find((one) => one.id === keyId);
  if (!key) throw new Error(`no key ${keyId}: add it to ENCRYPTION_KEY_PREVIOUS`);
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
}

/** Whether a value should be sealed again, because a newer key has taken over. */
export const isSealedWithOldKey = ({ keyId }: Sealed): boolean => keyId !== currentKey().id;

const boundTo = ({ clinicId, rowId, purpose }: SealedFor) => Buffer.from(JSON.stringify([clinicId, rowId, purpose]));

/** A key from its text in the environment; its id is a fingerprint, so that ids can't be confused by hand. */
function keyOf(text: string): Key {
  const bytes = Buffer.from(hkdfSync("sha256", text, "chairside", "secrets at rest", 32));
  return { id: createHash("sha256").update(bytes).digest("base64url").slice(0, 12), bytes };
}

const made = new Map<string, Key>();
function keyFrom(text: string): Key {
  const key = made.get(text) ?? keyOf(text);
  made.set(text, key);
  return key;
}

const currentKey = (): Key => keyFrom(env().ENCRYPTION_KEY);
const allKeys = (): Key[] => [currentKey(), ...env().ENCRYPTION_KEY_PREVIOUS.map(keyFrom)];
