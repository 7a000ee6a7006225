import type pg from "pg";
import { log } from "@/lib/core/log";
import type { AppClient, Outcome } from "./app-client";
import { applyOps } from "./apply-ops";
import { inTransaction } from "./database";
import { retryDelayMs, type Due } from "./duration";
import { maxAttemptsOf, type FunctionConfig, type Op, type RunState } from "./protocol";
import { putBack, type CallPayload, type Claimed } from "./queue-store";
import type { Registry } from "./registry";
import { finishRun, memoise } from "./run-store";
import type { Settings } from "./settings";

export interface Driving {
  pool: pg.Pool;
  app: AppClient;
  registry: Registry;
  settings: Settings;
  tell: (news: News) => void;
}

/** The application can't be reached; it doesn't know a function; events were stored that want routing. */
export type News = "unreachable" | "unknown" | "events";

const MAX_DROPS = 8;
const MAX_DROP_PAUSE_MS = 15_000;

/**
 * Calls a run under one lease until it ends, waits for something, or must be tried later. What a call led to is
 * written before the next one, and only while the lease is still ours, so that a memoised step never runs again.
 */
export async function driveRun(at: Driving, item: Claimed, first: RunState, signal: AbortSignal): Promise<void> {
  const config = at.registry.get(item.functionId);
  if (!config) return abandon(at, item, first);
  const maxAttempts = maxAttemptsOf(config);
  let run = first;
  let { attempt } = item;
  for (;;) {
    const timeoutMs = at.settings.callTimeoutMs;
    const outcome = await at.app.call(run, { attempt, maxAttempts, stepId: item.stepId, timeoutMs, signal });
    if (signal.aborted) return;
    const op = onlyStepOf(outcome, item, run);
    if (!op) return settleCall(at, { ...item, attempt }, run, config, outcome);
    const result =
      op.op === "StepRun"
        ? ({ type: "data", data: op.data ?? null } as const)
        : ({ type: "error", error: op.error } as const);
    if (!(await memoise(at.pool, item, at.settings.leaseMs, op.id, result))) return;
    run = { ...run, steps: { ...run.steps, [op.id]: result }, stack: [...run.stack, op.id] };
    attempt = 0;
  }
}

/** The one step that a call settled, when the next call can follow under the same lease. */
function onlyStepOf(outcome: Outcome, item: Claimed, run: RunState): Op | undefined {
  if (outcome.kind !== "ops" || outcome.ops.length !== 1 || run.isParallel || item.stepId !== null) return undefined;
  const [op] = outcome.ops;
  return op?.op === "StepRun" || op?.op === "StepFailed" ? op : undefined;
}

async function settleCall(at: Driving, item: Claimed, run: RunState, config: FunctionConfig, outcome: Outcome) {
  if (outcome.kind === "finished") return finish(at, item, run, { state: "DONE", output: outcome.output });
  if (outcome.kind === "unknown") {
    at.tell("unknown");
    return void (await putBack(at.pool, item, { attempt: item.attempt, pause: { inMs: 1000 }, payload: null }));
  }
  if (outcome.kind === "trouble") return afterTrouble(at, item, run, outcome);

  const isLast = item.attempt + 1 >= maxAttemptsOf(config) || !outcome.mayRetry;
  const pause = outcome.retryAfter ?? { inMs: retryDelayMs(item.attempt) };
  if (outcome.kind === "ops") {
    const op = outcome.ops.length === 1 ? outcome.ops[0] : undefined;
    if (op?.op === "StepError" && !isLast) return retry(at, item, pause);
    return void (await inTransaction(at.pool, (sql) =>
      applyOps(sql, at.registry, item, run, outcome.ops, at.settings),
    ));
  }
  if (!isLast) return retry(at, item, pause);
  return finish(at, item, run, { state: "FAILED", error: outcome.error });
}

async function retry(at: Driving, item: Claimed, pause: Due): Promise<void> {
  const scaled = "inMs" in pause ? { inMs: pause.inMs * at.settings.timeScale } : pause;
  await putBack(at.pool, item, { attempt: item.attempt + 1, pause: scaled, payload: null });
}

/**
 * The application's own trouble costs no attempt while the call was not delivered. One that was delivered and
 * dropped (the process died) may be repeated some times, one such call at a time: what kills its process is told
 * from what merely died with it, and doesn't do so for ever.
 */
async function afterTrouble(at: Driving, item: Claimed, run: RunState, trouble: Extract<Outcome, { kind: "trouble" }>) {
  log.warn({ functionId: item.functionId, runId: run.id, reason: trouble.reason }, "background call not answered");
  if (!trouble.timedOut) at.tell("unreachable"); // first, so that the row isn't claimed again at once
  const drops = dropsOf(item.payload) + (trouble.delivered ? 1 : 0);
  if (drops >= MAX_DROPS) {
    const error = { name: "Dropped", message: `the application failed to answer ${drops} times: ${trouble.reason}` };
    return finish(at, item, run, { state: "FAILED", error });
  }
  const again = { attempt: item.attempt, payload: { drops } };
  if (!trouble.delivered) return void (await putBack(at.pool, item, { ...again, pause: { inMs: 0 } }));
  const pauseMs = Math.min(retryDelayMs(drops - 1), MAX_DROP_PAUSE_MS) * at.settings.timeScale;
  await putBack(at.pool, item, { ...again, pause: { inMs: pauseMs }, isSuspect: true });
}

const dropsOf = (payload: unknown): number => {
  const { drops }: CallPayload = payload !== null && typeof payload === "object" ? payload : {};
  return typeof drops === "number" ? drops : 0;
};

async function finish(
  at: Driving,
  item: Claimed,
  run: RunState,
  ending: Parameters<typeof finishRun>[3],
): Promise<void> {
  const isOurs = await inTransaction(at.pool, (sql) => finishRun(sql, item, run.id, ending));
  if (isOurs && ending.state === "FAILED") at.tell("events");
  const line = { functionId: item.functionId, runId: run.id, state: isOurs ? ending.state : "LEASE_LOST" };
  if (ending.state === "DONE") log.debug(line, "background run ended");
  else log.error(line, "background run failed");
}

/** The function was removed from the application: its runs can't go on. */
const abandon = (at: Driving, item: Claimed, run: RunState) =>
  finish(at, item, run, { state: "FAILED", error: { name: "Gone", message: "the function no longer exists" } });
