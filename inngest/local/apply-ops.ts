import type pg from "pg";
import { parseDue, type Due } from "./duration";
import { INVOKED, type Op, type RunState, type StepResult, type StoredEvent } from "./protocol";
import { enqueue, settle, type Claimed } from "./queue-store";
import { slotsOf, type Registry } from "./registry";
import { runIdOf } from "./route-events";
import { addSteps, continueWhenIdle, endRun, lockRun, startRun, type LockedRun } from "./run-store";
import type { Settings } from "./settings";

interface Applying {
  sql: pg.ClientBase;
  registry: Registry;
  run: RunState;
  locked: LockedRun;
  timeScale: number;
}

/**
 * Writes what a call asked for: settled steps are remembered, planned ones, sleeps, waits and invoked functions
 * are queued, and once nothing is outstanding the function is due again. Nothing happens if the lease was lost.
 */
export async function applyOps(
  sql: pg.ClientBase,
  registry: Registry,
  item: Claimed,
  run: RunState,
  ops: Op[],
  { timeScale }: Pick<Settings, "timeScale">,
): Promise<void> {
  if (!(await settle(sql, item))) return;
  const locked = await lockRun(sql, run.id);
  if (!locked) return;
  const complete = ops.find((op) => op.op === "RunComplete");
  if (complete) return void (await endRun(sql, run.id, { state: "DONE", output: complete.data }));

  const at: Applying = { sql, registry, run, locked, timeScale };
  const settled: [string, StepResult][] = [];
  for (const op of ops) {
    if (op.id in locked.steps) continue;
    const result = settledBy(op) ?? (await begin(at, op));
    if (result) settled.push([op.id, result]);
  }
  await addSteps(sql, run.id, settled, ops.length > 1);
  await continueWhenIdle(sql, run.id, locked);
}

function settledBy(op: Op): StepResult | undefined {
  if (op.op === "StepRun") return { type: "data", data: op.data ?? null };
  if (op.op === "StepError" || op.op === "StepFailed" || op.op === "StepNotFound") {
    return { type: "error", error: op.error ?? { name: op.op, message: op.op } };
  }
  return undefined;
}

/** Queues what takes its time. Answers a result when it can't even begin: the function then sees the step fail. */
async function begin(at: Applying, op: Op): Promise<StepResult | undefined> {
  switch (op.op) {
    case "StepPlanned":
      return queue(at, "CALL", op.id, { inMs: 0 });
    case "Sleep": {
      const due = parseDue(op.name ?? "");
      return due ? queue(at, "SLEEP", op.id, due) : refusal(`no such duration: ${op.name}`);
    }
    case "WaitForEvent": {
      await wait(at, op.id, op.name ?? "", op.opts?.if ?? null);
      const due = parseDue(op.opts?.timeout ?? "");
      return due ? queue(at, "WAIT", op.id, due) : undefined;
    }
    case "InvokeFunction":
      return invoke(at, op);
    default:
      return refusal(`the local executor can't do ${op.op}`);
  }
}

const refusal = (message: string): StepResult => ({ type: "error", error: { name: "NotSupported", message } });

async function queue(at: Applying, kind: "CALL" | "SLEEP" | "WAIT", stepId: string, due: Due): Promise<undefined> {
  const scaled = "inMs" in due ? { inMs: due.inMs * at.timeScale } : due;
  const slots = kind === "CALL" ? at.locked : { keys: [], limits: [] };
  const { keys, limits } = slots;
  await enqueue(at.sql, {
    kind,
    functionId: at.locked.functionId,
    runId: at.run.id,
    stepId,
    due: scaled,
    keys,
    limits,
  });
  return undefined;
}

async function wait(at: Applying, stepId: string, eventName: string | null, expression: string | null): Promise<void> {
  await at.sql.query({
    name: "wait",
    text: `insert into executor.waits (run_id, step_id, event_name, expression) values ($1, $2, $3, $4)
      on conflict (run_id, step_id) do nothing`,
    values: [at.run.id, stepId, eventName, expression],
  });
}

async function invoke(at: Applying, op: Op): Promise<StepResult | undefined> {
  const functionId = op.opts?.function_id ?? "";
  const config = at.registry.get(functionId);
  if (!config) return refusal(`no such function: ${functionId}`);
  const id = runIdOf("invoke", at.run.id, op.id);
  const event: StoredEvent = { id, name: INVOKED, data: op.opts?.payload?.data ?? {}, ts: at.run.event.ts };
  await wait(at, op.id, null, null);
  const parent = { runId: at.run.id, stepId: op.id };
  await startRun(at.sql, { id, functionId, event, slots: slotsOf(config, event), parent });
  const due = parseDue(op.opts?.timeout ?? "");
  return due ? queue(at, "WAIT", op.id, due) : undefined;
}
