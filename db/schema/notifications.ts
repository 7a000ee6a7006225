import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, pgTable, primaryKey, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import { clinicId, createdAt, id, instant } from "./columns";
import { clinics } from "./clinics";
import { users } from "./identity";

export const NOTIFICATION_KINDS = [
  "emergency",
  "handoff",
  "unanswered",
  "booked",
  "moved",
  "cancelled",
  "channel_broken",
  "send_failed",
  "day_ahead",
] as const;

/** What a member is told, in the portal. Ids only: the words are made when it is shown. */
export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    clinicId: clinicId(),
    userId: uuid("user_id").notNull(),
    kind: text("kind", { enum: NOTIFICATION_KINDS }).notNull(),
    entityType: text("entity_type").notNull(),
    entityId: uuid("entity_id").notNull(),
    /** The same happening told twice is told once. */
    dedupeKey: text("dedupe_key").notNull(),
    readAt: instant("read_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("notifications_clinic_uq").on(t.clinicId, t.id),
    unique("notifications_once_uq").on(t.clinicId, t.userId, t.dedupeKey),
    foreignKey({ name: "notifications_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    foreignKey({ name: "notifications_user_fk", columns: [t.userId], foreignColumns: [users.id] }),
    index("notifications_user_ix").on(t.clinicId, t.userId, t.createdAt),
    index("notifications_unread_ix")
      .on(t.clinicId, t.userId)
      .where(sql`read_at is null`),
  ],
);

/** By which ways a member wants to hear of a kind; absent takes the default. An emergency is always told. */
export const notificationPreferences = pgTable(
  "notification_preferences",
  {
    clinicId: clinicId(),
    userId: uuid("user_id").notNull(),
    kind: text("kind", { enum: NOTIFICATION_KINDS }).notNull(),
    inPortal: boolean("in_portal").notNull(),
    byEmail: boolean("by_email").notNull(),
    bySms: boolean("by_sms").notNull(),
  },
  (t) => [
    primaryKey({ name: "notification_preferences_pk", columns: [t.clinicId, t.userId, t.kind] }),
    foreignKey({ name: "notification_preferences_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    foreignKey({ name: "notification_preferences_user_fk", columns: [t.userId], foreignColumns: [users.id] }),
  ],
);

/** One notification by e-mail or SMS to one member: claimed, sent, retried like the outbox. */
export const notificationDeliveries = pgTable(
  "notification_deliveries",
  {
    id: id(),
    clinicId: clinicId(),
    notificationId: uuid("notification_id").notNull(),
    medium: text("medium", { enum: ["email", "sms"] }).notNull(),
    state: text("state", { enum: ["due", "sending", "sent", "unknown", "dead"] })
      .notNull()
      .default("due"),
    dueAt: instant("due_at").notNull().defaultNow(),
    attempts: smallint("attempts").notNull().default(0),
    leaseToken: uuid("lease_token"),
    leaseUntil: instant("lease_until"),
    lastError: text("last_error"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("notification_deliveries_once_uq").on(t.clinicId, t.notificationId, t.medium),
    foreignKey({
      name: "notification_deliveries_notification_fk",
      columns: [t.clinicId, t.notificationId],
      foreignColumns: [notifications.clinicId, notifications.id],
    }).onDelete("cascade"),
    index("notification_deliveries_due_ix")
      .on(t.dueAt)
      .where(sql`state in ('due', 'sending')`),
  ],
);
