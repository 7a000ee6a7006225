import type { Channel, InboundVendor, VendorEvent } from "./channel";
import { emailSmtp } from "./email-smtp/channel";
import type { ChannelKind } from "./kinds";
import { readSimulatorEvent, simulator } from "./simulator/channel";
import { twilioSms } from "./twilio-sms/channel";
import { readTwilioEvent } from "./twilio-sms/parse";
import { twilioWhatsapp } from "./twilio-whatsapp/channel";
import { whatsappCloud } from "./whatsapp-cloud/channel";
import { readWhatsappEvent } from "./whatsapp-cloud/parse";

/** Every way to reach people; one line a channel. */
export const CHANNELS = {
  twilio_sms: twilioSms,
  twilio_whatsapp: twilioWhatsapp,
  whatsapp_cloud: whatsappCloud,
  email: emailSmtp,
  simulator,
} as const satisfies Record<ChannelKind, Channel>;

export const channelOf = (kind: ChannelKind): Channel => CHANNELS[kind];

interface StoredEvent {
  event: string;
  vendorId: string;
  body: Record<string, unknown>;
}

/** Who can read a vendor's raw events. */
export const READERS = {
  twilio: readTwilioEvent,
  whatsapp: readWhatsappEvent,
  simulator: readSimulatorEvent,
} as const satisfies Record<InboundVendor, (event: StoredEvent) => VendorEvent>;
