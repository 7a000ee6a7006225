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
import { sql } from "drizzle-orm";
import { clinicId, createdAt, id, instant } from "./columns";
import { clinics } from "./clinics";
import { users } from "./identity";
import { contactPoints, patients } from "./patients";

export const CHANNEL_KINDS = ["twilio_sms", "simulator"] as const;
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

/** One address of a clinic at one vendor. The address is unique in the deployment: it routes what comes in. */
export const channels = pgTable(
  "channels",
  {
    id: id(),
    clinicId: clinicId(),
    kind: text("kind", { enum: CHANNEL_KINDS }).notNull(),
    /** The vendor's address: an E.164 number for SMS, the clinic's slug for the simulator. */
    address: text("address").notNull(),
    botMode: text("bot_mode", { enum: ["off", "drafts", "out_of_hours", "always"] })
      .notNull()
      .default("always"),
    isActive: boolean("is_active").notNull().default(true),
    createdAt: createdAt(),
  },
  (t) => [
    unique("channels_clinic_uq").on(t.clinicId, t.id),
    unique("channels_address_uq").on(t.kind, t.address),
    foreignKey({ name: "channels_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
  ],
);

/**
 * One raw message or status as a vendor delivered it, stored before anything is done with it. It has no clinic
 * until it is routed, and is unique by (vendor, account, vendor's id, event): a repeat is absorbed by the index.
 */
export const webhookEvents = pgTable(
  "webhook_events",
  {
    id: id(),
    clinicId: uuid("clinic_id"),
    vendor: text("vendor", { enum: ["twilio", "simulator"] }).notNull(),
    account: text("account").notNull(),
    vendorId: text("vendor_id").notNull(),
    /** `message`, or `status:<the vendor's status>`. */
    event: text("event").notNull(),
    body: jsonb("body").$type<Record<string, string>>().notNull(),
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
    index("conversations_recent_ix").on(t.clinicId, t.lastMessageAt, t.id),
    index("conversations_turn_due_ix")
      .on(t.turnDueAt)
      .where(sql`turn_due_at is not null`),
  ],
);

export interface MessageMedia {
  url: string;
  contentType: string;
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
    text: text("text").notNull(),
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
    createdAt: createdAt(),
  },
  (t) => [
    unique("outbox_dedupe_uq").on(t.clinicId, t.dedupeKey),
    unique("outbox_message_uq").on(t.clinicId, t.messageId),
    foreignKey({
      name: "outbox_message_fk",
      columns: [t.clinicId, t.messageId],
      foreignColumns: [messages.clinicId, messages.id],
    }),
    index("outbox_due_ix")
      .on(t.dueAt)
      .where(sql`state in ('due', 'sending')`),
  ],
);

/** Something staff must do. */
export const tasks = pgTable(
  "tasks",
  {
    id: id(),
    clinicId: clinicId(),
    reason: text("reason", {
      enum: ["handoff", "emergency", "visit_or_stop", "phone_after_stop", "question"],
    }).notNull(),
    patientId: uuid("patient_id"),
    conversationId: uuid("conversation_id"),
    dueAt: instant("due_at"),
    doneAt: instant("done_at"),
    doneBy: uuid("done_by"),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({
      name: "tasks_patient_fk",
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }),
    foreignKey({
      name: "tasks_conversation_fk",
      columns: [t.clinicId, t.conversationId],
      foreignColumns: [conversations.clinicId, conversations.id],
    }),
    foreignKey({ name: "tasks_done_by_fk", columns: [t.doneBy], foreignColumns: [users.id] }),
    uniqueIndex("tasks_open_once_uq")
      .on(t.clinicId, t.conversationId, t.reason)
      .where(sql`done_at is null`),
    index("tasks_open_ix")
      .on(t.clinicId, t.createdAt)
      .where(sql`done_at is null`),
  ],
);
