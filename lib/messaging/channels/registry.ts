import type { Channel, VendorEvent } from "./channel";
import type { ChannelKind } from "./kinds";
import { readSimulatorEvent, simulator } from "./simulator/channel";
import { twilioSms } from "./twilio-sms/channel";
import { readTwilioEvent } from "./twilio-sms/parse";

/** Every way to reach people; one line a channel. */
export const CHANNELS = { twilio_sms: twilioSms, simulator } as const satisfies Record<ChannelKind, Channel>;

export const channelOf = (kind: ChannelKind): Channel => CHANNELS[kind];

interface StoredEvent {
  event: string;
  vendorId: string;
  body: Record<string, string>;
}

/** Who can read a vendor's raw events. */
export const READERS = { twilio: readTwilioEvent, simulator: readSimulatorEvent } as const satisfies Record<
  Channel["vendor"],
  (event: StoredEvent) => VendorEvent
>;
