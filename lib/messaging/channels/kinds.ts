import type { CHANNEL_KINDS } from "@/db/schema/channels";

export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Whose consent a channel's messages need. SMS, MMS and RCS share one; the simulator plays SMS. */
export const CONSENT_CHANNEL_OF = {
  twilio_sms: "sms",
  simulator: "sms",
} as const satisfies Record<ChannelKind, "sms" | "whatsapp" | "email">;
