import type { CREATED_FROM } from "@/db/schema/appointments";
import type { CHANNEL_KINDS } from "@/db/schema/channels";

export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Whose consent a channel's messages need. SMS, MMS and RCS share one; the simulator plays SMS. */
export const CONSENT_CHANNEL_OF = {
  twilio_sms: "sms",
  twilio_whatsapp: "whatsapp",
  whatsapp_cloud: "whatsapp",
  email: "email",
  simulator: "sms",
} as const satisfies Record<ChannelKind, "sms" | "whatsapp" | "email">;

/** What a person or a visit that came by a channel is said to come from. */
export const CREATED_FROM_OF = {
  twilio_sms: "SMS",
  twilio_whatsapp: "WHATSAPP",
  whatsapp_cloud: "WHATSAPP",
  email: "EMAIL",
  simulator: "SIMULATOR",
} as const satisfies Record<ChannelKind, (typeof CREATED_FROM)[number]>;
