import { createHash } from "node:crypto";
import type pg from "pg";
import type { Sql } from "./database";
import { parseDue } from "./duration";
import { markRouted, storeEvent, takeUnrouted } from "./event-store";
import { holds } from "./expression";
import { CANCELLED, storableJson, type FunctionConfig, type StoredEvent } from "./protocol";
import { slotsOf, valueOf, type Registry } from "./registry";
import { endRun, resolveStep, startRun } from "./run-store";

const AT_ONCE = 50;

/** A run's id from what caused it: the same cause gives the same run, however often it is routed. */
export const runIdOf = (...cause: string[]): string =>
  createHash("sha256").update(cause.join("\n")).digest("base64url").slice(0, 26);

/**
 * Gives the oldest unrouted events to whoever they concern: functions they start, steps that wait for them,
 * runs they cancel. One transaction, so that each event has all of its effects or none. Answers how many.
 */
export async function routeEvents(sql: pg.ClientBase, registry: Registry, timeScale: number): Promise<number> {
  const events = await takeUnrouted(sql, AT_ONCE);
  if (events.length === 0) return 0;
  for (const event of events) {
    await cancelRuns(sql, registry, event);
    for (const config of registry.startedBy(event)) await start(sql, config, event, timeScale);
  }
  await wakeWaits(sql, events);
  await markRouted(sql, events);
  return events.length;
}

async function start(sql: Sql, config: FunctionConfig, event: StoredEvent, timeScale: number): Promise<void> {
  if (config.debounce) return startLater(sql, config, config.debounce, event, timeScale);
  const id = runIdOf(config.id, event.id);
  await startRun(sql, { id, functionId: config.id, event, slots: slotsOf(config, event) });
}

/** A debounced start: each event of the same key replaces the last and pushes the start back, up to the time-out. */
async function startLater(
  sql: Sql,
  config: FunctionConfig,
  debounce: NonNullable<FunctionConfig["debounce"]>,
  event: StoredEvent,
  timeScale: number,
): Promise<void> {
  const key = `debounce:${config.id}:${debounce.key ? valueOf(debounce.key, event) : ""}`;
  const [pauseMs, limitMs] = [milliseconds(debounce.period), milliseconds(debounce.timeout)];
  await sql.query({
    name: "start-later",
    text: `insert into executor.queue as q (kind, dedupe_key, function_id, payload, due_at)
      values ('START', $1, $2, jsonb_build_object('event', $3::jsonb, 'until', now() + $5::float8 * interval '1 ms'),
        now() + $4::float8 * interval '1 ms')
      on conflict (dedupe_key) do update set
        payload = q.payload || jsonb_build_object('event', excluded.payload->'event'),
        due_at = least(excluded.due_at, (q.payload->>'until')::timestamptz)`,
    values: [key, config.id, storableJson(event), (pauseMs ?? 0) * timeScale, limitMs ? limitMs * timeScale : null],
  });
}

function milliseconds(duration: string | undefined): number | undefined {
  const due = duration ? parseDue(duration) : undefined;
  return due && "inMs" in due ? due.inMs : undefined;
}

async function wakeWaits(sql: pg.ClientBase, events: StoredEvent[]): Promise<void> {
  const { rows } = await sql.query<{
    run_id: string;
    step_id: string;
    event_name: string;
    expression: string | null;
    event: StoredEvent;
  }>({
    name: "waits-for",
    text: `select w.run_id, w.step_id, w.event_name, w.expression, r.event from executor.waits w
      join executor.runs r on r.id = w.run_id where w.event_name = any($1) order by w.created_at`,
    values: [events.map((event) => event.name)],
  });
  for (const wait of rows) {
    const scope = (async: StoredEvent) => ({ event: wait.event, async });
    const match = events.find((event) => event.name === wait.event_name && holds(wait.expression, scope(event)));
    if (match) await resolveStep(sql, wait.run_id, wait.step_id, { type: "data", data: match });
  }
}

async function cancelRuns(sql: pg.ClientBase, registry: Registry, event: StoredEvent): Promise<void> {
  for (const { functionId, condition } of registry.cancelledBy(event.name)) {
    const { rows } = await sql.query<{ id: string; event: StoredEvent }>({
      name: "active-runs",
      text: "select id, event from executor.runs where function_id = $1 and state = 'ACTIVE' order by created_at",
      values: [functionId],
    });
    for (const run of rows) {
      if (!holds(condition, { event: run.event, async: event })) continue;
      const error = { name: "Cancelled", message: `cancelled by ${event.name}` };
      if (!(await endRun(sql, run.id, { state: "CANCELLED", error }))) continue;
      const data = { function_id: functionId, run_id: run.id, event: run.event, error };
      await storeEvent(sql, { id: `cancelled:${run.id}`, name: CANCELLED, data, ts: event.ts });
    }
  }
}
