import type { Env } from "@/lib/core/env";

export interface Settings {
  databaseUrl: string;
  /** Where events and health are served. Port 0 takes a free one. */
  host: string;
  port: number;
  /** The application's serve endpoint. */
  serveUrl: string;
  eventKey: string;
  signingKey: string;
  /** Calls under way at once. */
  parallelCalls: number;
  callTimeoutMs: number;
  leaseMs: number;
  renewMs: number;
  /** How long the queue may sleep when nothing is due; events and due times wake it earlier. */
  pollMs: number;
  electMs: number;
  beatMs: number;
  syncMs: number;
  /** Multiplies retry pauses, sleeps and time-outs of waits. 1 but in tests. */
  timeScale: number;
}

export const DEFAULTS = {
  host: "127.0.0.1",
  port: 8288,
  parallelCalls: 16,
  callTimeoutMs: 120_000,
  leaseMs: 10_000,
  renewMs: 3000,
  pollMs: 5000,
  electMs: 3000,
  beatMs: 5000,
  syncMs: 60_000,
  timeScale: 1,
} as const satisfies Partial<Settings>;

/**
 * What the process runs with: the database, the two keys, and two addresses. Events are taken where the
 * application sends them (`INNGEST_BASE_URL`, unless `EXECUTOR_PORT` names another port); functions are called
 * on this machine at `PORT`, unless `EXECUTOR_SERVE_URL` says otherwise. Throws when a key is missing.
 */
export function settingsFrom(env: Env): Settings {
  const { INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey } = env;
  if (!eventKey || !signingKey) throw new Error("INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY are needed.");
  const basePort = env.INNGEST_BASE_URL ? Number(new URL(env.INNGEST_BASE_URL).port) : 0;
  return {
    ...DEFAULTS,
    databaseUrl: env.DATABASE_LISTEN_URL ?? env.DATABASE_URL,
    port: env.EXECUTOR_PORT ?? (basePort || DEFAULTS.port),
    serveUrl: env.EXECUTOR_SERVE_URL ?? `http://127.0.0.1:${env.PORT}/api/inngest`,
    eventKey,
    signingKey,
    syncMs: env.CHAIRSIDE_DEV ? 10_000 : DEFAULTS.syncMs,
  };
}
