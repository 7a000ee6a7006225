import type { FunctionConfig } from "./protocol";

/**
 * What the local executor can do, by the names that function code uses. A test compares this list with what
 * `inngest/functions` really uses, so that a feature can't work on a real Inngest server only.
 */
export const SUPPORTED = {
  steps: ["run", "sleep", "sleepUntil", "sendEvent", "waitForEvent", "invoke"],
  options: ["id", "name", "description", "triggers", "retries", "concurrency", "cancelOn", "debounce", "onFailure"],
} as const;

const UNSUPPORTED_CONFIG = ["batchEvents", "idempotency", "priority", "rateLimit", "singleton", "throttle", "timeouts"];

/** The options of a registered function that this executor would have to ignore. */
export const unsupportedIn = (config: FunctionConfig): string[] =>
  UNSUPPORTED_CONFIG.filter((option) => config[option] !== undefined && config[option] !== null);
