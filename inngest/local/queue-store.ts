import type pg from "pg";
import type { Due } from "./duration";
import type { RunState, Slots, Steps, StoredEvent } from "./protocol";
import type { Sql } from "./database";

export const QUEUE_KINDS = ["CALL", "SLEEP", "WAIT", "START", "CRON"] as const;
export type QueueKind = (typeof QUEUE_KINDS)[number];

/** What is known of a function's trouble with the application itself, kept beside its attempts. */
export interface CallPayload {
  drops?: number;
}

/** A queue row under this process's lease. `run` is there for whatever belongs to one. */
export interface Claimed {
  id: string;
  kind: QueueKind;
  functionId: string;
  stepId: string | null;
  attempt: number;
  payload: unknown;
  leaseToken: string;
  run: RunState | undefined;
}

interface ClaimedRow {
  id: string;
  kind: QueueKind;
  function_id: string;
  step_id: string | null;
  attempt: number;
  payload: unknown;
  lease_token: string;
  run_id: string | null;
  event: StoredEvent;
  steps: Steps;
  stack: string[];
  is_parallel: boolean;
}

// A lease far in the future comes from a database clock that was set back since: it binds nobody.
const FREE = `(q.lease_token is null or q.lease_expires_at <= now() or q.lease_expires_at > now() + 3 * $1 * interval '1 ms')`;

const CLAIM = `
with busy as (
  select key, count(*)::int as taken from executor.queue q, unnest(q.slot_keys) key
  where q.lease_token is not null and q.lease_expires_at > now() group by key
), due as (
  select q.id, q.due_at, q.slot_keys, q.slot_limits from executor.queue q
  where q.due_at <= now() and q.kind = any($3) and ${FREE} and not exists (
    select from unnest(q.slot_keys, q.slot_limits) slot(key, cap) join busy using (key) where busy.taken >= slot.cap)
  order by q.due_at, q.id limit 200
), ranked as (
  select due.id, due.due_at, slot.key, slot.cap, coalesce(busy.taken, 0) as taken,
    row_number() over (partition by slot.key order by due.due_at, due.id) as place
  from due left join lateral unnest(due.slot_keys, due.slot_limits) slot(key, cap) on true
  left join busy on busy.key = slot.key
), admitted as (
  select id from ranked group by id, due_at having bool_and(key is null or taken + place <= cap)
  order by due_at, id limit $2
), locked as (
  select q.id from executor.queue q where q.id in (select id from admitted) and ${FREE} for update skip locked
)
update executor.queue q set lease_token = gen_random_uuid(), lease_expires_at = now() + $1 * interval '1 ms'
from locked left join executor.queue own on own.id = locked.id left join executor.runs r on r.id = own.run_id
where q.id = locked.id
returning q.id::text, q.kind, q.function_id, q.step_id, q.attempt, q.payload, q.lease_token::text, q.run_id,
  r.event, r.steps, r.stack, r.is_parallel`;

/** Takes up to `limit` due rows of these kinds under a lease, oldest first, within their concurrency slots. */
export async function claimDue(
  sql: Sql,
  leaseMs: number,
  limit: number,
  kinds: readonly QueueKind[],
): Promise<Claimed[]> {
  const { rows } = await sql.query<ClaimedRow>({ name: "claim", text: CLAIM, values: [leaseMs, limit, [...kinds]] });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    functionId: row.function_id,
    stepId: row.step_id,
    attempt: row.attempt,
    payload: row.payload,
    leaseToken: row.lease_token,
    run: row.run_id === null ? undefined : runOf(row, row.run_id),
  }));
}

const runOf = (row: ClaimedRow, id: string): RunState => ({
  id,
  functionId: row.function_id,
  event: row.event,
  steps: row.steps,
  stack: row.stack,
  isParallel: row.is_parallel,
});

/** Keeps leases alive; answers those that are still ours. */
export async function renewLeases(sql: Sql, leaseMs: number, tokens: string[]): Promise<Set<string>> {
  const { rows } = await sql.query<{ lease_token: string }>({
    name: "renew",
    text: `update executor.queue set lease_expires_at = now() + $1 * interval '1 ms'
      where lease_token = any($2::uuid[]) returning lease_token::text`,
    values: [leaseMs, tokens],
  });
  return new Set(rows.map((row) => row.lease_token));
}

/** What is ahead: the pause until the next row of these kinds falls due, and whether events wait for routing. */
export async function lookAhead(sql: Sql, kinds: readonly QueueKind[]) {
  const { rows } = await sql.query<{ ms: number | null; has_events: boolean }>({
    name: "look-ahead",
    text: `select (extract(epoch from min(due_at) - now()) * 1000)::float8 as ms,
        exists (select from executor.events where routed_at is null) as has_events
      from executor.queue where due_at > now() and kind = any($1)`,
    values: [[...kinds]],
  });
  return { dueMs: rows[0]?.ms ?? undefined, hasEvents: rows[0]?.has_events ?? false };
}

/**
 * Gives up a row for now: it is due again after the pause, with this attempt. A suspect shares one slot with all
 * others, so that one is called at a time. False when the lease was lost.
 */
export async function putBack(
  sql: Sql,
  item: Claimed,
  again: { attempt: number; pause: Due; payload: CallPayload | null; isSuspect?: boolean },
): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: "put-back",
    text: `update executor.queue set attempt = $3, due_at = ${dueSql(4)}, payload = $6,
      slot_keys = case when $7 and not 'suspect' = any(slot_keys) then slot_keys || '{suspect}' else slot_keys end,
      slot_limits = case when $7 and not 'suspect' = any(slot_keys) then slot_limits || '{1}' else slot_limits end,
      lease_token = null, lease_expires_at = null where id = $1 and lease_token = $2`,
    values: [
      item.id,
      item.leaseToken,
      again.attempt,
      ...dueValues(again.pause),
      again.payload,
      again.isSuspect ?? false,
    ],
  });
  return rowCount === 1;
}

/** Removes a row if the lease still holds: the fence before anything it led to is written. */
export async function settle(sql: Sql, item: Claimed): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: "settle",
    text: "delete from executor.queue where id = $1 and lease_token = $2",
    values: [item.id, item.leaseToken],
  });
  return rowCount === 1;
}

interface NewRow extends Slots {
  kind: "CALL" | "SLEEP" | "WAIT";
  functionId: string;
  runId: string;
  stepId: string | null;
  due: Due;
}

export async function enqueue(sql: pg.ClientBase, row: NewRow): Promise<void> {
  await sql.query({
    name: "enqueue",
    text: `insert into executor.queue (kind, function_id, run_id, step_id, slot_keys, slot_limits, due_at)
      values ($1, $2, $3, $4, $5, $6, ${dueSql(7)})`,
    values: [row.kind, row.functionId, row.runId, row.stepId, row.keys, row.limits, ...dueValues(row.due)],
  });
}

/** A due time in database time, from two parameters: an instant, or milliseconds from now. */
export const dueSql = (first: number) =>
  `coalesce($${first}::timestamptz, now() + $${first + 1}::float8 * interval '1 ms')`;
export const dueValues = (due: Due): [Date | null, number] => ("at" in due ? [due.at, 0] : [null, due.inMs]);
