import { sql } from "drizzle-orm";
import {
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { clinicId, createdAt, id, instant, tstzrange, updatedAt } from "./columns";
import { patients } from "./patients";
import { operatories, providers, resources } from "./resources";
import { services } from "./services";
import { visitSeries } from "./visit-series";

export const APPOINTMENT_STATUSES = [
  "held",
  "scheduled",
  "checked_in",
  "completed",
  "cancelled",
  "no_show",
  "expired",
] as const;
export const CREATED_FROM = [
  "WHATSAPP",
  "SMS",
  "EMAIL",
  "PUBLIC_WEB",
  "PATIENT_ACCOUNT",
  "MANUAL_ADMIN",
  "API",
  "WAITLIST",
  "SIMULATOR",
  "IMPORT",
] as const;

/** One visit of one patient. What it occupies is in `appointment_segments` (the plan) and `occupancies` (while active). */
export const appointments = pgTable(
  "appointments",
  {
    id: id(),
    clinicId: clinicId(),
    patientId: uuid("patient_id").notNull(),
    serviceId: uuid("service_id").notNull(),
    /** The lead provider: the one whom the patient chose. */
    providerId: uuid("provider_id").notNull(),
    operatoryId: uuid("operatory_id"),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    status: text("status", { enum: APPOINTMENT_STATUSES }).notNull(),
    confirmation: text("confirmation", { enum: ["unasked", "asked", "confirmed", "declined"] })
      .notNull()
      .default("unasked"),
    calendarSync: text("calendar_sync", { enum: ["off", "pending", "synced", "failed", "conflict"] })
      .notNull()
      .default("off"),
    createdFrom: text("created_from", { enum: CREATED_FROM }).notNull(),
    /** Only while `held`: after it the slot is anyone's. */
    holdExpiresAt: instant("hold_expires_at"),
    conversationId: uuid("conversation_id"),
    runningLateMinutes: smallint("running_late_minutes"),
    cancelReason: text("cancel_reason"),
    note: text("note"),
    /** The series or plan that it is part of, for good, and its place in it from 0 on. */
    seriesId: uuid("series_id"),
    seriesPosition: smallint("series_position"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("appointments_clinic_uq").on(t.clinicId, t.id),
    foreignKey({
      name: "appointments_series_fk",
      columns: [t.clinicId, t.seriesId],
      foreignColumns: [visitSeries.clinicId, visitSeries.id],
    }),
    uniqueIndex("appointments_series_uq")
      .on(t.clinicId, t.seriesId, t.seriesPosition)
      .where(sql`series_id is not null`),
    foreignKey({
      name: "appointments_patient_fk",
      columns: [t.clinicId, t.patientId],
      foreignColumns: [patients.clinicId, patients.id],
    }),
    foreignKey({
      name: "appointments_service_fk",
      columns: [t.clinicId, t.serviceId],
      foreignColumns: [services.clinicId, services.id],
    }),
    foreignKey({
      name: "appointments_provider_fk",
      columns: [t.clinicId, t.providerId],
      foreignColumns: [providers.clinicId, providers.id],
    }),
    foreignKey({
      name: "appointments_operatory_fk",
      columns: [t.clinicId, t.operatoryId],
      foreignColumns: [operatories.clinicId, operatories.id],
    }),
    index("appointments_day_ix").on(t.clinicId, t.startsAt, t.id),
    index("appointments_provider_day_ix").on(t.clinicId, t.providerId, t.startsAt),
    index("appointments_patient_ix").on(t.clinicId, t.patientId, t.startsAt),
    index("appointments_created_ix").on(t.clinicId, t.createdAt),
  ],
);

/** Who takes part in a visit and when, kept after it is over. `occupied` is widened by the service's buffers. */
export const appointmentSegments = pgTable(
  "appointment_segments",
  {
    clinicId: clinicId(),
    appointmentId: uuid("appointment_id").notNull(),
    resourceId: uuid("resource_id").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    occupied: tstzrange("occupied").notNull(),
  },
  (t) => [
    primaryKey({ name: "appointment_segments_pk", columns: [t.clinicId, t.appointmentId, t.resourceId] }),
    index("appointment_segments_day_ix").on(t.clinicId, t.startsAt),
    foreignKey({
      name: "appointment_segments_appointment_fk",
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "appointment_segments_resource_fk",
      columns: [t.clinicId, t.resourceId],
      foreignColumns: [resources.clinicId, resources.id],
    }),
  ],
);

/** What a live visit takes: one row a resource. `during` is half-open and includes buffers. Overlaps are refused. */
export const occupancies = pgTable(
  "occupancies",
  {
    clinicId: clinicId(),
    appointmentId: uuid("appointment_id").notNull(),
    resourceId: uuid("resource_id").notNull(),
    during: tstzrange("during").notNull(),
  },
  (t) => [
    primaryKey({ name: "occupancies_pk", columns: [t.clinicId, t.appointmentId, t.resourceId] }),
    foreignKey({
      name: "occupancies_appointment_fk",
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "occupancies_resource_fk",
      columns: [t.clinicId, t.resourceId],
      foreignColumns: [resources.clinicId, resources.id],
    }),
  ],
);

/** Every change of a visit: who, when, from, to, why. Append-only. */
export const appointmentEvents = pgTable(
  "appointment_events",
  {
    id: id(),
    clinicId: clinicId(),
    appointmentId: uuid("appointment_id").notNull(),
    at: instant("at").notNull(),
    kind: text("kind", { enum: ["created", "status", "moved", "confirmation", "late"] }).notNull(),
    actorType: text("actor_type").notNull(),
    actorId: text("actor_id"),
    fromValue: text("from_value"),
    toValue: text("to_value"),
    reason: text("reason"),
    details: jsonb("details").$type<Record<string, string>>(),
  },
  (t) => [
    foreignKey({
      name: "appointment_events_appointment_fk",
      columns: [t.clinicId, t.appointmentId],
      foreignColumns: [appointments.clinicId, appointments.id],
    }),
    index("appointment_events_appointment_ix").on(t.clinicId, t.appointmentId, t.at),
    index("appointment_events_by_patient_ix")
      .on(t.at)
      .where(sql`actor_type = 'patient'`),
  ],
);
