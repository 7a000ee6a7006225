import { formOf } from "@/lib/messaging/channels/twilio-sms/parse";
import { isSignedWith } from "@/lib/messaging/channels/twilio-sms/verify";
import { isSignedByMeta } from "@/lib/messaging/channels/whatsapp-cloud/verify";
import type { PayloadFile } from "./payload-file";

/**
 * What doesn't hold of a file that is about a signature: the verdict on it as it stands, and that a good one is good
 * for nothing else, neither for another secret nor for another body.
 */
export function checkSignature(file: PayloadFile): string[] {
  const wanted = file.expected.valid;
  const verdictOn = file.provider === "meta" ? metaVerdict(file) : twilioVerdict(file);
  if (wanted === undefined || !verdictOn) return ["nothing to compare with"];
  const problems = verdictOn({}) === wanted ? [] : [`called ${wanted ? "false" : "valid"}`];
  if (verdictOn({ secret: "another secret" })) problems.push("valid with another secret");
  if (verdictOn({ isChanged: true })) problems.push("valid for another body");
  return problems;
}

interface Twist {
  secret?: string;
  isChanged?: boolean;
}

function metaVerdict({ app_secret: secret, raw_body: raw, x_hub_signature_256: header }: PayloadFile) {
  if (secret === undefined || raw === undefined) return undefined;
  return ({ secret: other = secret, isChanged }: Twist) =>
    isSignedByMeta(other, header ?? null, Buffer.from(isChanged ? `${raw} ` : raw));
}

function twilioVerdict(file: PayloadFile) {
  const { auth_token: token, url, x_twilio_signature: signature } = file;
  if (token === undefined || url === undefined) return undefined;
  const isJson = file.json_body !== undefined;
  const body = file.json_body ?? file.form ?? new URLSearchParams(file.params).toString();
  return ({ secret = token, isChanged }: Twist) => {
    const raw = Buffer.from(isChanged ? `${body}${isJson ? " " : "&Extra=1"}` : body);
    const { appUrl, path } = splitAddress(url);
    const headers = {
      "content-type": isJson ? "application/json" : "application/x-www-form-urlencoded",
      "x-twilio-signature": signature ?? "",
    };
    const request = new Request(`http://internal.invalid${path}`, { method: "POST", headers });
    return isSignedWith({ token: secret, appUrl }, request, raw, formOf(request.headers.get("content-type"), raw));
  };
}

/** An address as `APP_URL` and the path and query that a request to it carries. */
export function splitAddress(address: string): { appUrl: string; path: string } {
  const [, appUrl, path] = /^(\w+:\/\/[^/?#]+)([^#]*)/.exec(address) ?? [];
  if (!appUrl) throw new Error("an address that is none");
  return { appUrl, path: path || "/" };
}
