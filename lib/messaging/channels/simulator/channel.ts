import type { Channel, VendorEvent } from "@/lib/messaging/channels/channel";

/** A talk with the bot in the portal: what is sent is shown there, and that is its delivery. */
export const simulator: Channel = {
  kind: "simulator",
  vendor: "simulator",
  consentChannel: "sms",
  reopensThreads: false,
  send: ({ outboxId }) => Promise.resolve({ outcome: "sent", vendorId: outboxId, isDelivered: true }),
  find: () => Promise.resolve({ outcome: "absent" }), // nothing leaves this process, so nothing can have got through
};

/** A line typed in the simulator, as the inbound message that it plays. */
export function readSimulatorEvent(event: { event: string; body: Record<string, string> }): VendorEvent {
  const { From: from, To: to, Body: text = "", Language: language } = event.body;
  if (event.event !== "message" || !from || !to) return undefined;
  const person = { from, contactKind: "phone", language: language ?? null } as const;
  return { type: "message", channelKind: "simulator", to, ...person, text, media: [], flags: null };
}
