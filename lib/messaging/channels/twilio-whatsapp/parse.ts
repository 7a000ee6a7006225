import type { MessagePayload } from "@/db/schema/messaging";
import type { InboundMessage } from "@/lib/messaging/channels/channel";
import { fieldOf } from "@/lib/messaging/channels/fields";

const PREFIX = /^whatsapp:/i;
const E164 = /^\+\d{1,15}$/;

type Fields = Record<string, unknown>;

/**
 * Twilio's message fields where they are a WhatsApp message: the addresses without their prefix, and what WhatsApp tells
 * beside an SMS's fields (who writes, a place, what was tapped). Undefined: no WhatsApp message.
 */
export function readWhatsappFields(body: Fields, sms: InboundMessage): InboundMessage | undefined {
  if (!PREFIX.test(sms.from) || !PREFIX.test(sms.to)) return undefined;
  const from = sms.from.replace(PREFIX, "");
  const isPhone = E164.test(from);
  const kind = kindOf(body, sms);
  return {
    ...sms,
    channelKind: "twilio_whatsapp",
    ...{ from, to: sms.to.replace(PREFIX, ""), contactKind: isPhone ? "phone" : "whatsapp_user" },
    userId: fieldOf(body, "ExternalUserId") ?? (isPhone ? null : from),
    profileName: fieldOf(body, "ProfileName") || null,
    kind,
    payload: payloadOf(body, kind),
    flags: flagsOf(body, sms.flags),
    wantsAnswer: kind !== "reaction",
  };
}

const KINDS = new Set<InboundMessage["kind"]>(["sticker", "location", "contacts", "reaction", "order"]);

function kindOf(body: Fields, sms: InboundMessage): InboundMessage["kind"] {
  if (fieldOf(body, "ListId")) return "list_choice";
  if (fieldOf(body, "ButtonPayload") ?? fieldOf(body, "ButtonText")) return "button";
  const told = fieldOf(body, "MessageType")?.toLowerCase();
  const known = [...KINDS].find((kind) => kind === told);
  if (known) return known;
  return fieldOf(body, "Latitude") ? "location" : sms.kind;
}

function payloadOf(body: Fields, kind: InboundMessage["kind"]): MessagePayload | null {
  const replyId = fieldOf(body, "ListId") ?? fieldOf(body, "ButtonPayload");
  const about = fieldOf(body, "OriginalRepliedMessageSid");
  const place = placeOf(body);
  const payload: MessagePayload = {
    ...(replyId ? { replyId } : {}),
    ...(about ? { about } : {}),
    ...(place ? { place } : {}),
    ...(kind === "reaction" ? { emoji: fieldOf(body, "Body") ?? "" } : {}),
    ...(kind === "audio" ? { isVoice: true } : {}),
    ...(fieldOf(body, "Forwarded") === "true" ? { isForwarded: true } : {}),
  };
  return Object.keys(payload).length > 0 ? payload : null;
}

function placeOf(body: Fields): MessagePayload["place"] {
  const [latitude, longitude] = [Number(fieldOf(body, "Latitude")), Number(fieldOf(body, "Longitude"))];
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return undefined;
  const [name, address] = [fieldOf(body, "Label"), fieldOf(body, "Address")];
  return { latitude, longitude, ...(name ? { name } : {}), ...(address ? { address } : {}) };
}

const TOLD = {
  ProfileName: "profileName",
  ProfileUsername: "username",
  ParentExternalUserId: "parentUserId",
  ReferralHeadline: "fromAd",
} as const;

function flagsOf(body: Fields, flags: InboundMessage["flags"]): InboundMessage["flags"] {
  const told = Object.entries(TOLD).flatMap(([field, name]) => {
    const value = fieldOf(body, field);
    return value ? [[name, value] as const] : [];
  });
  return told.length === 0 ? flags : { ...flags, ...Object.fromEntries(told) };
}
