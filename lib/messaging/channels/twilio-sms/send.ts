import { env } from "@/lib/core/env";
import { NEVER_LEFT, connectionCodeOf } from "@/lib/messaging/channels/connection";
import type { FindOutcome, OutboundMessage, SendOutcome } from "@/lib/messaging/channels/channel";
import { reasonOf } from "@/lib/messaging/channels/reasons";
import { vendorStatusOf } from "./parse";
import { twilioClient, TwilioRefusal } from "./twilio-client";

/** What Twilio is asked to send beside the two addresses: a text, or a template by its SID with its variables. */
type Content = { body: string } | { contentSid: string; contentVariables: string; validityPeriod?: number };

/** Sends one SMS by Twilio; a template is its text here. The outbox id travels in the status-callback address. */
export const sendSms = (message: OutboundMessage): Promise<SendOutcome> =>
  sendByTwilio(message, "sms/status", message, { body: message.template?.body ?? message.text });

/** Hands one message to Twilio, for any of its channels: `addresses` and `content` are in Twilio's own form. */
export async function sendByTwilio(
  { outboxId, credentials }: OutboundMessage,
  callbackPath: string,
  { from, to }: { from: string; to: string },
  content: Content,
): Promise<SendOutcome> {
  const client = twilioClient(credentials);
  if (!client) return { outcome: "retry", reason: "not_configured", code: "not_configured" };
  const statusCallback = `${env().APP_URL}/api/webhooks/${callbackPath}?outbox=${outboxId}`;
  try {
    const { sid } = await client.messages.create({ from, to, ...content, statusCallback });
    return { outcome: "sent", vendorId: sid, isDelivered: false };
  } catch (error) {
    return failureOf(error);
  }
}

/** What a failed call means for the message: a refusal is an answer, a broken connection may hide an acceptance. */
function failureOf(error: unknown): SendOutcome {
  if (error instanceof TwilioRefusal) {
    const { status, code, retryAfterSeconds: afterSeconds } = error;
    const reason = reasonOf(code);
    if (status === 429 || reason === "paced")
      return { outcome: "retry", reason: "paced", code, isPaced: true, ...(afterSeconds ? { afterSeconds } : {}) };
    if (status >= 500)
      return { outcome: "retry", reason: "vendor_down", code, ...(afterSeconds ? { afterSeconds } : {}) };
    const isOurs = reason === "credentials" || (reason === "other" && [401, 403, 404].includes(status));
    return isOurs // ours to mend, not the patient's number
      ? { outcome: "retry", reason: "credentials", code }
      : { outcome: "refused", reason, code };
  }
  const code = connectionCodeOf(error);
  return NEVER_LEFT.has(code) ? { outcome: "retry", reason: "no_connection", code } : { outcome: "unknown", code };
}

const ASKED_BEFORE_CLAIM_MS = 60_000;
const MOST_LISTED = 200;
const TRIAL_PREFIX = /^Sent from your Twilio trial account - /;

type IsOurs = (vendorIds: string[]) => Promise<Set<string>>;

/**
 * Asks Twilio's list for a message whose answer was lost: this To, From and text from a minute before the claim on. Those
 * that other messages of ours account for don't count. `absent` is proof only if enough time has passed: the caller's duty.
 */
export async function findSms(message: OutboundMessage, claimedAt: Date, isOurs: IsOurs): Promise<FindOutcome> {
  const client = twilioClient(message.credentials);
  if (!client) return { outcome: "unavailable", code: "not_configured" };
  const text = (message.template?.body ?? message.text).trim();
  try {
    const { to, from } = message;
    const listed = await client.messages.list({ to, from, limit: MOST_LISTED });
    const since = claimedAt.getTime() - ASKED_BEFORE_CLAIM_MS;
    const alike = listed.filter(
      (one) => one.dateCreated.getTime() >= since && one.body.replace(TRIAL_PREFIX, "").trim() === text,
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
