import { sql } from "drizzle-orm";
import { log } from "./log";
import { unscoped } from "./transact";

export interface Health {
  status: "green" | "yellow" | "red";
  db: "ok" | "away";
  queue: "ok" | "late" | "silent" | "unknown";
  redis: "not_used";
  reason?: string;
}

const LATE_SECONDS = 120;
const SILENT_SECONDS = 300;
const started = performance.now();

/** Notes that a background job has run, in database time; health reads it. */
export const beat = (job: string): Promise<void> =>
  unscoped(async (tx) => {
    await tx.execute(
      sql`insert into job_beats (job, at) values (${job}, now()) on conflict (job) do update set at = excluded.at`,
    );
  });

/** Red: the database is away. Yellow: background work is late, or nothing has driven it for five minutes. */
export async function readHealth(): Promise<Health> {
  const base = { db: "ok", redis: "not_used" } as const;
  try {
    const { overdue, silence } = await readQueue();
    if (overdue > LATE_SECONDS)
      return { ...base, status: "yellow", queue: "late", reason: `work is ${Math.round(overdue)} s late` };
    // A process that has just started gives the jobs their time.
    if (Math.min(silence, (performance.now() - started) / 1000) > SILENT_SECONDS)
      return { ...base, status: "yellow", queue: "silent", reason: "no background job has run for five minutes" };
    return { ...base, status: "green", queue: "ok" };
  } catch (error) {
    log.warn({ error }, "health: the database does not answer");
    return { status: "red", db: "away", queue: "unknown", redis: "not_used", reason: "the database does not answer" };
  }
}

const readQueue = () =>
  unscoped(async (tx) => {
    const { rows } = await tx.execute<{ overdue: number; silence: number | null }>(
      sql`select overdue_work_seconds() as overdue,
        (select extract(epoch from now() - max(at))::float8 from job_beats) as silence`,
    );
    return { overdue: rows[0]?.overdue ?? 0, silence: rows[0]?.silence ?? Number.POSITIVE_INFINITY };
  });
