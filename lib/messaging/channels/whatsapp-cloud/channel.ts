import type { Channel } from "@/lib/messaging/channels/channel";
import { MOST_BUTTONS, MOST_ROWS } from "./compose";
import { sendWhatsappCloud } from "./send";

/**
 * WhatsApp by Meta's Cloud API. A send whose answer was lost can't be looked up: its status, which carries our id, is the
 * only word on it. A pair of addresses may burst, so the gap is short; Meta says when it was too short.
 */
export const whatsappCloud: Channel = {
  kind: "whatsapp_cloud",
  vendor: "whatsapp",
  consentChannel: "whatsapp",
  reopensThreads: true,
  capabilities: {
    ...{ hasWindow: true, hasTemplates: true, maxButtons: MOST_BUTTONS, maxListRows: MOST_ROWS, hasMedia: true },
    ...{ pairGapSeconds: 1, pacePerSecond: 50, canList: false },
    ...{ hasInbound: true, hasSubject: false },
  },
  send: sendWhatsappCloud,
};
