import { sql } from "drizzle-orm";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { readVisit } from "./read-visits";
import type { VisitEvent } from "./steps/schema";

interface EventRow extends Record<string, unknown> {
  at: Date;
  kind: VisitEvent["kind"];
  from_value: string | null;
  to_value: string | null;
  reason: string | null;
  actor_type: string;
  actor_name: string | null;
  from_provider: string | null;
  to_provider: string | null;
}

/** A visit has few; whoever moved it to and fro a hundred times sees the newest. */
const MOST = 100;

/** Everything that was done to a visit, the newest first: who, when, from what to what, why. */
export const listVisitEvents = (ctx: ClinicContext, { id }: { id: string }): Promise<Result<{ items: VisitEvent[] }>> =>
  query(ctx, async (tx) => {
    if (!(await readVisit(tx, ctx, id))) return err("NOT_FOUND", { what: "appointment" });
    const { rows } = await tx.execute<EventRow>(sql`
      select e.at, e.kind, e.from_value, e.to_value, e.reason, e.actor_type, u.name as actor_name,
        f.name as from_provider, t.name as to_provider
      from appointment_events e
      left join users u on e.actor_type = 'user' and u.id::text = e.actor_id
      left join providers f on f.clinic_id = e.clinic_id and f.id::text = e.details->>'fromProvider'
        and e.details->>'fromProvider' <> e.details->>'toProvider'
      left join providers t on t.clinic_id = e.clinic_id and t.id::text = e.details->>'toProvider'
        and e.details->>'fromProvider' <> e.details->>'toProvider'
      where e.clinic_id = ${ctx.clinic.id} and e.appointment_id = ${id}
      order by e.at desc, e.id desc limit ${MOST}`);
    return ok({ items: rows.map(eventOf) });
  });

const eventOf = (row: EventRow): VisitEvent => ({
  at: new Date(row.at),
  kind: row.kind,
  from: row.from_value,
  to: row.to_value,
  reason: row.reason,
  actorType: row.actor_type,
  actorName: row.actor_name,
  fromProvider: row.from_provider,
  toProvider: row.to_provider,
});
