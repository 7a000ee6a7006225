import type { Sql } from "./database";
import { storableJson, type StoredEvent } from "./protocol";

/** Stores an event for routing; one with a known id is dropped. True when it is new. */
export async function storeEvent(sql: Sql, event: StoredEvent): Promise<boolean> {
  const { rowCount } = await sql.query({
    name: "store-event",
    text: "insert into executor.events (id, name, body) values ($1, $2, $3) on conflict (id) do nothing",
    values: [event.id, event.name, storableJson(event)],
  });
  return rowCount === 1;
}

/** Stores what one request brought, all or nothing, and wakes the leader if that is another process. */
export async function storeEvents(sql: Sql, events: StoredEvent[], by: { isLeader: boolean }): Promise<void> {
  await sql.query({
    name: "store-events",
    text: `with stored as (
        insert into executor.events (id, name, body)
        select id, name, body from jsonb_to_recordset($1::jsonb) as event(id text, name text, body jsonb)
        on conflict (id) do nothing returning 1)
      select pg_notify('executor_wake', '') from stored where not $2 limit 1`,
    values: [storableJson(events.map((event) => ({ id: event.id, name: event.name, body: event }))), by.isLeader],
  });
}

/** Locks the oldest events that nobody has routed yet. */
export async function takeUnrouted(sql: Sql, limit: number): Promise<StoredEvent[]> {
  const { rows } = await sql.query<{ body: StoredEvent }>({
    name: "take-unrouted",
    text: `select body from executor.events where routed_at is null order by seq limit $1 for update skip locked`,
    values: [limit],
  });
  return rows.map((row) => row.body);
}

export async function markRouted(sql: Sql, events: StoredEvent[]): Promise<void> {
  await sql.query({
    name: "mark-routed",
    text: "update executor.events set routed_at = now() where id = any($1)",
    values: [events.map((event) => event.id)],
  });
}
