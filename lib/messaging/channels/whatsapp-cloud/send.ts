import type { OutboundMessage, SendOutcome } from "@/lib/messaging/channels/channel";
import { connectionCodeOf, NEVER_LEFT } from "@/lib/messaging/channels/connection";
import { reasonOf, type SendReason } from "@/lib/messaging/channels/reasons";
import { composeMessage } from "./compose";
import { callGraph, type GraphAnswer } from "./graph";

/** Codes that say nothing of this message: it is tried again. */
const AGAIN: ReadonlySet<SendReason> = new Set(["paced", "credentials", "vendor_down"]);
/** Too much between these two addresses: the rest of the number goes on. */
const PAIR = "131056";
/** What Meta asks to wait when it doesn't say: a pair recovers in seconds, a number's quality in minutes. */
const WAIT_SECONDS: Record<string, number> = { [PAIR]: 6, "131048": 300, "130429": 5, "80007": 60 };

/** Sends one message by the Cloud API from the phone number id `from`. */
export async function sendWhatsappCloud(message: OutboundMessage): Promise<SendOutcome> {
  const token = message.credentials.access_token;
  if (!token) return { outcome: "retry", reason: "not_configured", code: "not_configured" };
  try {
    const path = `${encodeURIComponent(message.from)}/messages`;
    return outcomeOf(await callGraph(token, path, { body: composeMessage(message) }));
  } catch (error) {
    const code = connectionCodeOf(error);
    return NEVER_LEFT.has(code) ? { outcome: "retry", reason: "no_connection", code } : { outcome: "unknown", code };
  }
}

function outcomeOf({ status, messageId, errorCode, retryAfterSeconds }: GraphAnswer): SendOutcome {
  if (messageId !== undefined) return { outcome: "sent", vendorId: messageId, isDelivered: false };
  // No word of Meta's own: a gateway may have lost an answer to what was taken.
  if (errorCode === undefined && (status < 400 || status >= 500) && status !== 503)
    return { outcome: "unknown", code: String(status) };
  const code = errorCode ?? String(status);
  const reason = status === 429 ? "paced" : reasonOfCall(status, code);
  if (!AGAIN.has(reason)) return { outcome: "refused", reason, code };
  const afterSeconds = retryAfterSeconds ?? WAIT_SECONDS[code];
  const wait = afterSeconds === undefined ? {} : { afterSeconds };
  if (reason !== "paced") return { outcome: "retry", reason, code, ...wait };
  return { outcome: "retry", reason, code, ...wait, ...(code === PAIR ? { isPair: true } : { isPaced: true }) };
}

/** A code without a meaning of its own goes by the answer's status. */
function reasonOfCall(status: number, code: string): SendReason {
  const reason = reasonOf(code);
  if (reason !== "other") return reason;
  if (status === 401 || status === 403) return "credentials";
  return status >= 500 ? "vendor_down" : "other";
}
