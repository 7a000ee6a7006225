import { pool, type Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { webhookEvents } from "@/db/schema/messaging";

/** A vendor's message or status as it came, before anyone has read it. */
export type RawEvent = Pick<
  typeof webhookEvents.$inferInsert,
  "id" | "vendor" | "account" | "vendorId" | "event" | "body"
>;

/**
 * Keeps raw events by one prepared insert, whatever their number; a repeat is absorbed by the index. They have no clinic
 * yet, so no transaction of one is opened: this is the whole of a webhook's work. Throws when the database is away.
 */
export async function storeEvents(events: readonly RawEvent[]): Promise<void> {
  const rows = events.map(({ id, vendorId, ...event }) => ({ id: id ?? newId(), vendor_id: vendorId, ...event }));
  await pool().query({ name: "store-webhook-events", text: INSERT, values: [JSON.stringify(rows)] });
}

/** The same inside a transaction that does more. */
export async function storeEventsIn(tx: Tx, events: readonly RawEvent[]): Promise<void> {
  await tx
    .insert(webhookEvents)
    .values([...events])
    .onConflictDoNothing();
}

const INSERT = `
  insert into webhook_events (id, vendor, account, vendor_id, event, body)
  select id, vendor, account, vendor_id, event, body
  from jsonb_to_recordset($1::jsonb) as r(id uuid, vendor text, account text, vendor_id text, event text, body jsonb)
  on conflict on constraint webhook_events_once_uq do nothing`;
