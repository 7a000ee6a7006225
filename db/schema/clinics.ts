import { boolean, integer, jsonb, pgTable, smallint, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, instant, updatedAt } from "./columns";

/** Rules with numbers that a clinic may change; what is absent takes the default of `lib/clinics/rules.ts`. */
export interface ClinicSettings {
  minimumNoticeMinutes?: number;
  bookingHorizonDays?: number;
  threadHoldMinutes?: number;
  publicHoldMinutes?: number;
  noShowAfterMinutes?: number;
  slotStepMinutes?: number;
  digits?: "latn" | "arab";
  /** Narrows the hours in which proactive messages may go out, `HH:MM` of the recipient; never widens them. */
  sendWindow?: { from: string; until: string };
  /** Marketing and offers to one person: at most so many a day and a week. */
  marketingPerDay?: number;
  marketingPerWeek?: number;
  /** Minutes without an answer to a patient after which staff are told. */
  unansweredAfterMinutes?: number;
}

/** The tenant. Not clinic-owned itself: its policy compares `id`. */
export const clinics = pgTable(
  "clinics",
  {
    id: id(),
    slug: text("slug").notNull(),
    shortNumber: integer("short_number").notNull(),
    name: text("name").notNull(),
    country: text("country").notNull(),
    timeZone: text("time_zone").notNull(),
    currency: text("currency").notNull(),
    weekStart: smallint("week_start").notNull().default(7),
    weekend: smallint("weekend").array().notNull().default([6, 7]),
    defaultLocale: text("default_locale").notNull().default("en"),
    locales: text("locales").array().notNull().default(["en"]),
    phone: text("phone").notNull(),
    address: text("address").notNull(),
    emergencyNumber: text("emergency_number").notNull(),
    status: text("status", { enum: ["active", "suspended"] })
      .notNull()
      .default("active"),
    hasAutomaticSends: boolean("has_automatic_sends").notNull().default(true),
    /** When providers are next told of the day that is coming: in the evening, by the clinic's own clock. */
    dayMailDueAt: instant("day_mail_due_at").notNull().defaultNow(),
    settings: jsonb("settings").$type<ClinicSettings>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [unique("clinics_slug_uq").on(t.slug), unique("clinics_short_number_uq").on(t.shortNumber)],
);
