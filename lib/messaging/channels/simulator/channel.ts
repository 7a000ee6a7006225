import type { Channel, VendorEvent } from "@/lib/messaging/channels/channel";
import { fieldOf } from "@/lib/messaging/channels/fields";

/** A talk with the bot in the portal: what is sent is shown there, and that is its delivery. */
export const simulator: Channel = {
  kind: "simulator",
  vendor: "simulator",
  consentChannel: "sms",
  reopensThreads: false,
  capabilities: {
    ...{ hasWindow: false, hasTemplates: false, maxButtons: 0, maxListRows: 0, hasMedia: false },
    ...{ pairGapSeconds: 0, pacePerSecond: 1_000, canList: true },
    ...{ hasInbound: true, hasSubject: false },
  },
  send: ({ outboxId }) => Promise.resolve({ outcome: "sent", vendorId: outboxId, isDelivered: true }),
  find: () => Promise.resolve({ outcome: "absent" }), // nothing leaves this process, so nothing can have got through
};

/** A line typed in the simulator, as the inbound message that it plays. */
export function readSimulatorEvent({ event, body }: { event: string; body: Record<string, unknown> }): VendorEvent {
  const [from, to, language] = [fieldOf(body, "From"), fieldOf(body, "To"), fieldOf(body, "Language")];
  if (event !== "message" || !from || !to) return undefined;
  return {
    type: "message",
    channelKind: "simulator",
    ...{ to, from, contactKind: "phone", userId: null, profileName: null },
    ...{ kind: "text", text: fieldOf(body, "Body") ?? "", payload: null, media: [], flags: null },
    ...{ language: language ?? null, at: null, wantsAnswer: true },
  };
}
