import { and, eq, inArray, sql } from "drizzle-orm";
import { newId } from "@/db/ids";
import { appointmentEvents, appointments, appointmentSegments, occupancies } from "@/db/schema/appointments";
import { freedSlots } from "@/db/schema/waitlist";
import type { ClinicContext } from "@/lib/core/context";
import { inClinic } from "./make";
import { makerOf, type Maker } from "./rows";

type Appointment = typeof appointments.$inferInsert;
type Event = typeof appointmentEvents.$inferInsert;

/** One resource's part of a visit. `occupied` is widened by buffers. */
export interface Part {
  resourceId: string;
  startsAt: Date;
  endsAt: Date;
  occupied: { from: Date; to: Date };
}
export type VisitRow = Omit<Appointment, "clinicId" | "id"> & {
  id: string;
  parts: Part[];
  events?: Omit<Event, "clinicId" | "appointmentId" | "id">[];
};

const ACTIVE = ["held", "scheduled", "checked_in"];
const isActive = (visit: VisitRow) => ACTIVE.includes(visit.status);

/**
 * Writes visits of any status and what they occupy. Every one of them, finished ones too, first takes its resources
 * and only then moves along its edge: an overlap is refused by the database, as it would have been at booking.
 */
export async function addVisits({ tx, clinicId, id }: Maker, visits: VisitRow[]): Promise<void> {
  if (visits.length === 0) return;
  const rows = visits.map(({ parts: _p, events: _e, ...visit }) => ({ ...visit, clinicId }));
  await tx
    .insert(appointments)
    .values(
      rows.map((row) => ({ ...row, status: row.status === "held" ? ("held" as const) : ("scheduled" as const) })),
    );
  const segments = visits.flatMap(({ id: appointmentId, parts }) =>
    parts.map(({ occupied, ...part }) => ({
      ...part,
      clinicId,
      appointmentId,
      occupied: `["${occupied.from.toISOString()}","${occupied.to.toISOString()}")`,
    })),
  );
  await tx.insert(appointmentSegments).values(segments);
  await tx.insert(occupancies).values(
    segments.map(({ appointmentId, resourceId, occupied }) => ({
      clinicId,
      appointmentId,
      resourceId,
      during: occupied,
    })),
  );
  await moveOn({ tx, clinicId, id }, visits);
  const events = visits.flatMap(({ id: appointmentId, events = [] }) =>
    events.map((event) => ({ ...event, id: id(), clinicId, appointmentId })),
  );
  if (events.length > 0) await tx.insert(appointmentEvents).values(events);
}

/** From scheduled to where each visit stands now; what is over occupies nothing. */
async function moveOn({ tx, clinicId }: Maker, visits: VisitRow[]): Promise<void> {
  const ids = visits.filter((visit) => !isActive(visit)).map(({ id }) => id);
  if (ids.length > 0)
    await tx
      .delete(occupancies)
      .where(and(eq(occupancies.clinicId, clinicId), inArray(occupancies.appointmentId, ids)));
  for (const status of ["checked_in", "completed", "cancelled", "no_show"] as const) {
    const moved = visits.filter((visit) => visit.status === status).map(({ id }) => id);
    if (moved.length === 0) continue;
    await tx
      .update(appointments)
      .set({ status, updatedAt: sql`${appointments.updatedAt}` })
      .where(and(eq(appointments.clinicId, clinicId), inArray(appointments.id, moved)));
  }
  // What was over before it was written frees nothing now.
  if (ids.length > 0)
    await tx.delete(freedSlots).where(and(eq(freedSlots.clinicId, clinicId), inArray(freedSlots.appointmentId, ids)));
}

/**
 * One visit of a clinic made by `makeClinic` or the like: 30 minutes of its provider, scheduled, unless said. An
 * overlap throws, as the database's refusal.
 */
export async function makeVisit(
  ctx: ClinicContext,
  {
    minutes = 30,
    ...fields
  }: Partial<Appointment> &
    Pick<Appointment, "patientId" | "serviceId" | "providerId" | "startsAt"> & { minutes?: number },
): Promise<{ id: string; startsAt: Date; endsAt: Date }> {
  const { startsAt } = fields;
  const endsAt = fields.endsAt ?? new Date(startsAt.getTime() + minutes * 60_000);
  const visit = {
    status: "scheduled" as const,
    createdFrom: "MANUAL_ADMIN" as const,
    createdAt: ctx.now(),
    ...fields,
    id: fields.id ?? newId(),
    endsAt,
  };
  const resources = [fields.providerId, ...(fields.operatoryId ? [fields.operatoryId] : [])];
  const parts = resources.map((resourceId) => ({
    resourceId,
    startsAt,
    endsAt,
    occupied: { from: startsAt, to: endsAt },
  }));
  await inClinic(ctx, (tx) => addVisits(makerOf(tx, ctx.clinic.id), [{ ...visit, parts }]));
  return { id: visit.id, startsAt, endsAt };
}
