import type { Channel } from "@/lib/messaging/channels/channel";
import { findSms, sendSms } from "./send";

export const twilioSms: Channel = {
  kind: "twilio_sms",
  vendor: "twilio",
  consentChannel: "sms",
  reopensThreads: true,
  send: sendSms,
  find: findSms,
};
