import { and, asc, eq, gt } from "drizzle-orm";
import { appointmentEvents, appointments } from "@/db/schema/appointments";
import type { ClinicContext } from "@/lib/core/context";
import { ok, unwrap } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import type { Kind } from "./schema";
import { tellIn } from "./tell";

/** Older changes are no news. */
const NEWS_FOR_MS = 15 * 60_000;

type Event = Pick<typeof appointmentEvents.$inferSelect, "kind" | "fromValue" | "toValue">;

/** What a change of a visit is to the desk; undefined where it is no news, as a hold is none. */
export function kindOfChange({ kind, fromValue, toValue }: Event, isImported: boolean): Kind | undefined {
  if (isImported) return undefined;
  if (kind === "moved") return "moved";
  if (kind === "created" || (kind === "status" && fromValue === "held"))
    return toValue === "scheduled" ? "booked" : undefined;
  return kind === "status" && toValue === "cancelled" ? "cancelled" : undefined;
}

/**
 * Tells the clinic's members what patients booked, moved or cancelled in the last quarter of an hour: all of it, or one
 * visit's. Each change is told once, however often this runs.
 */
export const tellOfVisits = async (ctx: ClinicContext, appointmentId?: string): Promise<number> =>
  unwrap(
    await transact(ctx, {}, async (tx) => {
      const events = await tx
        .select({
          id: appointmentEvents.id,
          kind: appointmentEvents.kind,
          fromValue: appointmentEvents.fromValue,
          toValue: appointmentEvents.toValue,
          appointmentId: appointments.id,
          createdFrom: appointments.createdFrom,
        })
        .from(appointmentEvents)
        .innerJoin(
          appointments,
          and(
            eq(appointments.clinicId, appointmentEvents.clinicId),
            eq(appointments.id, appointmentEvents.appointmentId),
          ),
        )
        .where(
          and(
            eq(appointmentEvents.clinicId, ctx.clinic.id),
            gt(appointmentEvents.at, new Date(ctx.now().getTime() - NEWS_FOR_MS)),
            eq(appointmentEvents.actorType, "patient"), // what a member did, members know
            appointmentId ? eq(appointmentEvents.appointmentId, appointmentId) : undefined,
          ),
        )
        .orderBy(asc(appointmentEvents.at), asc(appointmentEvents.id));
      for (const event of events) {
        const kind = kindOfChange(event, event.createdFrom === "IMPORT");
        const about = { entityType: "appointment", entityId: event.appointmentId } as const;
        if (kind) await tellIn(tx, ctx, { kind, ...about, dedupeKey: `visit:${event.id}` });
      }
      return ok(events.length);
    }),
  );
