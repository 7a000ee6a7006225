import { boolean, foreignKey, index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { clinicId, createdAt, id, instant, updatedAt } from "./columns";
import { clinics } from "./clinics";
import { conversations } from "./messaging";

type Json = Record<string, unknown>;

/** One turn of the bot, with all that led to its reply: the trace that the inbox and the simulator show in words. */
export const turns = pgTable(
  "turns",
  {
    id: id(),
    clinicId: clinicId(),
    conversationId: uuid("conversation_id").notNull(),
    at: instant("at").notNull(),
    outcome: text("outcome", { enum: ["replied", "drafted", "handed_off", "silent"] }).notNull(),
    /** Why nothing was said: `staff_hold`, `bot_off`, `carrier_answered`, … */
    silence: text("silence"),
    stateBefore: jsonb("state_before").$type<Json>().notNull(),
    stateAfter: jsonb("state_after").$type<Json>().notNull(),
    understanding: jsonb("understanding").$type<Json>().notNull(),
    decision: jsonb("decision").$type<Json>().notNull(),
    effects: jsonb("effects").$type<Json[]>().notNull(),
    /** What the patient got; of a drafted turn, once staff have sent it. */
    replyMessageId: uuid("reply_message_id"),
    latencyMs: integer("latency_ms").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("turns_clinic_uq").on(t.clinicId, t.id),
    foreignKey({
      name: "turns_conversation_fk",
      columns: [t.clinicId, t.conversationId],
      foreignColumns: [conversations.clinicId, conversations.id],
    }),
    index("turns_conversation_ix").on(t.clinicId, t.conversationId, t.at),
  ],
);

/** A question and answer that the bot may use, in one language. */
export const knowledgeEntries = pgTable(
  "knowledge_entries",
  {
    id: id(),
    clinicId: clinicId(),
    locale: text("locale").notNull(),
    category: text("category", {
      enum: ["hours", "location", "parking", "price", "insurance", "payment", "visit", "policy", "other"],
    }).notNull(),
    question: text("question").notNull(),
    answer: text("answer").notNull(),
    isActive: boolean("is_active").notNull().default(true),
    updatedAt: updatedAt(),
  },
  (t) => [
    foreignKey({ name: "knowledge_entries_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    index("knowledge_entries_locale_ix").on(t.clinicId, t.locale),
  ],
);
