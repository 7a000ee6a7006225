import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

/**
 * The local executor's state: which background functions exist, which runs are under way, what is due when.
 * It belongs to no clinic and holds no patient data: event payloads and step results are ids and counts.
 * Every due time and lease is in database time, so that a jumping machine clock moves nothing.
 */
export const executor = pgSchema("executor");

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Events as accepted, stored before the sender's 200. The id is the sender's, so that a repeat is dropped. */
export const executorEvents = executor.table(
  "events",
  {
    id: text().notNull(),
    seq: bigint({ mode: "number" }).generatedAlwaysAsIdentity({ name: "events_seq" }).notNull(),
    name: text().notNull(),
    body: jsonb().notNull(),
    receivedAt: instant("received_at").notNull().defaultNow(),
    routedAt: instant("routed_at"),
  },
  (t) => [
    primaryKey({ name: "events_pk", columns: [t.id] }),
    index("events_unrouted")
      .on(t.seq)
      .where(sql`${t.routedAt} is null`),
    index("events_received").on(t.receivedAt),
  ],
);

/** Functions as the serve endpoint last described them. */
export const executorFunctions = executor.table(
  "functions",
  {
    id: text().notNull(),
    config: jsonb().notNull(),
    syncedAt: instant("synced_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ name: "functions_pk", columns: [t.id] })],
);

/** One execution of a function. `steps` maps a step's hash to `{type, data | error}`: what is there is never run again. */
export const executorRuns = executor.table(
  "runs",
  {
    id: text().notNull(),
    functionId: text("function_id").notNull(),
    state: text({ enum: ["ACTIVE", "DONE", "FAILED", "CANCELLED"] })
      .notNull()
      .default("ACTIVE"),
    event: jsonb().notNull(),
    steps: jsonb().notNull().default({}),
    stack: text().array().notNull().default([]),
    isParallel: boolean("is_parallel").notNull().default(false),
    slotKeys: text("slot_keys").array().notNull().default([]),
    slotLimits: integer("slot_limits").array().notNull().default([]),
    parentRunId: text("parent_run_id"),
    parentStepId: text("parent_step_id"),
    output: jsonb(),
    createdAt: instant("created_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    primaryKey({ name: "runs_pk", columns: [t.id] }),
    check("runs_state_known", sql`${t.state} in ('ACTIVE', 'DONE', 'FAILED', 'CANCELLED')`),
    check("runs_finished_when_ended", sql`(${t.state} = 'ACTIVE') = (${t.finishedAt} is null)`),
    index("runs_active")
      .on(t.functionId)
      .where(sql`${t.state} = 'ACTIVE'`),
    index("runs_finished")
      .on(t.finishedAt)
      .where(sql`${t.finishedAt} is not null`),
  ],
);

/**
 * What is due: a call of a run (`CALL`; `step_id` names one planned step), the end of a sleep, the deadline of
 * a wait, a debounced start, the next tick of a cron. Claimed with FOR UPDATE SKIP LOCKED under a lease; a
 * result counts only while its lease token is still the row's.
 */
export const executorQueue = executor.table(
  "queue",
  {
    id: bigint({ mode: "number" }).generatedAlwaysAsIdentity({ name: "queue_id_seq" }).notNull(),
    kind: text({ enum: ["CALL", "SLEEP", "WAIT", "START", "CRON"] }).notNull(),
    dedupeKey: text("dedupe_key"),
    functionId: text("function_id").notNull(),
    runId: text("run_id"),
    stepId: text("step_id"),
    attempt: integer().notNull().default(0),
    payload: jsonb(),
    slotKeys: text("slot_keys").array().notNull().default([]),
    slotLimits: integer("slot_limits").array().notNull().default([]),
    dueAt: instant("due_at").notNull().defaultNow(),
    leaseToken: uuid("lease_token"),
    leaseExpiresAt: instant("lease_expires_at"),
  },
  (t) => [
    primaryKey({ name: "queue_pk", columns: [t.id] }),
    check("queue_kind_known", sql`${t.kind} in ('CALL', 'SLEEP', 'WAIT', 'START', 'CRON')`),
    foreignKey({ name: "queue_run_fk", columns: [t.runId], foreignColumns: [executorRuns.id] }).onDelete("cascade"),
    index("queue_due").on(t.dueAt, t.id),
    index("queue_run").on(t.runId),
    index("queue_leased")
      .on(t.leaseExpiresAt)
      .where(sql`${t.leaseToken} is not null`),
    uniqueIndex("queue_dedupe").on(t.dedupeKey),
  ],
);

/** A step that waits for something: an event by name and expression, or the end of an invoked run (no name). */
export const executorWaits = executor.table(
  "waits",
  {
    runId: text("run_id").notNull(),
    stepId: text("step_id").notNull(),
    eventName: text("event_name"),
    expression: text(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "waits_pk", columns: [t.runId, t.stepId] }),
    foreignKey({ name: "waits_run_fk", columns: [t.runId], foreignColumns: [executorRuns.id] }).onDelete("cascade"),
    index("waits_event").on(t.eventName),
  ],
);

/** One row a living executor process; `is_leader` is the one that holds the advisory lock. */
export const executorHeartbeats = executor.table(
  "heartbeats",
  {
    id: uuid().notNull(),
    isLeader: boolean("is_leader").notNull(),
    startedAt: instant("started_at").notNull().defaultNow(),
    beatAt: instant("beat_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ name: "heartbeats_pk", columns: [t.id] })],
);
