import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { clinicId, createdAt, id, instant, updatedAt } from "./columns";
import { clinics } from "./clinics";
import { users } from "./identity";
import { conversations, messages } from "./messaging";
import { patients } from "./patients";

/** An answer that the bot would give, where the channel's mode leaves the sending to staff. One a thread. */
export const replyDrafts = pgTable(
  "reply_drafts",
  {
    clinicId: clinicId(),
    conversationId: uuid("conversation_id").notNull(),
    turnId: uuid("turn_id"),
    text: text("text").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "reply_drafts_pk", columns: [t.clinicId, t.conversationId] }),
    foreignKey({
      name: "reply_drafts_conversation_fk",
      columns: [t.clinicId, t.conversationId],
      foreignColumns: [conversations.clinicId, conversations.id],
    }).onDelete("cascade"),
  ],
);

/** What staff tell each other about a talk or a patient; never sent. */
export const notes = pgTable(
  "notes",
  {
    id: id(),
    clinicId: clinicId(),
    conversationId: uuid("conversation_id"),
    patientId: uuid("patient_id"),
    authorId: uuid("author_id").notNull(),
    text: text("text").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({
      name: "notes_conversation_fk",
      columns: [t.clinicId, t.conversationId],
      foreignColumns: [conversations.clinicId, conversations.id],
    }),
    foreignKey({
      name: "notes_patient_fk",
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }),
    foreignKey({ name: "notes_author_fk", columns: [t.authorId], foreignColumns: [users.id] }),
    index("notes_conversation_ix").on(t.clinicId, t.conversationId, t.createdAt),
    index("notes_patient_ix").on(t.clinicId, t.patientId, t.createdAt),
  ],
);

/** Who has a thread open, and who is writing in it: seen in the last seconds, else gone. */
export const conversationViewers = pgTable(
  "conversation_viewers",
  {
    clinicId: clinicId(),
    conversationId: uuid("conversation_id").notNull(),
    userId: uuid("user_id").notNull(),
    isTyping: boolean("is_typing").notNull().default(false),
    seenAt: instant("seen_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "conversation_viewers_pk", columns: [t.clinicId, t.conversationId, t.userId] }),
    foreignKey({
      name: "conversation_viewers_conversation_fk",
      columns: [t.clinicId, t.conversationId],
      foreignColumns: [conversations.clinicId, conversations.id],
    }).onDelete("cascade"),
    foreignKey({ name: "conversation_viewers_user_fk", columns: [t.userId], foreignColumns: [users.id] }),
  ],
);

/** An answer that staff write often, by its short name. */
export const cannedReplies = pgTable(
  "canned_replies",
  {
    id: id(),
    clinicId: clinicId(),
    shortcut: text("shortcut").notNull(),
    locale: text("locale").notNull(),
    text: text("text").notNull(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("canned_replies_shortcut_uq").on(t.clinicId, t.shortcut, t.locale),
    foreignKey({ name: "canned_replies_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
  ],
);

/** Something staff must do. */
export const tasks = pgTable(
  "tasks",
  {
    id: id(),
    clinicId: clinicId(),
    reason: text("reason", {
      enum: [
        "handoff",
        "emergency",
        "visit_or_stop",
        "phone_after_stop",
        "question",
        "as_agreed",
        "unanswered",
        "send_unknown",
        "send_failed",
        "channel_broken",
        "other",
      ],
    }).notNull(),
    /** What to do, in the words of the member who wrote it down; automatic tasks say it by their reason. */
    note: text("note"),
    assigneeId: uuid("assignee_id"),
    messageId: uuid("message_id"),
    createdBy: uuid("created_by"),
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
    foreignKey({
      name: "tasks_message_fk",
      columns: [t.clinicId, t.messageId],
      foreignColumns: [messages.clinicId, messages.id],
    }),
    foreignKey({ name: "tasks_assignee_fk", columns: [t.assigneeId], foreignColumns: [users.id] }),
    foreignKey({ name: "tasks_created_by_fk", columns: [t.createdBy], foreignColumns: [users.id] }),
    foreignKey({ name: "tasks_done_by_fk", columns: [t.doneBy], foreignColumns: [users.id] }),
    uniqueIndex("tasks_open_once_uq")
      .on(t.clinicId, t.conversationId, t.reason)
      .where(sql`done_at is null and reason <> 'other'`),
    index("tasks_patient_ix").on(t.clinicId, t.patientId),
    index("tasks_open_ix")
      .on(t.clinicId, t.createdAt)
      .where(sql`done_at is null`),
  ],
);
