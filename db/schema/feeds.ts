import { sql } from "drizzle-orm";
import { foreignKey, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { clinicId, createdAt, id, instant } from "./columns";
import { providers } from "./resources";

/** A provider's calendar at a secret address. What opens it is kept as a hash; a provider has one that still works. */
export const calendarFeeds = pgTable(
  "calendar_feeds",
  {
    id: id(),
    clinicId: clinicId(),
    providerId: uuid("provider_id").notNull(),
    tokenHash: text("token_hash").notNull(),
    /** What an entry says besides its time: that somebody is busy, the service, or the service and the initials. */
    shows: text("shows", { enum: ["busy", "service", "initials"] })
      .notNull()
      .default("service"),
    createdAt: createdAt(),
    revokedAt: instant("revoked_at"),
    lastReadAt: instant("last_read_at"),
  },
  (t) => [
    unique("calendar_feeds_token_uq").on(t.clinicId, t.tokenHash),
    uniqueIndex("calendar_feeds_live_uq")
      .on(t.clinicId, t.providerId)
      .where(sql`revoked_at is null`),
    foreignKey({
      name: "calendar_feeds_provider_fk",
      columns: [t.clinicId, t.providerId],
      foreignColumns: [providers.clinicId, providers.id],
    }),
  ],
);
