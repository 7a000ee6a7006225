import { pool, type Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { webhookEvents } from "@/db/schema/messaging";
import { isDatabaseAway } from "@/lib/core/violations";

/** A vendor's message or status as it came, before anyone has read it. */
export type RawEvent = Pick<
  typeof webhookEvents.$inferInsert,
  "id" | "vendor" | "account" | "vendorId" | "event" | "body"
>;

interface Row {
  /** What the index holds once: the vendor's repeats share it. */
  key: string;
  columns: Record<string, unknown>;
}
interface Delivery {
  rows: Row[];
  stored: () => void;
  failed: (error: unknown) => void;
}

/** Rows in one insert: enough for any crowd, few enough for a statement of a few milliseconds. A delivery stays whole. */
const MOST_ROWS = 256;
/** An insert that takes longer than this waits for a slow disk, and others may wait for it at the same time. */
const QUICK_MS = 3;
const MOST_INSERTS = 4;
const waiting: Delivery[] = [];
let inserts = 0;
let startedAt = 0;
let isPlanned = false;

/**
 * Keeps raw events; a repeat is absorbed by the index. Resolves after the commit, and not before. They have no clinic
 * yet, so no transaction of one is opened: this is the whole of a webhook's work. What arrives while an insert is under
 * way shares the next one, so that a crowd pays for few commits. Throws when the database is away.
 */
export function storeEvents(events: readonly RawEvent[]): Promise<void> {
  return new Promise((stored, failed) => {
    waiting.push({ rows: events.map(rowOf), stored, failed });
    const isSlow = performance.now() - startedAt >= QUICK_MS;
    if (isPlanned || (inserts > 0 && !isSlow)) return;
    isPlanned = true;
    setImmediate(() => void storeWaiting()); // whoever arrived in this same turn comes along
  });
}

async function storeWaiting(): Promise<void> {
  isPlanned = false;
  if (waiting.length === 0 || inserts >= MOST_INSERTS) return;
  inserts += 1;
  startedAt = performance.now();
  const impatience = setTimeout(() => void storeWaiting(), QUICK_MS);
  await storeTogether(waiting.splice(0, countNext()));
  clearTimeout(impatience);
  inserts -= 1;
  void storeWaiting(); // whoever came meanwhile
}

function countNext(): number {
  let [count, rows] = [0, 0];
  for (const delivery of waiting) {
    rows += delivery.rows.length;
    if (count > 0 && rows > MOST_ROWS) break;
    count += 1;
  }
  return count;
}

/** All in one statement; when that breaks, each in one of its own, so that a bad event fails alone. Never throws. */
async function storeTogether(deliveries: Delivery[]): Promise<void> {
  try {
    await insert(deliveries.flatMap(({ rows }) => rows));
    for (const { stored } of deliveries) stored();
  } catch (error) {
    if (deliveries.length === 1 || isDatabaseAway(error)) for (const { failed } of deliveries) failed(error);
    else await Promise.all(deliveries.map(({ rows, stored, failed }) => insert(rows).then(stored, failed)));
  }
}

/** In the order of the index, so that two processes with the same repeats don't wait for each other crosswise. */
async function insert(rows: Row[]): Promise<void> {
  const once = new Map(rows.toReversed().map((row) => [row.key, row.columns])); // of repeats the first is kept
  const sorted = [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, columns]) => columns);
  await pool().query({ ...STORE_EVENTS, values: [JSON.stringify(sorted)] });
}

function rowOf({ id, vendorId, ...event }: RawEvent): Row {
  const key = [event.vendor, event.account, vendorId, event.event].join("\u0000");
  return { key, columns: { id: id ?? newId(), vendor_id: vendorId, ...event } };
}

/** The same inside a transaction that does more. */
export async function storeEventsIn(tx: Tx, events: readonly RawEvent[]): Promise<void> {
  await tx
    .insert(webhookEvents)
    .values([...events])
    .onConflictDoNothing();
}

/** The one statement, prepared once a connection; its value is the rows as JSON. */
export const STORE_EVENTS = {
  name: "store-webhook-events",
  text: `
    insert into webhook_events (id, vendor, account, vendor_id, event, body)
    select id, vendor, account, vendor_id, event, body
    from jsonb_to_recordset($1::jsonb) as r(id uuid, vendor text, account text, vendor_id text, event text, body jsonb)
    on conflict on constraint webhook_events_once_uq do nothing`,
  // A connection that died without a word must not hold up those who wait; vendors hang up after 15 s.
  query_timeout: 10_000,
};
