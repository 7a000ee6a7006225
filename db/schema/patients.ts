import { sql } from "drizzle-orm";
import {
  boolean,
  date,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { clinicId, createdAt, id, instant, updatedAt } from "./columns";
import { clinics } from "./clinics";

/** A person of one clinic, reached through contact points. Neither phone nor e-mail is unique to a person. */
export const patients = pgTable(
  "patients",
  {
    id: id(),
    clinicId: clinicId(),
    name: text("name").notNull(),
    /** Folded for search: lower case, no accents, one space. Written by `lib/patients` only. */
    nameKey: text("name_key").notNull(),
    birthDate: date("birth_date", { mode: "string" }),
    language: text("language"),
    patientType: text("patient_type", { enum: ["COLD_LEAD", "NEW", "EXISTING"] })
      .notNull()
      .default("NEW"),
    nextFollowUpDate: date("next_follow_up_date", { mode: "string" }),
    /** IANA zone, where the person said so; else the number's region and the clinic's decide. */
    timeZone: text("time_zone"),
    /** Merged: the person goes on as this one, and this row is kept for the undo. */
    mergedIntoId: uuid("merged_into_id"),
    createdFrom: text("created_from").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("patients_clinic_uq").on(t.clinicId, t.id),
    foreignKey({ name: "patients_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    foreignKey({
      name: "patients_merged_into_fk",
      columns: [t.clinicId, t.mergedIntoId],
      foreignColumns: [t.clinicId, t.id],
    }),
    index("patients_name_ix").on(t.clinicId, t.nameKey, t.id),
    index("patients_follow_up_ix")
      .on(t.clinicId, t.nextFollowUpDate)
      .where(sql`next_follow_up_date is not null`),
    index("patients_created_ix").on(t.clinicId, t.createdAt, t.id),
    index("patients_merged_ix")
      .on(t.clinicId, t.mergedIntoId)
      .where(sql`merged_into_id is not null`),
  ],
);

/** An address at which a clinic reaches people. Phones are E.164, e-mails lower case. */
export const contactPoints = pgTable(
  "contact_points",
  {
    id: id(),
    clinicId: clinicId(),
    kind: text("kind", { enum: ["phone", "email", "whatsapp_user"] }).notNull(),
    value: text("value").notNull(),
    unreachableSince: instant("unreachable_since"),
    unreachableReason: text("unreachable_reason"),
    /** When the first automatic SMS that names the clinic and the way to stop went out. */
    introducedAt: instant("introduced_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("contact_points_clinic_uq").on(t.clinicId, t.id),
    unique("contact_points_value_uq").on(t.clinicId, t.kind, t.value),
    foreignKey({ name: "contact_points_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
  ],
);

/** Who is reached at a contact point: a family shares one. */
export const patientContactPoints = pgTable(
  "patient_contact_points",
  {
    clinicId: clinicId(),
    patientId: uuid("patient_id").notNull(),
    contactPointId: uuid("contact_point_id").notNull(),
    relation: text("relation", { enum: ["self", "guardian", "family"] })
      .notNull()
      .default("self"),
    isPrimary: boolean("is_primary").notNull().default(true),
  },
  (t) => [
    primaryKey({ name: "patient_contact_points_pk", columns: [t.clinicId, t.patientId, t.contactPointId] }),
    foreignKey({
      name: "patient_contact_points_patient_fk",
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "patient_contact_points_contact_point_fk",
      columns: [t.clinicId, t.contactPointId],
      foreignColumns: [contactPoints.clinicId, contactPoints.id],
    }).onDelete("cascade"),
    index("patient_contact_points_contact_point_ix").on(t.clinicId, t.contactPointId),
  ],
);

/** What a merge moved, so that it can be moved back. */
export interface MergedRows {
  contactPointIds: string[];
  appointmentIds: string[];
  conversationIds: string[];
  taskIds: string[];
  noteIds: string[];
  /** Places on the waitlist. */
  waitingIds?: string[];
  /** Contact points that were the merged patient's first one, and are not the kept one's. */
  demotedIds?: string[];
  /** Names of fields of the kept patient that were filled from the merged one. */
  filledFields: string[];
}

/** Two records of one person made one. Undone by moving back what `moved` lists. */
export const patientMerges = pgTable(
  "patient_merges",
  {
    id: id(),
    clinicId: clinicId(),
    keptId: uuid("kept_id").notNull(),
    mergedId: uuid("merged_id").notNull(),
    moved: jsonb("moved").$type<MergedRows>().notNull(),
    mergedBy: uuid("merged_by"),
    mergedAt: instant("merged_at").notNull(),
    undoneAt: instant("undone_at"),
  },
  (t) => [
    foreignKey({
      name: "patient_merges_kept_fk",
      columns: [t.clinicId, t.keptId],
      foreignColumns: [patients.clinicId, patients.id],
    }),
    foreignKey({
      name: "patient_merges_merged_fk",
      columns: [t.clinicId, t.mergedId],
      foreignColumns: [patients.clinicId, patients.id],
    }),
    uniqueIndex("patient_merges_standing_uq")
      .on(t.clinicId, t.mergedId)
      .where(sql`undone_at is null`),
  ],
);

const consentColumns = () => ({
  clinicId: clinicId(),
  contactPointId: uuid("contact_point_id").notNull(),
  channelKind: text("channel_kind", { enum: ["sms", "whatsapp", "email"] }).notNull(),
  purpose: text("purpose", { enum: ["service", "marketing"] }).notNull(),
  state: text("state", { enum: ["in", "out"] }).notNull(),
  at: instant("at").notNull(),
  /** How it was given: `keyword`, `phrase`, `carrier`, `form`, `staff`, `import`. */
  how: text("how").notNull(),
  words: text("words"),
  /** Who wrote it down, where a member did; the message that said it, where one did. */
  actorId: uuid("actor_id"),
  messageId: uuid("message_id"),
});

/** What holds now, per contact point, channel kind and purpose. Its history is `consent_events`. */
export const consents = pgTable("consents", consentColumns(), (t) => [
  primaryKey({ name: "consents_pk", columns: [t.clinicId, t.contactPointId, t.channelKind, t.purpose] }),
  foreignKey({
    name: "consents_contact_point_fk",
    columns: [t.clinicId, t.contactPointId],
    foreignColumns: [contactPoints.clinicId, contactPoints.id],
  }),
]);

/** Every change of consent with its evidence; append-only. */
export const consentEvents = pgTable("consent_events", { id: id(), ...consentColumns() }, (t) => [
  foreignKey({
    name: "consent_events_contact_point_fk",
    columns: [t.clinicId, t.contactPointId],
    foreignColumns: [contactPoints.clinicId, contactPoints.id],
  }),
  index("consent_events_contact_point_ix").on(t.clinicId, t.contactPointId, t.at),
]);
