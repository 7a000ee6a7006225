import { sql } from "drizzle-orm";
import {
  bigint,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { clinicId, id, instant, xid8 } from "./columns";
import { clinics } from "./clinics";

/**
 * Who did what, acting for whom, to what. Append-only: the application role may insert and read. No patient's
 * words, names or numbers: ids and names of changed fields only. `clinicId` is null for scope HQ.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    id: id(),
    clinicId: uuid("clinic_id"),
    scope: text("scope", { enum: ["HQ", "CLINIC"] }).notNull(),
    at: instant("at").notNull(),
    actorType: text("actor_type").notNull(),
    actorId: text("actor_id"),
    action: text("action").notNull(),
    targetType: text("target_type"),
    targetId: text("target_id"),
    changed: text("changed").array().notNull().default([]),
    /** Why, where a reason had to be given: one of a closed list, never words of one's own. */
    reason: text("reason"),
    /** What is written once only: a second row of the same key is not written. */
    dedupeKey: text("dedupe_key"),
    requestId: text("request_id"),
  },
  (t) => [
    uniqueIndex("audit_log_dedupe_uq")
      .on(t.clinicId, t.dedupeKey)
      .where(sql`dedupe_key is not null`),
    foreignKey({ name: "audit_log_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    index("audit_log_clinic_ix").on(t.clinicId, t.at),
    index("audit_log_target_ix").on(t.clinicId, t.targetId),
  ],
);

/**
 * What changed, for live screens. Readers take rows whose `xid` is below the oldest running transaction, in the
 * order (xid, id): a transaction that commits late has not been skipped, because nobody reads past it.
 */
export const liveEvents = pgTable(
  "live_events",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    xid: xid8("xid")
      .notNull()
      .default(sql`pg_current_xact_id()`),
    clinicId: clinicId(),
    topic: text("topic").notNull(),
    entityId: uuid("entity_id"),
    at: instant("at").notNull().defaultNow(),
  },
  (t) => [
    foreignKey({ name: "live_events_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    index("live_events_feed_ix").on(t.clinicId, t.xid, t.id),
    index("live_events_at_ix").on(t.at),
  ],
);

/** The first answer to a keyed POST, written in the transaction that did the work; answers again for 24 hours. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    clinicId: clinicId(),
    /** Who called: a key of one caller says nothing about another's. */
    caller: text("caller").notNull(),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    status: smallint("status").notNull(),
    answer: text("answer").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "idempotency_keys_pk", columns: [t.clinicId, t.caller, t.key] }),
    foreignKey({ name: "idempotency_keys_clinic_fk", columns: [t.clinicId], foreignColumns: [clinics.id] }),
    index("idempotency_keys_created_ix").on(t.createdAt),
  ],
);

/** Counters of rate-limiter-flexible, in its own format: `expire` is epoch milliseconds. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  points: integer("points").notNull().default(0),
  expire: bigint("expire", { mode: "bigint" }),
});

/** When a background job last ran, whichever engine drives it: silence is how a dead engine shows. */
export const jobBeats = pgTable("job_beats", {
  job: text("job").primaryKey(),
  at: instant("at").notNull(),
});
