import type { Channel } from "@/lib/messaging/channels/channel";
import { findSms, sendSms } from "./send";

export const twilioSms: Channel = {
  kind: "twilio_sms",
  vendor: "twilio",
  consentChannel: "sms",
  reopensThreads: true,
  capabilities: {
    ...{ hasWindow: false, hasTemplates: false, maxButtons: 0, maxListRows: 0, hasMedia: true },
    ...{ pairGapSeconds: 0, pacePerSecond: 10, canList: true },
    ...{ hasInbound: true, hasSubject: false },
  },
  send: sendSms,
  find: findSms,
};
