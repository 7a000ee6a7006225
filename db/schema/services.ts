import {
  boolean,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { clinicId, createdAt, id } from "./columns";
import { clinics } from "./clinics";
import { operatories, providers } from "./resources";

/** A text in the clinic's languages; `en` is always there. */
export type Localized = { en: string } & Partial<Record<"ar" | "es", string>>;
export type LocalizedWords = Partial<Record<"en" | "ar" | "es", string[]>>;

/** An appointment type. Minutes count from the start of the visit; buffers widen what it occupies, not what it says. */
export const services = pgTable(
  "services",
  {
    id: id(),
    clinicId: clinicId(),
    name: jsonb("name").$type<Localized>().notNull(),
    synonyms: jsonb("synonyms").$type<LocalizedWords>().notNull().default({}),
    durationMinutes: smallint("duration_minutes").notNull(),
    bufferBeforeMinutes: smallint("buffer_before_minutes").notNull().default(0),
    bufferAfterMinutes: smallint("buffer_after_minutes").notNull().default(0),
    color: text("color").notNull(),
    /** In the clinic's currency's smallest unit. */
    value: integer("value").notNull().default(0),
    recallIntervalDays: smallint("recall_interval_days"),
    isOnline: boolean("is_online").notNull().default(true),
    isActive: boolean("is_active").notNull().default(true),
    position: smallint("position").notNull().default(0),
    /** How many of it patients may book on one day of the clinic; null is no limit. */
    dailyCap: smallint("daily_cap"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("services_clinic_uq").on(t.clinicId, t.id),
    foreignKey({ name: "services_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
  ],
);

/**
 * Who takes part, from which minute to which: a hygienist 0–60, inside it a dentist 45–55, a chair all along.
 * The segment of role `lead` is the provider that the patient chooses.
 */
export const serviceSegments = pgTable(
  "service_segments",
  {
    id: id(),
    clinicId: clinicId(),
    serviceId: uuid("service_id").notNull(),
    position: smallint("position").notNull(),
    role: text("role", { enum: ["lead", "dentist", "hygienist", "operatory"] }).notNull(),
    fromMinute: smallint("from_minute").notNull(),
    toMinute: smallint("to_minute").notNull(),
  },
  (t) => [
    unique("service_segments_position_uq").on(t.clinicId, t.serviceId, t.position),
    foreignKey({
      name: "service_segments_service_fk",
      columns: [t.clinicId, t.serviceId],
      foreignColumns: [services.clinicId, services.id],
    }).onDelete("cascade"),
  ],
);

/** Which providers may lead a service. */
export const serviceProviders = pgTable(
  "service_providers",
  { clinicId: clinicId(), serviceId: uuid("service_id").notNull(), providerId: uuid("provider_id").notNull() },
  (t) => [
    primaryKey({ name: "service_providers_pk", columns: [t.clinicId, t.serviceId, t.providerId] }),
    foreignKey({
      name: "service_providers_service_fk",
      columns: [t.clinicId, t.serviceId],
      foreignColumns: [services.clinicId, services.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "service_providers_provider_fk",
      columns: [t.clinicId, t.providerId],
      foreignColumns: [providers.clinicId, providers.id],
    }).onDelete("cascade"),
  ],
);

/** In which chairs a service can be done; none listed means any. */
export const serviceOperatories = pgTable(
  "service_operatories",
  { clinicId: clinicId(), serviceId: uuid("service_id").notNull(), operatoryId: uuid("operatory_id").notNull() },
  (t) => [
    primaryKey({ name: "service_operatories_pk", columns: [t.clinicId, t.serviceId, t.operatoryId] }),
    foreignKey({
      name: "service_operatories_service_fk",
      columns: [t.clinicId, t.serviceId],
      foreignColumns: [services.clinicId, services.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "service_operatories_operatory_fk",
      columns: [t.clinicId, t.operatoryId],
      foreignColumns: [operatories.clinicId, operatories.id],
    }).onDelete("cascade"),
  ],
);
