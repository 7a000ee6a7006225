import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { clinicId, createdAt, id, instant } from "./columns";
import { channels } from "./channels";
import { clinics } from "./clinics";
import { users } from "./identity";
import { contactPoints, patients } from "./patients";

export const MESSAGE_STATUSES = [
  "received",
  "queued",
  "sending",
  "sent",
  "delivered",
  "read",
  "unknown",
  "failed",
  "suppressed",
] as const;
export const SEND_CLASSES = [
  "reply",
  "service",
  "reminder",
  "offer",
  "marketing",
  "optout_confirmation",
  "staff",
] as const;
export const MESSAGE_KINDS = [
  "text",
  "image",
  "audio",
  "video",
  "document",
  "sticker",
  "location",
  "contacts",
  "reaction",
  "button",
  "list_choice",
  "order",
  "system",
  "unsupported",
] as const;

/**
 * One raw message or status as a vendor delivered it, stored before anything is done with it. It has no clinic
 * until it is routed, and is unique by (vendor, account, vendor's id, event): a repeat is absorbed by the index.
 */
export const webhookEvents = pgTable(
  "webhook_events",
  {
    id: id(),
    clinicId: uuid("clinic_id"),
    vendor: text("vendor", { enum: ["twilio", "whatsapp", "simulator"] }).notNull(),
    account: text("account").notNull(),
    vendorId: text("vendor_id").notNull(),
    /** `message`, or `status:<the vendor's status>`. */
    event: text("event").notNull(),
    body: jsonb("body").$type<Record<string, unknown>>().notNull(),
    state: text("state", { enum: ["new", "done", "unrouted", "quarantined"] })
      .notNull()
      .default("new"),
    attempts: smallint("attempts").notNull().default(0),
    problem: text("problem"),
    receivedAt: instant("received_at").notNull().defaultNow(),
    processedAt: instant("processed_at"),
  },
  (t) => [
    unique("webhook_events_once_uq").on(t.vendor, t.account, t.vendorId, t.event),
    foreignKey({ name: "webhook_events_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    index("webhook_events_new_ix")
      .on(t.id)
      .where(sql`state = 'new'`),
    index("webhook_events_received_ix").on(t.receivedAt),
    index("webhook_events_problem_ix")
      .on(t.state, t.receivedAt)
      .where(sql`state in ('unrouted', 'quarantined')`),
  ],
);

/** One contact point on one channel: the thread, who holds it, and the dialog's state as data. */
export const conversations = pgTable(
  "conversations",
  {
    id: id(),
    clinicId: clinicId(),
    channelId: uuid("channel_id").notNull(),
    contactPointId: uuid("contact_point_id").notNull(),
    holder: text("holder", { enum: ["bot", "staff"] })
      .notNull()
      .default("bot"),
    status: text("status", { enum: ["open", "waiting", "handoff", "closed"] })
      .notNull()
      .default("open"),
    isUrgent: boolean("is_urgent").notNull().default(false),
    assigneeId: uuid("assignee_id"),
    language: text("language"),
    /** The dialog engine's state and context: the shape is `lib/dialog`'s. */
    dialog: jsonb("dialog").$type<Record<string, unknown>>().notNull().default({}),
    summary: text("summary"),
    /** Hidden from the list of open threads until then, or until the patient writes. */
    snoozedUntil: instant("snoozed_until"),
    /** Which of the people behind the contact point the talk is about, once that is known. */
    patientId: uuid("patient_id"),
    /** No send to this pair of addresses before this (WhatsApp's pair limit; database time). */
    nextSendAt: instant("next_send_at"),
    /** Staff were told that nobody has answered since this inbound message. */
    unansweredAlertAt: instant("unanswered_alert_at"),
    unreadCount: integer("unread_count").notNull().default(0),
    lastMessageAt: instant("last_message_at"),
    lastInboundAt: instant("last_inbound_at"),
    /** When the bot's next turn is due; null when nothing waits for one. */
    turnDueAt: instant("turn_due_at"),
    turnLeaseToken: uuid("turn_lease_token"),
    turnLeaseUntil: instant("turn_lease_until"),
    turnFailures: smallint("turn_failures").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    unique("conversations_clinic_uq").on(t.clinicId, t.id),
    uniqueIndex("conversations_one_open_uq")
      .on(t.clinicId, t.channelId, t.contactPointId)
      .where(sql`status <> 'closed'`),
    foreignKey({
      name: "conversations_channel_fk",
      columns: [t.clinicId, t.channelId],
      foreignColumns: [channels.clinicId, channels.id],
    }),
    foreignKey({
      name: "conversations_contact_point_fk",
      columns: [t.clinicId, t.contactPointId],
      foreignColumns: [contactPoints.clinicId, contactPoints.id],
    }),
    foreignKey({ name: "conversations_assignee_fk", columns: [t.assigneeId], foreignColumns: [users.id] }),
    foreignKey({
      name: "conversations_patient_fk",
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }),
    index("conversations_recent_ix").on(t.clinicId, t.lastMessageAt, t.id),
    index("conversations_status_ix").on(t.clinicId, t.status, t.lastMessageAt, t.id),
    index("conversations_assignee_ix").on(t.clinicId, t.assigneeId, t.lastMessageAt, t.id),
    index("conversations_contact_point_ix").on(t.clinicId, t.contactPointId),
    index("conversations_unread_ix")
      .on(t.clinicId, t.lastMessageAt, t.id)
      .where(sql`unread_count > 0`),
    index("conversations_snoozed_ix")
      .on(t.snoozedUntil)
      .where(sql`snoozed_until is not null`),
    index("conversations_awaiting_ix")
      .on(t.lastInboundAt)
      .where(
        sql`last_inbound_at >= last_message_at and status <> 'closed' and (unanswered_alert_at is null or unanswered_alert_at < last_inbound_at)`,
      ),
    index("conversations_turn_due_ix")
      .on(t.turnDueAt)
      .where(sql`turn_due_at is not null`),
  ],
);

/** What the vendor said of an attachment: `url` where it can be fetched, or the vendor's id of it. */
export interface MessageMedia {
  url?: string;
  vendorMediaId?: string;
  contentType: string;
  fileName?: string;
  sha256?: string;
}

/** What a message carries beside its text, by kind: a chosen reply, a place, an emoji and what it is about. */
export interface MessagePayload {
  replyId?: string;
  emoji?: string;
  about?: string;
  place?: { latitude: number; longitude: number; name?: string; address?: string };
  contacts?: { name: string; phones: string[] }[];
  items?: { name: string; quantity: number }[];
  /** The small print of a chosen row; the answers of a form that was filled in. */
  description?: string;
  response?: string;
  /** Quick answers offered with an outbound message: WhatsApp buttons or a list, digits on SMS. */
  choices?: { id: string; title: string; description?: string }[];
  /** The word on the button that opens a list of them. */
  choicesLabel?: string;
  /** An outbound template and the values of its variables, in order. */
  template?: { name: string; locale: string; values: string[]; vendorName?: string };
  subject?: string;
  isVoice?: boolean;
  isForwarded?: boolean;
  vendorType?: string;
}

/** One inbound or outbound text. Inbound is unique by the vendor's id; `status` never moves backwards (trigger). */
export const messages = pgTable(
  "messages",
  {
    id: id(),
    clinicId: clinicId(),
    conversationId: uuid("conversation_id").notNull(),
    direction: text("direction", { enum: ["inbound", "outbound"] }).notNull(),
    senderType: text("sender_type", { enum: ["patient", "bot", "staff", "system"] }).notNull(),
    senderUserId: uuid("sender_user_id"),
    sendClass: text("send_class", { enum: SEND_CLASSES }),
    kind: text("kind", { enum: MESSAGE_KINDS }).notNull().default("text"),
    text: text("text").notNull(),
    payload: jsonb("payload").$type<MessagePayload>(),
    templateId: uuid("template_id"),
    media: jsonb("media").$type<MessageMedia[]>().notNull().default([]),
    vendor: text("vendor"),
    vendorId: text("vendor_id"),
    /** Facts that the carrier told with an inbound message, such as its own opt-out handling. */
    vendorFlags: jsonb("vendor_flags").$type<Record<string, string>>(),
    status: text("status", { enum: MESSAGE_STATUSES }).notNull(),
    statusReason: text("status_reason"),
    turnId: uuid("turn_id"),
    /** The order within a conversation: when the vendor had it, then `id`. */
    occurredAt: instant("occurred_at").notNull(),
    sentAt: instant("sent_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("messages_clinic_uq").on(t.clinicId, t.id),
    uniqueIndex("messages_vendor_id_uq")
      .on(t.clinicId, t.vendor, t.vendorId)
      .where(sql`vendor_id is not null`),
    foreignKey({
      name: "messages_conversation_fk",
      columns: [t.clinicId, t.conversationId],
      foreignColumns: [conversations.clinicId, conversations.id],
    }),
    foreignKey({ name: "messages_sender_fk", columns: [t.senderUserId], foreignColumns: [users.id] }),
    index("messages_thread_ix").on(t.clinicId, t.conversationId, t.occurredAt, t.id),
    index("messages_unanswered_ix")
      .on(t.conversationId)
      .where(sql`direction = 'inbound' and turn_id is null`),
    index("messages_failed_ix")
      .on(t.clinicId, t.occurredAt)
      .where(sql`status in ('failed', 'unknown')`),
  ],
);

/**
 * Outbound messages not yet delivered to the vendor. Claimed with SKIP LOCKED under a fencing token; a worker
 * whose token is stale updates nothing. The row's id travels in the status-callback address.
 */
export const outbox = pgTable(
  "outbox",
  {
    id: id(),
    clinicId: clinicId(),
    messageId: uuid("message_id").notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    state: text("state", { enum: ["due", "sending", "done", "unknown", "dead"] })
      .notNull()
      .default("due"),
    dueAt: instant("due_at").notNull(),
    attempts: smallint("attempts").notNull().default(0),
    leaseToken: uuid("lease_token"),
    leaseUntil: instant("lease_until"),
    lastError: text("last_error"),
    /** After this it is no use any more: dropped, not sent late. */
    expiresAt: instant("expires_at"),
    /** Another channel took over under the same key: of one key at most one row stands. */
    supersededAt: instant("superseded_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("outbox_dedupe_uq")
      .on(t.clinicId, t.dedupeKey)
      .where(sql`superseded_at is null`),
    unique("outbox_message_uq").on(t.clinicId, t.messageId),
    foreignKey({
      name: "outbox_message_fk",
      columns: [t.clinicId, t.messageId],
      foreignColumns: [messages.clinicId, messages.id],
    }),
    index("outbox_due_ix")
      .on(t.dueAt)
      .where(sql`state in ('due', 'sending')`),
    index("outbox_stuck_ix")
      .on(t.clinicId, t.createdAt)
      .where(sql`state in ('unknown', 'dead')`),
  ],
);
