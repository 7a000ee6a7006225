import { Cron as CronPattern } from "croner";
import { z } from "zod";
import type pg from "pg";
import type { Sql } from "./database";
import { settle, type Claimed } from "./queue-store";
import { EventBody, TIMER, type StoredEvent } from "./protocol";
import { slotsOf, type Registry } from "./registry";
import { runIdOf } from "./route-events";
import { startRun } from "./run-store";

const ZONED = /^TZ=(\S+)\s+(.+)$/;

/** The first tick after a moment. A pattern counts in UTC unless it begins with `TZ=<IANA zone>`. */
export function nextTick(expression: string, after: Date): Date {
  const [, timezone = "UTC", pattern = expression] = ZONED.exec(expression) ?? [];
  const next = new CronPattern(pattern, { timezone, paused: true }).nextRun(after);
  if (!next) throw new Error(`cron never ticks: ${expression}`);
  return next;
}

/** Database time, which every due time is measured by. */
export async function databaseNow(sql: Sql): Promise<Date> {
  const { rows } = await sql.query<{ now: Date }>("select now() as now");
  const [row] = rows;
  if (!row) throw new Error("the database told no time");
  return row.now;
}

/**
 * Makes the queue hold exactly one row a cron. A row that is there keeps its due time, so that a tick missed
 * while nothing ran is caught up with once; one later than the next tick (a clock was set back) is corrected.
 */
export async function syncCrons(sql: Sql, registry: Registry): Promise<void> {
  const crons = registry.crons();
  await sql.query("delete from executor.queue where kind = 'CRON' and not dedupe_key = any($1)", [
    crons.map((cron) => cron.key),
  ]);
  const now = await databaseNow(sql);
  for (const cron of crons) {
    await sql.query(
      `insert into executor.queue as q (kind, dedupe_key, function_id, payload, due_at) values ('CRON', $1, $2, $3, $4)
       on conflict (dedupe_key) do update set due_at = excluded.due_at where q.due_at > excluded.due_at`,
      [cron.key, cron.functionId, { expression: cron.expression }, nextTick(cron.expression, now)],
    );
  }
}

const CronPayload = z.object({ expression: z.string() });

/**
 * Starts the run of one tick and moves the row to the next: however many ticks were missed, one run makes up
 * for them. A tick is dropped while the run of an earlier one still waits for its first call.
 */
export async function tickCron(sql: pg.ClientBase, registry: Registry, item: Claimed): Promise<void> {
  const { expression } = CronPayload.parse(item.payload);
  const config = registry.get(item.functionId);
  if (!config) return void (await settle(sql, item));
  const now = await databaseNow(sql);
  const { rows } = await sql.query<{ due_at: Date }>({
    name: "move-cron",
    text: `with before as (select id, due_at from executor.queue where id = $1 and lease_token = $2 for update)
      update executor.queue q set due_at = $3, lease_token = null, lease_expires_at = null
      from before where q.id = before.id returning before.due_at`,
    values: [item.id, item.leaseToken, nextTick(expression, now)],
  });
  const [tick] = rows;
  if (!tick || (await isBacklogged(sql, item.functionId))) return;
  const id = runIdOf("cron", item.functionId, expression, tick.due_at.toISOString());
  const event: StoredEvent = { id, name: TIMER, data: { cron: expression }, ts: now.getTime() };
  await startRun(sql, { id, functionId: item.functionId, event, slots: slotsOf(config, event) });
}

async function isBacklogged(sql: Sql, functionId: string): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: "cron-backlog",
    text: `select from executor.queue q join executor.runs r on r.id = q.run_id
      where q.function_id = $1 and q.kind = 'CALL' and q.lease_token is null and q.due_at <= now()
      and r.event->>'name' = $2 and r.steps = '{}' limit 1`,
    values: [functionId, TIMER],
  });
  return rowCount === 1;
}

const StartPayload = z.object({ event: EventBody.extend({ id: z.string() }) });

/** Starts what was debounced, with the last event that came. */
export async function startDebounced(sql: pg.ClientBase, registry: Registry, item: Claimed): Promise<void> {
  // Read again under the row's lock: an event may have replaced the payload since it was claimed.
  const { rows } = await sql.query<{ payload: unknown }>(
    "delete from executor.queue where id = $1 and lease_token = $2 returning payload",
    [item.id, item.leaseToken],
  );
  const [row] = rows;
  const config = registry.get(item.functionId);
  if (!row || !config) return;
  const { event } = StartPayload.parse(row.payload);
  const id = runIdOf(config.id, event.id);
  await startRun(sql, { id, functionId: config.id, event, slots: slotsOf(config, event) });
}
