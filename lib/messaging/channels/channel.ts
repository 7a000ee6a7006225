import type { MESSAGE_KINDS, MessageMedia, MessagePayload, webhookEvents } from "@/db/schema/messaging";
import type { Locale } from "@/lib/core/locales";
import type { ConsentChannel } from "@/lib/messaging/consents/consent";
import type { ChannelCredentials } from "@/lib/messaging/credentials";
import type { ChannelKind } from "./kinds";
import type { AccountNotice } from "./notice";
import type { SendReason } from "./reasons";

/** A quick answer that is offered with a message; `id` comes back when it is picked. */
export type Choice = NonNullable<MessagePayload["choices"]>[number];

/** A template as the vendor needs it. `body` is its text with the values in place. */
export interface OutboundTemplate {
  name: string;
  locale: string;
  values: string[];
  body: string;
  category: "marketing" | "utility" | "authentication";
  /** The vendor's id of it where it has one (Twilio's content SID). */
  vendorRef: string | null;
  /** Undelivered after this the vendor drops it. The Cloud API takes it with the template itself, Twilio with each send. */
  ttlSeconds: number | null;
}

/** What goes with a message that is a letter: beside its words it has a subject, a sender's name and a foot. */
export interface Letter {
  subject: string;
  senderName: string;
  locale: Locale;
  /** Nobody sat and wrote it: machines that answer by themselves are asked not to. */
  isAutomatic: boolean;
  /** Who writes and where they are found. */
  foot: string;
  /** How to end such letters; `isOneClick`: in the mail program too (RFC 8058). */
  unsubscribe?: { words: string; url: string; oneClickUrl: string; isOneClick: boolean };
}

/**
 * One message to one address, as a vendor needs it. `outboxId` travels with it and comes back in its statuses. With
 * `template` that goes out instead of `text`; `choices` become buttons or a list where the channel has them.
 */
export interface OutboundMessage {
  outboxId: string;
  from: string;
  to: string;
  text: string;
  choices?: Choice[];
  /** The word on the button that opens a list of choices. */
  choicesLabel?: string;
  template?: OutboundTemplate;
  letter?: Letter;
  credentials: ChannelCredentials;
}

/**
 * What became of a send. `retry`: the vendor has nothing of it, for sure. `refused`: it never will take it as it is.
 * `unknown`: it may have been accepted, so it is asked for, never sent again blindly. `code` is the vendor's own,
 * `reason` what our code acts on. Paced (`reason: "paced"`) concerns the whole address or, with `isPair`, this pair.
 */
export type SendOutcome =
  | { outcome: "sent"; vendorId: string; isDelivered: boolean }
  | { outcome: "retry"; reason: SendReason; code: string; afterSeconds?: number; isPaced?: boolean; isPair?: boolean }
  | { outcome: "refused"; reason: SendReason; code: string }
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
  /** WhatsApp's id of the person, where it came beside their phone number: both reach the same person. */
  userId: string | null;
  /** What the person calls themselves at the vendor. */
  profileName: string | null;
  kind: (typeof MESSAGE_KINDS)[number];
  text: string;
  payload: MessagePayload | null;
  media: MessageMedia[];
  flags: Record<string, string> | null;
  language: string | null;
  /** When the vendor had it, where it tells. */
  at: Date | null;
  /** Whether somebody waits for an answer: behind a reaction or a changed number nobody does. */
  wantsAnswer: boolean;
  /** What a message of kind `system` tells: it is the vendor's word, nobody wrote it. */
  identity?: IdentityChange | undefined;
}

/** An address of a person. */
interface Address {
  kind: "phone" | "whatsapp_user";
  value: string;
}

/** Addresses that are one person's: they have a new number or a new id. Those that were known before come first. */
export interface IdentityChange {
  type: "identity";
  channelKind: ChannelKind;
  to: string;
  addresses: Address[];
}

/** What staff wrote to a person outside this system, in the phone app of the same number. */
export type StaffEcho = { type: "echo"; channelKind: ChannelKind; to: string } & Pick<
  InboundMessage,
  "from" | "contactKind" | "userId" | "kind" | "text" | "payload" | "media" | "at"
>;

/** What a person told the vendor itself about marketing messages. */
export type PreferenceChange = {
  type: "preference";
  channelKind: ChannelKind;
  to: string;
  state: "in" | "out";
  words: string | null;
} & Pick<InboundMessage, "from" | "contactKind" | "userId" | "at">;

export interface StatusUpdate {
  type: "status";
  vendorId: string;
  outboxId: string | null;
  /** The clinic's address from which the message went out; null where the vendor doesn't tell. */
  sender: { channelKind: ChannelKind; address: string } | null;
  status: VendorStatus;
  /** The vendor's code of a failure, and what it means to us. */
  code: string | null;
  reason: SendReason | null;
}

/** A vendor's raw event as this system reads it; undefined where it doesn't understand it. */
export type VendorEvent =
  InboundMessage | StatusUpdate | StaffEcho | PreferenceChange | IdentityChange | AccountNotice | undefined;

export interface Capabilities {
  /** Free text only within 24 hours of the patient's last message; else a template. */
  hasWindow: boolean;
  hasTemplates: boolean;
  /** Quick answers as buttons, and as rows of a list; 0: digits in the text alone. */
  maxButtons: number;
  maxListRows: number;
  hasMedia: boolean;
  /** Seconds between two messages to one person. */
  pairGapSeconds: number;
  /** Messages a second of one address, unless its own row says otherwise. */
  pacePerSecond: number;
  /** Whether the vendor's list proves that it doesn't have a message, and tells of inbound ones that we missed. */
  canList: boolean;
  /** What people answer comes in here; else it goes past us, to the clinic's own mailbox. */
  hasInbound: boolean;
  /** A message is a letter, with a subject and a foot. */
  hasSubject: boolean;
}

/** Who delivers raw events. */
export type InboundVendor = (typeof webhookEvents.$inferSelect)["vendor"];

/** One way to reach people. A new channel is a folder beside this file and a line in the registry. */
export interface Channel {
  kind: ChannelKind;
  vendor: InboundVendor | "smtp";
  consentChannel: ConsentChannel;
  /** Whether a closed thread goes on when the person writes again; else they start a new one. */
  reopensThreads: boolean;
  capabilities: Capabilities;
  send: (message: OutboundMessage) => Promise<SendOutcome>;
  /** Absent where the vendor can't be asked: what is unknown then stays so until it tells. */
  find?: (
    message: OutboundMessage,
    claimedAt: Date,
    isOurs: (vendorIds: string[]) => Promise<Set<string>>,
  ) => Promise<FindOutcome>;
}
