import { z } from "zod";

/** The Inngest SDK's HTTP protocol (v4.24), as far as the executor speaks it. */

const Concurrency = z.object({
  limit: z.number().int().min(0),
  key: z.string().optional(),
  scope: z.enum(["fn", "env", "account"]).optional(),
});

/** How the serve endpoint describes one function. Loose, so that options nobody here honours can be refused by name. */
export const FunctionConfig = z.looseObject({
  id: z.string(),
  triggers: z.array(
    z.object({ event: z.string().optional(), expression: z.string().nullish(), cron: z.string().optional() }),
  ),
  steps: z.object({
    step: z.object({ retries: z.object({ attempts: z.number().int().optional() }).nullish() }),
  }),
  concurrency: z.union([z.number().int(), Concurrency, z.array(z.union([z.number().int(), Concurrency]))]).optional(),
  cancel: z.array(z.object({ event: z.string(), if: z.string().optional() })).optional(),
  debounce: z.object({ key: z.string().optional(), period: z.string(), timeout: z.string().optional() }).optional(),
});
export type FunctionConfig = z.infer<typeof FunctionConfig>;

export const SyncAnswer = z.object({ functions: z.array(FunctionConfig) });

/** An event as it travels. `id` is the executor's or the sender's; `ts` is milliseconds since 1970. */
export const EventBody = z.looseObject({
  name: z.string().min(1).max(256),
  data: z.record(z.string(), z.unknown()).default({}),
  id: z.string().max(256).nullish(),
  ts: z.number().int().nullish(),
});
export type EventBody = z.infer<typeof EventBody>;
export type StoredEvent = EventBody & { id: string };

export const FAILED = "inngest/function.failed";
export const CANCELLED = "inngest/function.cancelled";
export const INVOKED = "inngest/function.invoked";
export const TIMER = "inngest/scheduled.timer";

/** One thing a function asks for or reports. For `Sleep` the duration is in `name`, for `WaitForEvent` the event. */
export const Op = z.object({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  opts: z
    .looseObject({
      timeout: z.string().nullish(),
      if: z.string().nullish(),
      function_id: z.string().nullish(),
      payload: z.looseObject({ data: z.record(z.string(), z.unknown()).nullish() }).nullish(),
    })
    .nullish(),
});
export type Op = z.infer<typeof Op>;

/** What a run remembers of a step. */
export type StepResult = { type: "data"; data: unknown } | { type: "error"; error: unknown };
export type Steps = Record<string, StepResult>;

export interface RunState {
  id: string;
  functionId: string;
  event: StoredEvent;
  steps: Steps;
  stack: string[];
  isParallel: boolean;
}

/**
 * The body of a call. `version: -1` lets the SDK choose how it executes; `fn_id` is left out, which is what
 * switches the SDK's checkpointing off, so that every step comes back here before the next begins.
 */
export const callBody = (run: RunState, attempt: number, maxAttempts: number) => ({
  version: -1,
  event: run.event,
  events: [run.event],
  steps: run.steps,
  ctx: {
    run_id: run.id,
    attempt,
    max_attempts: maxAttempts,
    use_api: false,
    disable_immediate_execution: run.isParallel,
    stack: { stack: run.stack, current: Math.max(0, run.stack.length - 1) },
  },
});

/** How often a function or a step may be tried: its retries and the first time. */
export const maxAttemptsOf = (config: FunctionConfig): number => (config.steps.step.retries?.attempts ?? 3) + 1;

/** The concurrency slots that a call of this function for this event takes: keys with their limits. */
export interface Slots {
  keys: string[];
  limits: number[];
}

const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** JSON as jsonb takes it: Postgres refuses NUL and half surrogates, which a stranger may well send. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, member: unknown) =>
    typeof member === "string" ? member.replace(UNSTORABLE, (char) => (char === "\0" ? "" : "\uFFFD")) : member,
  );
