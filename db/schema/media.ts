import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import { clinicId, createdAt, id, instant } from "./columns";
import { messages } from "./messaging";

/**
 * One attachment of an inbound message, fetched by a background function from an allowed host and kept under a name
 * of our own. `refused` is final (type, size, host); `failed` was tried too often.
 */
export const media = pgTable(
  "media",
  {
    id: id(),
    clinicId: clinicId(),
    messageId: uuid("message_id").notNull(),
    position: smallint("position").notNull(),
    state: text("state", { enum: ["pending", "stored", "refused", "failed"] })
      .notNull()
      .default("pending"),
    /** By its first bytes, not by what the sender claims. */
    contentType: text("content_type"),
    byteLength: integer("byte_length"),
    storageKey: text("storage_key"),
    fileName: text("file_name"),
    problem: text("problem"),
    attempts: smallint("attempts").notNull().default(0),
    dueAt: instant("due_at").notNull().defaultNow(),
    leaseToken: uuid("lease_token"),
    leaseUntil: instant("lease_until"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("media_once_uq").on(t.clinicId, t.messageId, t.position),
    foreignKey({
      name: "media_message_fk",
      columns: [t.clinicId, t.messageId],
      foreignColumns: [messages.clinicId, messages.id],
    }).onDelete("cascade"),
    index("media_due_ix")
      .on(t.dueAt)
      .where(sql`state = 'pending'`),
  ],
);
