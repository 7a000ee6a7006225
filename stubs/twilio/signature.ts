import { createHmac } from "node:crypto";

/** X-Twilio-Signature as documented: HMAC-SHA1 with the token over the address and the sorted fields. Written anew here, so that it checks the SDK too. */
export function signatureOf(token: string, url: string, form: Record<string, string>): string {
  const fields = Object.keys(form)
    .sort()
    .map((name) => `${name}${form[name] ?? ""}`);
  return createHmac("sha1", token)
    .update(`${url}${fields.join("")}`, "utf8")
    .digest("base64");
}
