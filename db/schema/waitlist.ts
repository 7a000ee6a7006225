import { sql } from "drizzle-orm";
import {
  date,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { appointments } from "./appointments";
import { clinicId, createdAt, id, instant, updatedAt } from "./columns";
import { conversations, messages } from "./messaging";
import { patients } from "./patients";
import { providers, resources } from "./resources";
import { services } from "./services";

export const ENTRY_STATUSES = ["waiting", "booked", "removed", "ended"] as const;
export const ENTRY_SOURCES = ["bot", "booking_page", "staff"] as const;
export const URGENCIES = ["flexible", "normal", "urgent"] as const;
export const SLOT_STATUSES = ["open", "filled", "stopped", "over"] as const;
export const SLOT_ENDS = ["claimed", "taken", "too_late", "nobody_left", "cascade", "stopped"] as const;
export const OFFER_STATUSES = [
  "queued",
  "sent",
  "claimed",
  "declined",
  "lapsed",
  "lost",
  "withdrawn",
  "refused",
] as const;

/** Somebody who wants an earlier visit, and what would suit them. Asking for it is the consent to be offered it. */
export const waitlistEntries = pgTable(
  "waitlist_entries",
  {
    id: id(),
    clinicId: clinicId(),
    patientId: uuid("patient_id").notNull(),
    serviceId: uuid("service_id").notNull(),
    /** The visit that they would give up for an earlier one. */
    appointmentId: uuid("appointment_id"),
    /** Where they asked: offers go there. */
    conversationId: uuid("conversation_id"),
    urgency: text("urgency", { enum: URGENCIES }).notNull().default("normal"),
    /** ISO weekdays that suit; empty: any. */
    weekdays: smallint("weekdays").array().notNull().default([]),
    /** A start that suits lies in this half-open span of the clinic's wall time, and on these days. */
    notBefore: text("not_before"),
    notAfter: text("not_after"),
    firstDay: date("first_day", { mode: "string" }),
    lastDay: date("last_day", { mode: "string" }),
    source: text("source", { enum: ENTRY_SOURCES }).notNull(),
    /** When they asked to be offered what comes free. */
    askedAt: instant("asked_at").notNull(),
    status: text("status", { enum: ENTRY_STATUSES }).notNull().default("waiting"),
    note: text("note"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("waitlist_entries_clinic_uq").on(t.clinicId, t.id),
    uniqueIndex("waitlist_entries_one_waiting_uq")
      .on(t.clinicId, t.patientId, t.serviceId)
      .where(sql`status = 'waiting'`),
    foreignKey({
      name: "waitlist_entries_patient_fk",
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }),
    foreignKey({
      name: "waitlist_entries_service_fk",
      columns: [t.clinicId, t.serviceId],
      foreignColumns: [services.clinicId, services.id],
    }),
    foreignKey({
      name: "waitlist_entries_appointment_fk",
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }),
    foreignKey({
      name: "waitlist_entries_conversation_fk",
      columns: [t.clinicId, t.conversationId],
      foreignColumns: [conversations.clinicId, conversations.id],
    }),
    index("waitlist_entries_waiting_ix").on(t.clinicId, t.status, t.askedAt, t.id),
  ],
);

/** The providers whom somebody waits for; none: any. */
export const waitlistEntryProviders = pgTable(
  "waitlist_entry_providers",
  {
    clinicId: clinicId(),
    entryId: uuid("entry_id").notNull(),
    providerId: uuid("provider_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "waitlist_entry_providers_pk", columns: [t.clinicId, t.entryId, t.providerId] }),
    foreignKey({
      name: "waitlist_entry_providers_entry_fk",
      columns: [t.clinicId, t.entryId],
      foreignColumns: [waitlistEntries.clinicId, waitlistEntries.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "waitlist_entry_providers_provider_fk",
      columns: [t.clinicId, t.providerId],
      foreignColumns: [providers.clinicId, providers.id],
    }),
  ],
);

/**
 * A provider's time that a visit gave back, written by a trigger in the transaction that cancels or moves the visit: no way
 * of freeing time can forget it, and a bell that is lost loses nothing. While one of a stretch is open there is no second.
 */
export const freedSlots = pgTable(
  "freed_slots",
  {
    id: id(),
    clinicId: clinicId(),
    /** The visit that had the time; it is not offered to its patient. */
    appointmentId: uuid("appointment_id").notNull(),
    providerId: uuid("provider_id").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    cause: text("cause", { enum: ["cancelled", "moved"] }).notNull(),
    freedAt: instant("freed_at").notNull(),
    status: text("status", { enum: SLOT_STATUSES }).notNull().default("open"),
    endedBecause: text("ended_because", { enum: SLOT_ENDS }),
    endedAt: instant("ended_at"),
    /** How many claims led to it: 0 was freed by nobody's claim. */
    cascadeDepth: smallint("cascade_depth").notNull().default(0),
    batches: smallint("batches").notNull().default(0),
    /** When the sweep looks at it next, in the database's time; null when there is nothing left to do. */
    dueAt: instant("due_at"),
  },
  (t) => [
    unique("freed_slots_clinic_uq").on(t.clinicId, t.id),
    uniqueIndex("freed_slots_one_open_uq")
      .on(t.clinicId, t.providerId, t.startsAt)
      .where(sql`status = 'open'`),
    foreignKey({
      name: "freed_slots_appointment_fk",
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }),
    foreignKey({
      name: "freed_slots_provider_fk",
      columns: [t.clinicId, t.providerId],
      foreignColumns: [resources.clinicId, resources.id],
    }),
    index("freed_slots_due_ix")
      .on(t.dueAt)
      .where(sql`due_at is not null`),
    index("freed_slots_recent_ix").on(t.clinicId, t.freedAt, t.id),
  ],
);

/** One freed slot offered to one who waits, and what became of it. */
export const waitlistOffers = pgTable(
  "waitlist_offers",
  {
    id: id(),
    clinicId: clinicId(),
    slotId: uuid("slot_id").notNull(),
    entryId: uuid("entry_id").notNull(),
    patientId: uuid("patient_id").notNull(),
    providerId: uuid("provider_id").notNull(),
    /** Within the slot: the first start that fits their service. */
    startsAt: instant("starts_at").notNull(),
    batch: smallint("batch").notNull(),
    madeBy: text("made_by", { enum: ["sweep", "staff"] }).notNull(),
    status: text("status", { enum: OFFER_STATUSES }).notNull(),
    /** The gate's word for why it was held back, or why it was withdrawn. */
    reason: text("reason"),
    conversationId: uuid("conversation_id"),
    messageId: uuid("message_id"),
    offeredAt: instant("offered_at").notNull(),
    /** Until then nobody is asked in their place; a later yes still counts while the slot is open. */
    expiresAt: instant("expires_at").notNull(),
    /** The clinic's day on which it counts as the one new offer; null for one that never went out. */
    countedDay: date("counted_day", { mode: "string" }),
    answeredAt: instant("answered_at"),
    answeredBy: text("answered_by", { enum: ["patient", "staff"] }),
    /** What a claim booked or moved. */
    appointmentId: uuid("appointment_id"),
    /** When who lost it was told so. */
    toldAt: instant("told_at"),
  },
  (t) => [
    unique("waitlist_offers_clinic_uq").on(t.clinicId, t.id),
    uniqueIndex("waitlist_offers_one_claim_uq")
      .on(t.clinicId, t.slotId)
      .where(sql`status = 'claimed'`),
    uniqueIndex("waitlist_offers_one_open_uq")
      .on(t.clinicId, t.slotId, t.entryId)
      .where(sql`status in ('queued', 'sent')`),
    uniqueIndex("waitlist_offers_one_a_day_uq")
      .on(t.clinicId, t.patientId, t.countedDay)
      .where(sql`made_by = 'sweep' and counted_day is not null`),
    foreignKey({
      name: "waitlist_offers_slot_fk",
      columns: [t.clinicId, t.slotId],
      foreignColumns: [freedSlots.clinicId, freedSlots.id],
    }),
    foreignKey({
      name: "waitlist_offers_entry_fk",
      columns: [t.clinicId, t.entryId],
      foreignColumns: [waitlistEntries.clinicId, waitlistEntries.id],
    }),
    foreignKey({
      name: "waitlist_offers_patient_fk",
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }),
    foreignKey({
      name: "waitlist_offers_provider_fk",
      columns: [t.clinicId, t.providerId],
      foreignColumns: [resources.clinicId, resources.id],
    }),
    foreignKey({
      name: "waitlist_offers_appointment_fk",
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }),
    foreignKey({
      name: "waitlist_offers_conversation_fk",
      columns: [t.clinicId, t.conversationId],
      foreignColumns: [conversations.clinicId, conversations.id],
    }),
    foreignKey({
      name: "waitlist_offers_message_fk",
      columns: [t.clinicId, t.messageId],
      foreignColumns: [messages.clinicId, messages.id],
    }),
    index("waitlist_offers_patient_ix").on(t.clinicId, t.patientId, t.offeredAt),
    index("waitlist_offers_conversation_ix").on(t.clinicId, t.conversationId, t.offeredAt),
    index("waitlist_offers_entry_ix").on(t.clinicId, t.entryId),
    index("waitlist_offers_to_tell_ix")
      .on(t.clinicId, t.slotId)
      .where(sql`status = 'lost' and told_at is null`),
  ],
);
