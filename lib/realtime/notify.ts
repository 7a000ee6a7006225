import { pool } from "@/db/client";
import { log } from "@/lib/core/log";

export const LIVE_CHANNEL = "chairside_live";
/** NOTIFY on every commit halves their rate: at most one a process in this time. */
const COALESCE_MS = 20;
/** Postgres refuses payloads of 8000 bytes: 200 ids of 36 and their commas fit. */
const MOST_CLINICS = 200;

const waiting = new Set<string>();
let timer: NodeJS.Timeout | undefined;
let sentAt = Number.NEGATIVE_INFINITY;

/**
 * Wakes the streams of a clinic after a commit: at once, or, within 20 ms of the last notification, together with the
 * others of that time. Losing one is harmless.
 */
export function notifySoon(clinicId: string): void {
  waiting.add(clinicId);
  const wait = sentAt + COALESCE_MS - performance.now();
  if (timer) return;
  if (wait <= 0) void flush();
  else timer = setTimeout(() => void flush(), wait);
}

async function flush(): Promise<void> {
  timer = undefined;
  sentAt = performance.now();
  const payload = waiting.size > MOST_CLINICS ? "*" : [...waiting].join(",");
  waiting.clear();
  try {
    await pool().query("select pg_notify($1, $2)", [LIVE_CHANNEL, payload]);
  } catch (error) {
    log.warn({ error }, "live notification not sent");
  }
}
