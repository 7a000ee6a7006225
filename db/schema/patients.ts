import { boolean, date, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
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
    createdFrom: text("created_from").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("patients_clinic_uq").on(t.clinicId, t.id),
    foreignKey({ name: "patients_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    index("patients_name_ix").on(t.clinicId, t.nameKey, t.id),
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
