import { z } from "zod";
import { keyedHash, sameSecret } from "./crypto";
import { env } from "./env";

/**
 * The place in a list where the next page begins, signed for that list: callers hand it back and can't make one up.
 * `list` names the list and all that it was filtered by; a cursor of another list reads as undefined.
 */
export function signCursor(list: string, place: readonly string[]): string {
  const body = Buffer.from(JSON.stringify(place)).toString("base64url");
  return `${body}.${signatureOf(list, body)}`;
}

export function readCursor(list: string, cursor: string): string[] | undefined {
  const [body = "", signature = ""] = cursor.split(".");
  if (!sameSecret(signature, signatureOf(list, body))) return undefined;
  return z.array(z.string()).safeParse(JSON.parse(Buffer.from(body, "base64url").toString("utf8"))).data;
}

const signatureOf = (list: string, body: string) => keyedHash(env().SESSION_SECRET, `cursor ${list} ${body}`);
