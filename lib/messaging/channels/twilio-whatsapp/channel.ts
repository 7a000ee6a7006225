import type { Channel } from "@/lib/messaging/channels/channel";
import { findWhatsapp, sendWhatsapp } from "./send";

/** WhatsApp by Twilio: the same account and signatures as its SMS, WhatsApp's rules, buttons only inside templates. */
export const twilioWhatsapp: Channel = {
  kind: "twilio_whatsapp",
  vendor: "twilio",
  consentChannel: "whatsapp",
  reopensThreads: true,
  capabilities: {
    ...{ hasWindow: true, hasTemplates: true, maxButtons: 0, maxListRows: 0, hasMedia: true },
    ...{ pairGapSeconds: 1, pacePerSecond: 20, canList: true },
    ...{ hasInbound: true, hasSubject: false },
  },
  send: sendWhatsapp,
  find: findWhatsapp,
};
