import type { MessageMedia } from "@/db/schema/messaging";
import type { ConsentChannel } from "@/lib/messaging/consent";
import type { ChannelKind } from "./kinds";

/** One text to one address, as a vendor needs it. `outboxId` travels with it and comes back in its statuses. */
export interface OutboundText {
  outboxId: string;
  from: string;
  to: string;
  text: string;
}

/**
 * What became of a send. `retry`: the vendor has nothing of it, for sure. `refused`: it never will. `unknown`: it may
 * have been accepted, so it is asked for, never sent again blindly.
 */
export type SendOutcome =
  | { outcome: "sent"; vendorId: string; isDelivered: boolean }
  | { outcome: "retry"; code: string; afterSeconds?: number; isPaced?: boolean }
  | { outcome: "refused"; code: string }
  | { outcome: "unknown"; code: string };

/** What the vendor knows of a send whose answer was lost. `absent` is proof: it has no such message. */
export type FindOutcome =
  | { outcome: "found"; vendorId: string; status: VendorStatus; code: string | null }
  | { outcome: "absent" }
  | { outcome: "unavailable"; code: string };

/** A vendor's word on a message, in our states (domain.md): accepted by it counts as sent. */
export type VendorStatus = "sent" | "delivered" | "read" | "failed";

export interface InboundMessage {
  type: "message";
  channelKind: ChannelKind;
  /** The clinic's address, by which the message finds its clinic. */
  to: string;
  from: string;
  contactKind: "phone" | "whatsapp_user";
  text: string;
  media: MessageMedia[];
  flags: Record<string, string> | null;
  language: string | null;
}

export interface StatusUpdate {
  type: "status";
  vendorId: string;
  outboxId: string | null;
  status: VendorStatus;
  code: string | null;
}

/** A vendor's raw event as this system reads it; undefined where it doesn't understand it. */
export type VendorEvent = InboundMessage | StatusUpdate | undefined;

/** One way to reach people. A new channel is a folder beside this file and a line in the registry. */
export interface Channel {
  kind: ChannelKind;
  vendor: "twilio" | "simulator";
  consentChannel: ConsentChannel;
  /** Whether a closed thread goes on when the person writes again; else they start a new one. */
  reopensThreads: boolean;
  send: (message: OutboundText) => Promise<SendOutcome>;
  /** Absent where the vendor can't be asked: what is unknown then stays so until it tells. */
  find?: (
    message: OutboundText,
    claimedAt: Date,
    isOurs: (vendorIds: string[]) => Promise<Set<string>>,
  ) => Promise<FindOutcome>;
}
