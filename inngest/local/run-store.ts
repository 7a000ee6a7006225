import type pg from "pg";
import { enqueue, settle, type Claimed } from "./queue-store";
import { FAILED, storableJson, type Slots, type StepResult, type StoredEvent } from "./protocol";
import type { Sql } from "./database";
import { storeEvent } from "./event-store";

export interface NewRun {
  id: string;
  functionId: string;
  event: StoredEvent;
  slots: Slots;
  parent?: { runId: string; stepId: string };
}

/** Starts a run once: its id is derived from what caused it, so that causing it again changes nothing. */
export async function startRun(sql: Sql, run: NewRun): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: "start-run",
    text: `with started as (
        insert into executor.runs (id, function_id, event, slot_keys, slot_limits, parent_run_id, parent_step_id)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing returning id)
      insert into executor.queue (kind, function_id, run_id, slot_keys, slot_limits)
      select 'CALL', $2, id, $4, $5 from started`,
    values: [
      run.id,
      run.functionId,
      storableJson(run.event),
      run.slots.keys,
      run.slots.limits,
      run.parent?.runId ?? null,
      run.parent?.stepId ?? null,
    ],
  });
  return rowCount === 1;
}

/** Remembers one step and keeps the row and its lease for the next call. False when the lease was lost. */
export async function memoise(sql: Sql, item: Claimed, leaseMs: number, stepId: string, result: StepResult) {
  const { rowCount } = await sql.query({
    name: "memoise",
    text: `with held as (
        update executor.queue q set attempt = 0, payload = null, lease_expires_at = now() + $3 * interval '1 ms',
          slot_keys = own.slot_keys, slot_limits = own.slot_limits
        from executor.runs own where q.id = $1 and q.lease_token = $2 and own.id = q.run_id returning q.run_id)
      update executor.runs r set steps = r.steps || jsonb_build_object($4::text, $5::jsonb), stack = r.stack || $4::text
      from held where r.id = held.run_id and r.state = 'ACTIVE'`,
    values: [item.id, item.leaseToken, leaseMs, stepId, storableJson(result)],
  });
  return rowCount === 1;
}

export interface LockedRun extends Slots {
  functionId: string;
  steps: Record<string, StepResult>;
}

/** The run, locked until the transaction ends; undefined when it is over. */
export async function lockRun(sql: Sql, id: string): Promise<LockedRun | undefined> {
  const { rows } = await sql.query<{
    function_id: string;
    steps: Record<string, StepResult>;
    slot_keys: string[];
    slot_limits: number[];
  }>({
    name: "lock-run",
    text: `select function_id, steps, slot_keys, slot_limits from executor.runs
      where id = $1 and state = 'ACTIVE' for update`,
    values: [id],
  });
  const [row] = rows;
  return row && { functionId: row.function_id, steps: row.steps, keys: row.slot_keys, limits: row.slot_limits };
}

/** Adds settled steps to a locked run, in the order they settled. */
export async function addSteps(sql: Sql, runId: string, settled: [string, StepResult][], isParallel: boolean) {
  if (settled.length === 0 && !isParallel) return;
  await sql.query({
    name: "add-steps",
    text: `update executor.runs set steps = steps || $2::jsonb, stack = stack || $3::text[],
      is_parallel = is_parallel or $4 where id = $1`,
    values: [runId, storableJson(Object.fromEntries(settled)), settled.map(([id]) => id), isParallel],
  });
}

/** Calls the function again once nothing of a locked run is outstanding: no planned step, sleep or wait. */
export async function continueWhenIdle(sql: pg.ClientBase, runId: string, run: LockedRun): Promise<void> {
  const { rowCount } = await sql.query({
    name: "outstanding",
    text: `select from executor.queue where run_id = $1 union all select from executor.waits where run_id = $1 limit 1`,
    values: [runId],
  });
  if (rowCount) return;
  const { functionId, keys, limits } = run;
  await enqueue(sql, { kind: "CALL", functionId, runId, stepId: null, due: { inMs: 0 }, keys, limits });
}

/** Settles a step that waited (sleep, event, invoked run). Nothing happens if it was settled or the run is over. */
export async function resolveStep(sql: pg.ClientBase, runId: string, stepId: string, result: StepResult) {
  const run = await lockRun(sql, runId);
  if (!run || stepId in run.steps) return;
  await sql.query("delete from executor.waits where run_id = $1 and step_id = $2", [runId, stepId]);
  await sql.query("delete from executor.queue where run_id = $1 and step_id = $2", [runId, stepId]);
  await addSteps(sql, runId, [[stepId, result]], false);
  await continueWhenIdle(sql, runId, run);
}

export type Ending = { state: "DONE"; output: unknown } | { state: "FAILED" | "CANCELLED"; error: unknown };

/** Ends a run under its caller's lease. False when the lease was lost, and then nothing was written. */
export async function finishRun(sql: pg.ClientBase, item: Claimed, runId: string, ending: Ending): Promise<boolean> {
  if (!(await settle(sql, item))) return false;
  await endRun(sql, runId, ending);
  return true;
}

/** Ends a run that is still active: what waited for it is settled, and a failure becomes an event. */
export async function endRun(sql: pg.ClientBase, runId: string, ending: Ending): Promise<boolean> {
  const output = ending.state === "DONE" ? ending.output : ending.error;
  const { rows } = await sql.query<{
    function_id: string;
    event: StoredEvent;
    parent_run_id: string | null;
    parent_step_id: string | null;
    ts: number;
  }>({
    name: "end-run",
    text: `update executor.runs set state = $2, output = $3, finished_at = now() where id = $1 and state = 'ACTIVE'
      returning function_id, event, parent_run_id, parent_step_id, (extract(epoch from now()) * 1000)::float8 as ts`,
    values: [runId, ending.state, storableJson(output ?? null)],
  });
  const [run] = rows;
  if (!run) return false;
  await sql.query("delete from executor.queue where run_id = $1", [runId]);
  await sql.query("delete from executor.waits where run_id = $1", [runId]);
  if (ending.state === "FAILED") {
    const data = { function_id: run.function_id, run_id: runId, error: ending.error, event: run.event };
    await storeEvent(sql, { id: `failed:${runId}`, name: FAILED, data, ts: Math.round(run.ts) });
  }
  if (run.parent_run_id !== null && run.parent_step_id !== null) {
    const result: StepResult =
      ending.state === "DONE" ? { type: "data", data: output ?? null } : { type: "error", error: ending.error };
    await resolveStep(sql, run.parent_run_id, run.parent_step_id, result);
  }
  return true;
}
