import { sql } from "drizzle-orm";
import type { ClinicContext } from "@/lib/core/context";
import { fixed } from "@/lib/core/prepared";
import { query } from "@/lib/core/transact";

/** Where a reader is in a clinic's feed: transaction id, row id, and when they were there, `123.45.1700000000` on the wire. */
export interface Cursor {
  xid: bigint;
  id: bigint;
  /** Seconds since 1970. */
  at?: number;
}

export interface Change {
  cursor: Cursor;
  topic: string;
  entityId: string | null;
}

export const MOST = 500;

/** Events are kept for a day; within this much of it nothing after a cursor has been taken away. */
const SURELY_KEPT_SECONDS = 23 * 3600;

export const formatCursor = ({ xid, id, at }: Cursor): string => `${xid}.${id}${at === undefined ? "" : `.${at}`}`;
export const secondsOf = (ctx: ClinicContext): number => Math.floor(ctx.now().getTime() / 1000);

export function parseCursor(text: string | null | undefined): Cursor | undefined {
  const match = /^(\d{1,20})\.(\d{1,19})(?:\.(\d{1,12}))?$/.exec(text ?? "");
  if (!match) return undefined;
  const place = { xid: BigInt(match[1] ?? 0), id: BigInt(match[2] ?? 0) };
  return match[3] ? { ...place, at: Number(match[3]) } : place;
}

export interface FeedPage {
  changes: Change[];
  /** There are later rows that wait for a transaction which still runs: look again soon, nobody tells when it ends. */
  isBehind: boolean;
}

type FeedRow = { xid: string; id: string; topic: string; entity_id: string | null; is_settled: boolean };
const given = sql.placeholder;

/** Asked for every change of every clinic that somebody looks at. */
const AFTER = fixed<FeedRow, { clinicId: string; xid: string; id: string; most: number }>(sql`
  select xid::text, id::text, topic, entity_id, xid < pg_snapshot_xmin(pg_current_snapshot()) as is_settled
  from live_events where clinic_id = ${given("clinicId")}
    and (xid, id) > (${given("xid")}::xid8, ${given("id")}::bigint)
  order by live_events.xid, live_events.id limit ${given("most")}`);

/**
 * The changes after a cursor, in order, up to the oldest transaction that still runs: what it will commit sorts
 * behind everything answered here, so a late commit is never skipped. At most `MOST` at a time.
 */
export const readFeed = (ctx: ClinicContext, after: Cursor): Promise<FeedPage> =>
  query(ctx, async (tx) => {
    const place = { xid: String(after.xid), id: String(after.id) };
    const rows = await AFTER(tx, { clinicId: ctx.clinic.id, ...place, most: MOST });
    const waiting = rows.findIndex((row) => !row.is_settled); // settled rows sort before those that aren't
    const settled = waiting < 0 ? rows : rows.slice(0, waiting);
    const at = secondsOf(ctx);
    const changes = settled.map((row) => ({
      cursor: { xid: BigInt(row.xid), id: BigInt(row.id), at },
      topic: row.topic,
      entityId: row.entity_id,
    }));
    return { changes, isBehind: waiting >= 0 };
  });

export const readChanges = async (ctx: ClinicContext, after: Cursor): Promise<Change[]> =>
  (await readFeed(ctx, after)).changes;

/** The end of the feed now: whoever asks for it, then reads, then hears what comes after it, misses nothing. */
export const readEnd = (ctx: ClinicContext): Promise<Cursor> =>
  query(ctx, async (tx) => {
    const { rows } = await tx.execute<{ xid: string }>(
      sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`,
    );
    return { xid: BigInt(rows[0]?.xid ?? 0) - 1n, id: 9_223_372_036_854_775_807n, at: secondsOf(ctx) };
  });

/** Whether everything after a cursor is still kept; if not, the reader must fetch its data anew. */
export async function isKept(ctx: ClinicContext, cursor: Cursor): Promise<boolean> {
  if (cursor.at !== undefined && secondsOf(ctx) - cursor.at < SURELY_KEPT_SECONDS) return true;
  return query(ctx, async (tx) => {
    const { rows } = await tx.execute<{ kept: boolean }>(sql`select coalesce(
      (select (xid, id) <= (${String(cursor.xid)}::xid8, ${String(cursor.id)}::bigint) from live_events
        where clinic_id = ${ctx.clinic.id} order by xid, id limit 1), true) as kept`);
    return rows[0]?.kept ?? false;
  });
}
