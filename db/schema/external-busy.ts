import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { clinicId, id, instant } from "./columns";
import { providers } from "./resources";

export const BUSY_SOURCES = ["google", "feed", "manual"] as const;

/**
 * When a provider is taken by something that is no visit of this book: only from when to when, and whose event it is
 * elsewhere, never what it is about. Written with the provider's row locked FOR UPDATE; a booking that read it checks
 * again after FOR SHARE.
 */
export const externalBusy = pgTable(
  "external_busy",
  {
    id: id(),
    clinicId: clinicId(),
    providerId: uuid("provider_id").notNull(),
    source: text("source", { enum: BUSY_SOURCES }).notNull(),
    /** The event's id at its source. */
    externalId: text("external_id").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    isAllDay: boolean("is_all_day").notNull().default(false),
    /** Longer than a day: the few rows that can reach into a stretch of time from far before it. */
    isLong: boolean("is_long")
      .generatedAlwaysAs(sql`ends_at - starts_at > interval '1 day'`)
      .notNull(),
  },
  (t) => [
    unique("external_busy_event_uq").on(t.clinicId, t.providerId, t.source, t.externalId),
    foreignKey({
      name: "external_busy_provider_fk",
      columns: [t.clinicId, t.providerId],
      foreignColumns: [providers.clinicId, providers.id],
    }),
    // Not one of ranges: their operators may not use an index behind row-level security.
    index("external_busy_start_ix")
      .on(t.clinicId, t.providerId, t.startsAt)
      .where(sql`not is_long`),
    index("external_busy_long_ix")
      .on(t.clinicId, t.providerId, t.endsAt)
      .where(sql`is_long`),
  ],
);
