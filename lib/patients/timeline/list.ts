import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { readCursor, signCursor } from "@/lib/core/cursor";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { findPatientIn } from "../get";
import type { ListTimeline } from "../schema";
import { TimelineRow } from "./row";
import { entryOf, type TimelineEntry } from "./show";
import { SOURCES } from "./sources";

export interface TimelinePage {
  items: TimelineEntry[];
  nextCursor: string | null;
}

/**
 * All that happened with a patient, newest first, of whichever kinds are asked for. What belongs to somebody who was
 * merged into them is theirs. VALIDATION_FAILED: a cursor of another list.
 */
export const listTimeline = (ctx: ClinicContext, id: string, input: ListTimeline): Promise<Result<TimelinePage>> =>
  query(ctx, async (tx) => {
    if (!(await findPatientIn(tx, ctx, id))) return err("NOT_FOUND", { what: "patient" });
    const list = ["timeline", ctx.clinic.id, id, ...input.kinds].join(" ");
    const after = input.cursor ? readCursor(list, input.cursor) : [];
    if (!after) return err("VALIDATION_FAILED", [{ code: "custom", path: ["cursor"], message: "Not of this list." }]);
    const rows = await readRows(tx, ctx, id, input, after);
    const page = rows.slice(0, input.limit);
    const last = rows.length > input.limit ? page.at(-1) : undefined;
    return ok({
      items: page.map((row) => entryOf(ctx, row)),
      nextCursor: last ? signCursor(list, [last.at, last.key]) : null,
    });
  });

async function readRows(tx: Tx, ctx: ClinicContext, id: string, input: ListTimeline, [at, key]: string[]) {
  const people = await peopleOf(tx, ctx, id);
  const whose = { clinicId: ctx.clinic.id, timeZone: ctx.clinic.timeZone, people };
  const sources = [...new Set(input.kinds)].map((kind) => SOURCES[kind](whose));
  const older = at && key ? sql`where (at, key) < (${at}::timestamptz, ${key})` : sql``;
  const { rows } = await tx.execute(sql`
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, key, kind, data
    from (${sql.join(sources, sql` union all `)}) entries ${older}
    order by entries.at desc, entries.key desc limit ${input.limit + 1}`);
  return z.array(TimelineRow).parse(rows);
}

/** The patient and all who were merged into them, however far back. */
async function peopleOf(tx: Tx, ctx: ClinicContext, id: string): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recursive people as (
      select p.id from patients p where p.clinic_id = ${ctx.clinic.id} and p.id = ${id}
      union select p.id from patients p join people o on p.merged_into_id = o.id where p.clinic_id = ${ctx.clinic.id})
    select id from people`);
  return rows.map((row) => row.id);
}
