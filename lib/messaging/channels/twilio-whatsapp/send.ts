import type { Channel, OutboundMessage, OutboundTemplate, SendOutcome } from "@/lib/messaging/channels/channel";
import { findSms, sendByTwilio } from "@/lib/messaging/channels/twilio-sms/send";

const PREFIX = "whatsapp:";

/** An address as Twilio writes it on WhatsApp: a phone number or a WhatsApp user id behind the channel's name. */
const atWhatsapp = (address: string) => (address.startsWith(PREFIX) ? address : `${PREFIX}${address}`);
const both = ({ from, to }: OutboundMessage) => ({ from: atWhatsapp(from), to: atWhatsapp(to) });

/** Sends one WhatsApp message by Twilio. A template goes by its content SID; one without a SID can't go out. */
export async function sendWhatsapp(message: OutboundMessage): Promise<SendOutcome> {
  const { template } = message;
  if (template && !template.vendorRef) return { outcome: "refused", reason: "template", code: "no_content_sid" };
  const content = template?.vendorRef ? contentOf(template, template.vendorRef) : { body: message.text };
  return sendByTwilio(message, "whatsapp/twilio", both(message), content);
}

/** Twilio keeps nothing for longer. */
const LONGEST_VALIDITY_SECONDS = 36_000;

const contentOf = ({ values, ttlSeconds }: OutboundTemplate, contentSid: string) => ({
  contentSid,
  contentVariables: JSON.stringify(numbered(values)),
  ...(ttlSeconds === null ? {} : { validityPeriod: Math.min(Math.max(ttlSeconds, 1), LONGEST_VALIDITY_SECONDS) }),
});

/** Twilio counts a template's variables from 1. */
const numbered = (values: string[]) => Object.fromEntries(values.map((value, at) => [String(at + 1), value]));

export const findWhatsapp: NonNullable<Channel["find"]> = (message, claimedAt, isOurs) =>
  findSms({ ...message, ...both(message) }, claimedAt, isOurs);
