import { boolean, date, foreignKey, index, pgTable, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import { clinicId, createdAt, id } from "./columns";
import { clinics } from "./clinics";

/** What a visit occupies: the common parent of providers and operatories, so that one constraint guards both. */
export const resources = pgTable(
  "resources",
  {
    id: id(),
    clinicId: clinicId(),
    kind: text("kind", { enum: ["provider", "operatory"] }).notNull(),
  },
  (t) => [
    unique("resources_clinic_uq").on(t.clinicId, t.id),
    foreignKey({ name: "resources_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
  ],
);

/** A dentist or hygienist whose time is booked. `id` is the resource's. Their row is the lock of their schedule. */
export const providers = pgTable(
  "providers",
  {
    id: uuid("id").primaryKey(),
    clinicId: clinicId(),
    kind: text("kind", { enum: ["dentist", "hygienist"] }).notNull(),
    name: text("name").notNull(),
    color: text("color").notNull(),
    languages: text("languages").array().notNull().default(["en"]),
    isActive: boolean("is_active").notNull().default(true),
    position: smallint("position").notNull().default(0),
    /** How many visits patients may give them to lead on one day of the clinic; null is no limit. */
    dailyCap: smallint("daily_cap"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("providers_clinic_uq").on(t.clinicId, t.id),
    foreignKey({
      name: "providers_resource_fk",
      columns: [t.clinicId, t.id],
      foreignColumns: [resources.clinicId, resources.id],
    }),
  ],
);

/** A chair. `id` is the resource's. */
export const operatories = pgTable(
  "operatories",
  {
    id: uuid("id").primaryKey(),
    clinicId: clinicId(),
    name: text("name").notNull(),
    isActive: boolean("is_active").notNull().default(true),
    position: smallint("position").notNull().default(0),
  },
  (t) => [
    unique("operatories_clinic_uq").on(t.clinicId, t.id),
    foreignKey({
      name: "operatories_resource_fk",
      columns: [t.clinicId, t.id],
      foreignColumns: [resources.clinicId, resources.id],
    }),
  ],
);

/** Weekly hours, wall time in the clinic's zone; several rows a weekday leave breaks between them. */
export const scheduleHours = pgTable(
  "schedule_hours",
  {
    id: id(),
    clinicId: clinicId(),
    providerId: uuid("provider_id").notNull(),
    /** ISO: Monday 1 … Sunday 7. */
    weekday: smallint("weekday").notNull(),
    /** `HH:MM`; the end may be `24:00`. */
    fromTime: text("from_time").notNull(),
    toTime: text("to_time").notNull(),
    validFrom: date("valid_from", { mode: "string" }),
    validTo: date("valid_to", { mode: "string" }),
  },
  (t) => [
    foreignKey({
      name: "schedule_hours_provider_fk",
      columns: [t.clinicId, t.providerId],
      foreignColumns: [providers.clinicId, providers.id],
    }),
    index("schedule_hours_provider_ix").on(t.clinicId, t.providerId),
  ],
);

/** Time off, extra hours, holidays. Without a provider it is the whole clinic's; without times, the whole day. */
export const scheduleExceptions = pgTable(
  "schedule_exceptions",
  {
    id: id(),
    clinicId: clinicId(),
    providerId: uuid("provider_id"),
    kind: text("kind", { enum: ["closed", "extra"] }).notNull(),
    dayFrom: date("day_from", { mode: "string" }).notNull(),
    dayTo: date("day_to", { mode: "string" }).notNull(),
    fromTime: text("from_time"),
    toTime: text("to_time"),
    reason: text("reason"),
  },
  (t) => [
    foreignKey({ name: "schedule_exceptions_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    foreignKey({
      name: "schedule_exceptions_provider_fk",
      columns: [t.clinicId, t.providerId],
      foreignColumns: [providers.clinicId, providers.id],
    }),
    index("schedule_exceptions_days_ix").on(t.clinicId, t.dayTo, t.dayFrom),
  ],
);
