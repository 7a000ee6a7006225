import type { InboundMessage, VendorEvent, VendorStatus } from "@/lib/messaging/channels/channel";
import { reasonOf } from "@/lib/messaging/channels/reasons";
import { readContent } from "./content";
import { listOf, looseOf, textOf, type Loose } from "./loose";
import { readIdentity, readPreference } from "./news";
import { readNotice } from "./notices";

const KIND = "whatsapp_cloud";

/** A stored piece of a delivery as this system reads it; undefined where it isn't understood, and kept for that. */
export function readWhatsappEvent(event: { event: string; vendorId: string; body: Loose }): VendorEvent {
  const to = textOf(event.body.phone_number_id);
  const part = looseOf(event.body.part);
  const [family] = event.event.split(":");
  if (family === "notice") return readNotice(event.body);
  if (!to) return undefined;
  switch (family) {
    case "message":
      return readMessage(to, part, looseOf(event.body.contact));
    case "status":
      return readStatus(to, event.vendorId, part);
    case "echo":
      return readEcho(to, part);
    case "preference":
      return readPreference(to, part);
    case "user_id":
      return readIdentity(to, part);
    default:
      return undefined;
  }
}

/** A person's address from their number and their id: the number, where it is known, is the one that other channels share. */
export function addressOf(
  waId: string | undefined,
  userId: string | undefined,
): Pick<InboundMessage, "from" | "contactKind" | "userId"> | undefined {
  if (waId) return { from: /^\d+$/.test(waId) ? `+${waId}` : waId, contactKind: "phone", userId: userId ?? null };
  return userId ? { from: userId, contactKind: "whatsapp_user", userId } : undefined;
}

function readMessage(to: string, part: Loose, contact: Loose): InboundMessage | undefined {
  const content = readContent(part);
  const system = looseOf(part.system);
  const userId = textOf(part.from_user_id) ?? textOf(contact.user_id);
  const isSystem = content.kind === "system";
  const who =
    addressOf(textOf(part.from) ?? textOf(contact.wa_id), userId) ?? (isSystem ? formerAddressOf(system) : undefined);
  if (!who) return undefined;
  const profile = looseOf(contact.profile);
  const profileName = textOf(profile.name) ?? null;
  const flags = {
    ...content.flags,
    ...told("profileName", profileName),
    ...told("username", textOf(profile.username)),
    ...told("parentUserId", textOf(part.from_parent_user_id) ?? textOf(contact.parent_user_id)),
  };
  return {
    type: "message",
    channelKind: KIND,
    ...{ to, ...who, profileName },
    ...{ kind: content.kind, text: content.text, payload: content.payload, media: content.media },
    flags: Object.keys(flags).length > 0 ? flags : null,
    language: null,
    at: instantOf(part.timestamp),
    wantsAnswer: content.wantsAnswer,
    ...(isSystem ? { identity: readIdentity(to, { ...system, wa_id: system.new_wa_id ?? system.wa_id }) } : {}),
  };
}

/** News of a person that comes from nobody belongs where they were reached before. */
function formerAddressOf(system: Loose): ReturnType<typeof addressOf> {
  const former = textOf(system.previous_user_id) ?? textOf(system.user_id);
  const address = addressOf(textOf(system.customer), former);
  return address && { ...address, userId: null };
}

const told = (name: string, value: string | null | undefined) => (value ? { [name]: value } : {});

const STATUS_OF: Record<string, VendorStatus> = {
  accepted: "sent",
  sent: "sent",
  delivered: "delivered",
  read: "read",
  played: "read",
  failed: "failed",
};

function readStatus(to: string, vendorId: string, part: Loose): VendorEvent {
  const status = STATUS_OF[textOf(part.status)?.toLowerCase() ?? ""];
  if (!status) return undefined;
  const [error] = listOf(part.errors);
  const code = textOf(looseOf(error).code)?.slice(0, 32) ?? null;
  const reason = status === "failed" && code ? reasonOf(code) : null;
  const sender = { channelKind: KIND, address: to } as const;
  const outboxId = textOf(part.biz_opaque_callback_data) ?? null;
  return { type: "status", vendorId, outboxId, sender, status, code, reason };
}

/** What staff wrote in the phone app: kinds that change an earlier message say nothing of their own. */
function readEcho(to: string, part: Loose): VendorEvent {
  const who = addressOf(textOf(part.to), textOf(part.to_user_id));
  const { kind, text, payload, media, vendorType } = readContent(part);
  if (!who || vendorType === "edit" || vendorType === "revoke") return undefined;
  return { type: "echo", channelKind: KIND, to, ...who, kind, text, payload, media, at: instantOf(part.timestamp) };
}

/** Meta's timestamps are seconds since 1970, as a text or a number. */
export function instantOf(timestamp: unknown): Date | null {
  const seconds = Number(textOf(timestamp));
  const at = new Date(seconds * 1000);
  return seconds > 0 && Number.isFinite(at.getTime()) ? at : null;
}
