import type { Channel } from "@/lib/messaging/channels/channel";
import { sendByMail } from "./send";

/** Letters from a clinic's mailbox. What people answer goes to that mailbox and is not read here. */
export const emailSmtp: Channel = {
  kind: "email",
  vendor: "smtp",
  consentChannel: "email",
  reopensThreads: true,
  capabilities: {
    ...{ hasWindow: false, hasTemplates: false, maxButtons: 0, maxListRows: 0, hasMedia: false },
    ...{ pairGapSeconds: 0, pacePerSecond: 2, canList: false },
    ...{ hasInbound: false, hasSubject: true },
  },
  send: sendByMail,
};
