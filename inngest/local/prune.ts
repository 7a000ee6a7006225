import type { Sql } from "./database";

const AT_ONCE = 1000;

/**
 * Forgets what is over: runs that ended well after an hour, failed and cancelled ones after 7 days, events
 * after a day (until then a repeat of their id is dropped), the heartbeats of dead processes after an hour.
 */
export async function prune(sql: Sql): Promise<void> {
  await sql.query(
    `delete from executor.runs where id in (
      select id from executor.runs where state <> 'ACTIVE'
      and finished_at < now() - case state when 'DONE' then interval '1 hour' else interval '7 days' end limit $1)`,
    [AT_ONCE],
  );
  await sql.query(
    `delete from executor.events where id in (
      select id from executor.events where routed_at is not null and received_at < now() - interval '1 day' limit $1)`,
    [AT_ONCE],
  );
  await sql.query("delete from executor.heartbeats where beat_at < now() - interval '1 hour'");
}
