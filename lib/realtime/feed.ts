import { and, eq, sql } from "drizzle-orm";
import { liveEvents } from "@/db/schema/records";
import type { ClinicContext } from "@/lib/core/context";
import { query } from "@/lib/core/transact";

/** Where a reader is in a clinic's feed: transaction id and row id, `123.45` on the wire. */
export interface Cursor {
  xid: bigint;
  id: bigint;
}

export interface Change {
  cursor: Cursor;
  topic: string;
  entityId: string | null;
}

const MOST = 500;

export const formatCursor = ({ xid, id }: Cursor): string => `${xid}.${id}`;

export function parseCursor(text: string | null | undefined): Cursor | undefined {
  const match = /^(\d{1,20})\.(\d{1,19})$/.exec(text ?? "");
  return match ? { xid: BigInt(match[1] ?? 0), id: BigInt(match[2] ?? 0) } : undefined;
}

/**
 * The changes after a cursor, in order, up to the oldest transaction that still runs: what it will commit sorts
 * behind everything answered here, so a late commit is never skipped.
 */
export const readChanges = (ctx: ClinicContext, after: Cursor): Promise<Change[]> =>
  query(ctx, async (tx) => {
    const rows = await tx
      .select({
        xid: sql<string>`${liveEvents.xid}::text`,
        id: liveEvents.id,
        topic: liveEvents.topic,
        entityId: liveEvents.entityId,
      })
      .from(liveEvents)
      .where(
        and(
          eq(liveEvents.clinicId, ctx.clinic.id),
          sql`(${liveEvents.xid}, ${liveEvents.id}) > (${String(after.xid)}::xid8, ${String(after.id)}::bigint)`,
          sql`${liveEvents.xid} < pg_snapshot_xmin(pg_current_snapshot())`,
        ),
      )
      .orderBy(liveEvents.xid, liveEvents.id)
      .limit(MOST);
    return rows.map((row) => ({
      cursor: { xid: BigInt(row.xid), id: row.id },
      topic: row.topic,
      entityId: row.entityId,
    }));
  });

/** The end of the feed now: a new stream starts here, after its page has read the data itself. */
export const readEnd = (ctx: ClinicContext): Promise<Cursor> =>
  query(ctx, async (tx) => {
    const { rows } = await tx.execute<{ xid: string }>(
      sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`,
    );
    return { xid: BigInt(rows[0]?.xid ?? 0) - 1n, id: 9_223_372_036_854_775_807n };
  });

/** Whether everything after a cursor is still kept; if not, the reader must fetch its data anew. */
export const isKept = (ctx: ClinicContext, cursor: Cursor): Promise<boolean> =>
  query(ctx, async (tx) => {
    const { rows } = await tx.execute<{ kept: boolean }>(sql`select coalesce(
      (select (xid, id) <= (${String(cursor.xid)}::xid8, ${String(cursor.id)}::bigint) from live_events
        where clinic_id = ${ctx.clinic.id} order by xid, id limit 1), true) as kept`);
    return rows[0]?.kept ?? false;
  });
