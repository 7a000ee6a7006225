import { keyedHash, sameSecret } from "@/lib/core/crypto";
import { env } from "@/lib/core/env";
import type { Purpose } from "@/lib/messaging/consents/consent";

/** What a link to end letters is about. */
export interface UnsubscribeLink {
  clinicId: string;
  contactPointId: string;
  /** The letter that it stood in: the evidence. */
  messageId: string;
  /** `marketing`: invitations alone; `service`: everything by e-mail. */
  purpose: Purpose;
}

const ID_BYTES = 16;
const PURPOSES = ["service", "marketing"] as const;

/**
 * A link's token: whom it is about, signed. It holds nothing of the person, needs no row of its own and doesn't expire:
 * a way out that stops working is none.
 */
export function signUnsubscribe({ clinicId, contactPointId, messageId, purpose }: UnsubscribeLink): string {
  const ids = [clinicId, contactPointId, messageId].map((id) => Buffer.from(id.replaceAll("-", ""), "hex"));
  const body = Buffer.concat([...ids, Buffer.from([PURPOSES.indexOf(purpose)])]).toString("base64url");
  return `${body}.${signatureOf(body)}`;
}

/** What a token says; undefined for one that isn't ours. */
export function readUnsubscribe(token: string): UnsubscribeLink | undefined {
  const [body = "", signature = "", ...more] = token.split(".");
  if (more.length > 0 || !sameSecret(signature, signatureOf(body))) return undefined;
  const bytes = Buffer.from(body, "base64url");
  const purpose = PURPOSES[bytes[3 * ID_BYTES] ?? -1];
  if (bytes.length !== 3 * ID_BYTES + 1 || !purpose) return undefined;
  const idAt = (place: number) => uuidOf(bytes.subarray(place * ID_BYTES, (place + 1) * ID_BYTES).toString("hex"));
  return { clinicId: idAt(0), contactPointId: idAt(1), messageId: idAt(2), purpose };
}

/** The page that asks before it does anything, and the address that a mail program posts to by itself. */
export const unsubscribeUrls = (token: string) => ({
  url: `${env().APP_URL}/unsubscribe/${token}`,
  oneClickUrl: `${env().APP_URL}/api/public/unsubscribe/${token}`,
});

const uuidOf = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
const signatureOf = (body: string) => keyedHash(env().SESSION_SECRET, `unsubscribe ${body}`);
