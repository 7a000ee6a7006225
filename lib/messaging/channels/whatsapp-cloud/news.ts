import type { IdentityChange, PreferenceChange } from "@/lib/messaging/channels/channel";
import { looseOf, textOf, type Loose } from "./loose";
import { addressOf, instantOf } from "./parse";

const KIND = "whatsapp_cloud";
const STATE_OF: Record<string, PreferenceChange["state"]> = { stop: "out", resume: "in", signup: "in" };

/** What somebody told WhatsApp itself about marketing messages; of other categories nothing is known. */
export function readPreference(to: string, part: Loose): PreferenceChange | undefined {
  const who = addressOf(textOf(part.wa_id), textOf(part.user_id));
  const state = STATE_OF[textOf(part.value)?.toLowerCase() ?? ""];
  if (!who || !state || textOf(part.category) !== "marketing_messages") return undefined;
  const words = textOf(part.detail)?.slice(0, 500) ?? null;
  return { type: "preference", channelKind: KIND, to, ...who, state, words, at: instantOf(part.timestamp) };
}

/**
 * A person's number or id has changed. The old shapes name the former number `customer` and the new one `wa_id`; the
 * newer ones bring user ids, alone or beside a number.
 */
export function readIdentity(to: string, part: Loose): IdentityChange | undefined {
  const pair = looseOf(part.user_id);
  const userId = textOf(pair.current) ?? textOf(part.user_id);
  const addresses = [
    addressOf(textOf(part.customer), undefined),
    addressOf(undefined, textOf(pair.previous) ?? textOf(part.previous_user_id)),
    addressOf(textOf(part.wa_id), undefined),
    addressOf(undefined, userId),
  ].flatMap((one) => (one ? [{ kind: one.contactKind, value: one.from }] : []));
  return addresses.length > 0 ? { type: "identity", channelKind: KIND, to, addresses } : undefined;
}
