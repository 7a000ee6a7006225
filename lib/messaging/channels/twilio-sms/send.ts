import { env } from "@/lib/core/env";
import type { FindOutcome, OutboundText, SendOutcome } from "@/lib/messaging/channels/channel";
import { vendorStatusOf } from "./parse";
import { twilioClient, TwilioRefusal } from "./twilio-client";

/** Twilio answers these before it takes a message: opted out, no such number, not a mobile, no route to it, no text. */
const FOR_GOOD = new Set([
  "21211",
  "21212",
  "21214",
  "21408",
  "21601",
  "21602",
  "21604",
  "21606",
  "21610",
  "21612",
  "21614",
  "21617",
]);
/** The connection never stood: no byte of the message has left. */
const NEVER_LEFT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
]);
const SLOW_DOWN = new Set(["20429", "14107", "30001", "30022"]);

/** Sends one SMS by Twilio. The outbox id travels in the status-callback address. */
export async function sendSms({ outboxId, from, to, text }: OutboundText): Promise<SendOutcome> {
  const client = twilioClient();
  if (!client) return { outcome: "retry", code: "not_configured" };
  const statusCallback = `${env().APP_URL}/api/webhooks/sms/status?outbox=${outboxId}`;
  try {
    const { sid } = await client.messages.create({ from, to, body: text, statusCallback });
    return { outcome: "sent", vendorId: sid, isDelivered: false };
  } catch (error) {
    return failureOf(error);
  }
}

/** What a failed call means for the message: a refusal is an answer, a broken connection may hide an acceptance. */
function failureOf(error: unknown): SendOutcome {
  if (error instanceof TwilioRefusal) {
    const { status, code, retryAfterSeconds: afterSeconds } = error;
    const isPaced = status === 429 || SLOW_DOWN.has(code);
    if (isPaced || status >= 500) return { outcome: "retry", code, isPaced, ...(afterSeconds ? { afterSeconds } : {}) };
    return [401, 403, 404].includes(status) && !FOR_GOOD.has(code) // ours to mend, not the patient's number
      ? { outcome: "retry", code }
      : { outcome: "refused", code };
  }
  const code = connectionCodeOf(error);
  return NEVER_LEFT.has(code) ? { outcome: "retry", code } : { outcome: "unknown", code };
}

function connectionCodeOf(error: unknown): string {
  return error && typeof error === "object" && "code" in error ? String(error.code) : "no_answer";
}

const ASKED_BEFORE_CLAIM_MS = 60_000;
const MOST_LISTED = 200;
const TRIAL_PREFIX = /^Sent from your Twilio trial account - /;

/**
 * Asks Twilio's list for a message whose answer was lost: this To, From and text from a minute before the claim on. Those
 * that other messages of ours account for don't count. `absent` is proof only if enough time has passed: the caller's duty.
 */
export async function findSms(
  { from, to, text }: OutboundText,
  claimedAt: Date,
  isOurs: (vendorIds: string[]) => Promise<Set<string>>,
): Promise<FindOutcome> {
  const client = twilioClient();
  if (!client) return { outcome: "unavailable", code: "not_configured" };
  try {
    const listed = await client.messages.list({ to, from, limit: MOST_LISTED });
    const since = claimedAt.getTime() - ASKED_BEFORE_CLAIM_MS;
    const alike = listed.filter(
      (one) => one.dateCreated.getTime() >= since && one.body.replace(TRIAL_PREFIX, "").trim() === text.trim(),
    );
    const taken = await isOurs(alike.map((one) => one.sid));
    const found = alike.find((one) => !taken.has(one.sid));
    if (!found) return { outcome: "absent" };
    const code = found.errorCode ? String(found.errorCode) : null;
    return { outcome: "found", vendorId: found.sid, status: vendorStatusOf(found.status) ?? "sent", code };
  } catch (error) {
    const code = error instanceof TwilioRefusal ? error.code : connectionCodeOf(error);
    return { outcome: "unavailable", code };
  }
}
