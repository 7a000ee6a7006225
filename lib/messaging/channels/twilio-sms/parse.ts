import { hashToken } from "@/lib/core/crypto";
import type { RawEvent } from "@/lib/messaging/ingest/webhook-events";
import type { InboundMessage, StatusUpdate, VendorEvent, VendorStatus } from "@/lib/messaging/channels/channel";
import { fieldOf } from "@/lib/messaging/channels/fields";
import { reasonOf } from "@/lib/messaging/channels/reasons";
import { readWhatsappFields } from "@/lib/messaging/channels/twilio-whatsapp/parse";
import { kindOfMedia } from "./media-kind";
import type { SignedForm } from "./verify";

/** Twilio's own ids are 34 characters; their form is its own business, that one names a message is enough. */
const SID = /^\w{1,64}$/;
const ACCOUNT_LENGTH = 64;
/** Several times what Twilio sends; strangers' forms are read before they are known to be strangers'. */
const MOST_FIELDS = 1_000;
const MOST_MEDIA = 10; // Twilio's own limit

/** A urlencoded body as fields, or undefined where the body is something else or has more fields than any of Twilio's. */
export function formOf(contentType: string | null, raw: Buffer): SignedForm | undefined {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType ?? "")) return undefined;
  const fields = new Map<string, string[]>();
  let count = 0;
  for (const [key, value] of new URLSearchParams(raw.toString("utf8"))) {
    if (++count > MOST_FIELDS) return undefined;
    const values = fields.get(key);
    if (values) values.push(value);
    else fields.set(key, [value]);
  }
  return Object.fromEntries(
    [...fields].map(([key, values]) => [key, values.length === 1 ? (values[0] ?? "") : values]),
  );
}

/** Postgres's text holds every character but this one. */
const storable = (text: string) => text.replaceAll("\u0000", "");

/**
 * A verified request as the row to keep: a message or one status of one. What has no message id is
 * kept under its own hash. `outbox` of the callback address joins the fields.
 */
export function eventOf(request: Request, form: SignedForm | undefined, raw: Buffer): RawEvent {
  const fields = Object.entries(form ?? { raw: raw.toString("utf8") }).map(([key, value]) => [
    storable(key),
    storable(typeof value === "string" ? value : (value[0] ?? "")),
  ]);
  const outbox = new URL(request.url).searchParams.get("outbox");
  const body: Record<string, string> = Object.fromEntries([
    ...fields,
    ...(outbox ? [["outbox", storable(outbox)]] : []),
  ]);
  const sid = body.MessageSid || body.SmsSid || body.SmsMessageSid || "";
  const status = statusWordOf(body);
  return {
    vendor: "twilio",
    account: (body.AccountSid ?? "").slice(0, ACCOUNT_LENGTH),
    vendorId: SID.test(sid) ? sid : `?${hashToken(raw.toString("base64"))}`,
    event: status === undefined ? "message" : `status:${status.slice(0, 32)}`,
    body,
  };
}

/** The status that a callback tells of; undefined for an inbound message, which Twilio calls `received`. */
export function statusWordOf(body: Record<string, unknown>): string | undefined {
  const word = fieldOf(body, "MessageStatus") ?? fieldOf(body, "SmsStatus");
  return word === undefined || word === "received" || word === "receiving" ? undefined : word.toLowerCase();
}

/** Twilio's states in ours. Until it is delivered, all that matters is that Twilio has it. */
const STATUS_OF: Record<string, VendorStatus> = {
  accepted: "sent",
  scheduled: "sent",
  queued: "sent",
  sending: "sent",
  sent: "sent",
  delivered: "delivered",
  read: "read",
  undelivered: "failed",
  failed: "failed",
  canceled: "failed",
};

export const vendorStatusOf = (word: string): VendorStatus | undefined => STATUS_OF[word.toLowerCase()];

/** A stored Twilio event, of any of its channels, as this system reads it; undefined where it isn't understood. */
export function readTwilioEvent(event: {
  event: string;
  vendorId: string;
  body: Record<string, unknown>;
}): VendorEvent {
  if (event.event === "message") return readMessage(event.body);
  return readStatus(event.vendorId, event.body);
}

function readMessage(body: Record<string, unknown>): InboundMessage | undefined {
  const [from, to] = [fieldOf(body, "From"), fieldOf(body, "To")];
  if (!from || !to) return undefined;
  const media = mediaOf(body);
  const optOutType = fieldOf(body, "OptOutType");
  const sms: InboundMessage = {
    ...{ type: "message", channelKind: "twilio_sms", to, from, contactKind: "phone", userId: null, profileName: null },
    kind: kindOfMedia(media),
    text: fieldOf(body, "Body") ?? "",
    ...{ payload: null, media, flags: optOutType ? { optOutType } : null },
    ...{ language: null, at: null, wantsAnswer: true },
  };
  return readWhatsappFields(body, sms) ?? sms;
}

function mediaOf(body: Record<string, unknown>) {
  const count = Math.min(Number(fieldOf(body, "NumMedia") ?? 0) || 0, MOST_MEDIA);
  return Array.from({ length: count }, (_, i) => ({
    url: fieldOf(body, `MediaUrl${i}`) ?? "",
    contentType: fieldOf(body, `MediaContentType${i}`) ?? "application/octet-stream",
  })).filter((one) => one.url !== "");
}

function readStatus(vendorId: string, body: Record<string, unknown>): StatusUpdate | undefined {
  const status = vendorStatusOf(statusWordOf(body) ?? "");
  if (!status) return undefined;
  const error = fieldOf(body, "ErrorCode");
  const code = error && error !== "0" ? error.slice(0, 32) : null;
  const reason = status === "failed" && code ? reasonOf(code) : null;
  const from = fieldOf(body, "From");
  const sender = from === undefined ? null : senderOf(from);
  return { type: "status", vendorId, outboxId: fieldOf(body, "outbox") ?? null, sender, status, code, reason };
}

/** A channel of ours by Twilio's word for its address. */
export function senderOf(ours: string): NonNullable<StatusUpdate["sender"]> {
  const address = ours.replace(/^whatsapp:/i, "");
  return { channelKind: address === ours ? "twilio_sms" : "twilio_whatsapp", address };
}
