const UNIT_MS = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;
const WHOLE = /^(\d+(w|d|h|m|s))+$/;

/** A moment to wait for: so many milliseconds from now, or an instant. */
export type Due = { inMs: number } | { at: Date };

/** Reads the SDK's durations (`1h30m`) and ISO instants; undefined when it is neither. */
export function parseDue(text: string): Due | undefined {
  if (WHOLE.test(text)) {
    const parts = [...text.matchAll(/(\d+)(w|d|h|m|s)/g)];
    return { inMs: parts.reduce((sum, [, count, unit]) => sum + Number(count) * unitMs(unit), 0) };
  }
  const at = /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text) : undefined;
  return at && !Number.isNaN(at.getTime()) ? { at } : undefined;
}

const unitMs = (unit: string | undefined) =>
  unit === "w" || unit === "d" || unit === "h" || unit === "m" || unit === "s" ? UNIT_MS[unit] : 0;

/** A Retry-After header: seconds, or a date (HTTP or ISO). Undefined when it says nothing usable. */
export function parseRetryAfter(header: string | undefined): Due | undefined {
  if (!header) return undefined;
  if (/^\d+$/.test(header)) return { inMs: Number(header) * 1000 };
  const at = new Date(header);
  return Number.isNaN(at.getTime()) ? undefined : { at };
}

const RETRY_MS = [1000, 5000, 15_000, 45_000, 120_000, 300_000, 600_000] as const;

/** The pause before the next try after `attempt` (0 = the first) failed; the last one repeats. */
export const retryDelayMs = (attempt: number): number => RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 600_000;
