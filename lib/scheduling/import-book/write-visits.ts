import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { appointmentEvents, appointments, appointmentSegments, occupancies } from "@/db/schema/appointments";
import { importedVisits, visitImports } from "@/db/schema/imports";
import type { ClinicContext } from "@/lib/core/context";
import { writePeopleIn } from "@/lib/patients/import/write-people";
import { expire, rangeOf } from "../occupy";
import { isActive } from "../rules";
import { instantAt } from "../spans";
import type { Checked } from "./check";
import type { ImportedVisit } from "./read-row";

const AT_ONCE = 1000;

interface Row {
  id: string;
  patientId: string;
  visit: ImportedVisit;
}

/**
 * Writes people and visits as the file has them. Each visit takes its provider and its chair from start to end, without
 * buffers: the former book knew none, and what stood side by side there must stand so here. Nobody is told, no bell
 * rings. Answers the import, and the rows whose time somebody took since the check: then the caller rolls back.
 */
export async function writeVisitsIn(
  tx: Tx,
  ctx: ClinicContext,
  { visits, people }: Pick<Checked, "visits" | "people">,
): Promise<{ importId: string; lost: ImportedVisit[]; first: Row | undefined }> {
  const rows = rowsOf(visits, people, await writeFresh(tx, ctx, visits, people));
  const importId = newId();
  const at = ctx.now();
  const { id: clinicId } = ctx.clinic;
  await tx
    .insert(visitImports)
    .values({ id: importId, clinicId, createdAt: at, actorId: ctx.actor.id, visits: rows.length });
  const inParts = async <T>(all: readonly T[], insert: (part: T[]) => Promise<unknown>) => {
    for (let from = 0; from < all.length; from += AT_ONCE) await insert(all.slice(from, from + AT_ONCE));
  };
  await inParts(rows, (part) => tx.insert(appointments).values(part.map((row) => visitRow(ctx, row))));
  await inParts(rows, (part) => tx.insert(appointmentSegments).values(part.flatMap((row) => segmentsOf(ctx, row))));
  await inParts(rows, (part) =>
    tx.insert(importedVisits).values(part.map(({ id, visit }) => importedRow(ctx, importId, id, visit))),
  );
  await inParts(rows, (part) => tx.insert(appointmentEvents).values(part.map((row) => eventOf(ctx, row))));
  await markPatients(tx, ctx, rows);
  return { importId, lost: await takeTimes(tx, ctx, rows), first: rows[0] };
}

/** People whom a visit names that is written; answers their ids by their place among the new ones. */
async function writeFresh(
  tx: Tx,
  ctx: ClinicContext,
  visits: readonly ImportedVisit[],
  { of, fresh }: Checked["people"],
) {
  const wanted = new Set(visits.map(({ row }) => of.get(row)));
  const places = fresh.flatMap((_, at) => (wanted.has(at) ? [at] : []));
  const ids = new Map<number, string>();
  for (let from = 0; from < places.length; from += AT_ONCE) {
    const part = places.slice(from, from + AT_ONCE);
    const written = await writePeopleIn(
      tx,
      ctx,
      part.flatMap((at) => fresh[at] ?? []),
    );
    for (const [index, id] of written.ids.entries()) ids.set(part[index] ?? -1, id);
  }
  return ids;
}

const rowsOf = (visits: readonly ImportedVisit[], { of }: Checked["people"], fresh: ReadonlyMap<number, string>) =>
  visits.flatMap((visit): Row[] => {
    const whose = of.get(visit.row);
    const patientId = typeof whose === "number" ? fresh.get(whose) : whose;
    return patientId === undefined ? [] : [{ id: newId(), patientId, visit }];
  });

const visitRow = (ctx: ClinicContext, { id, patientId, visit }: Row): typeof appointments.$inferInsert => ({
  ...{ id, clinicId: ctx.clinic.id, patientId, serviceId: visit.serviceId, providerId: visit.providerId },
  ...{ operatoryId: visit.chairId, startsAt: instantAt(visit.from), endsAt: instantAt(visit.to), status: visit.status },
  ...{ confirmation: visit.confirmation, note: visit.note, createdFrom: "IMPORT" },
  ...{ createdAt: ctx.now(), updatedAt: ctx.now() },
});

const resourcesOf = ({ providerId, chairId }: ImportedVisit) => (chairId ? [providerId, chairId] : [providerId]);
const during = ({ from, to }: ImportedVisit) => rangeOf([from, to]);

const segmentsOf = (ctx: ClinicContext, { id, visit }: Row): (typeof appointmentSegments.$inferInsert)[] =>
  resourcesOf(visit).map((resourceId) => ({
    ...{ clinicId: ctx.clinic.id, appointmentId: id, resourceId, occupied: during(visit) },
    ...{ startsAt: instantAt(visit.from), endsAt: instantAt(visit.to) },
  }));

const importedRow = (ctx: ClinicContext, importId: string, appointmentId: string, { externalId }: ImportedVisit) => ({
  clinicId: ctx.clinic.id,
  appointmentId,
  importId,
  externalId,
});

const eventOf = (ctx: ClinicContext, { id, visit }: Row): typeof appointmentEvents.$inferInsert => ({
  ...{ clinicId: ctx.clinic.id, appointmentId: id, at: ctx.now(), kind: "created" },
  ...{ actorType: ctx.actor.type, actorId: ctx.actor.id, toValue: visit.status, details: { createdFrom: "IMPORT" } },
});

/** Seen once is EXISTING, booked once is no lead any more (domain.md); for people whom the clinic knew before. */
async function markPatients(tx: Tx, ctx: ClinicContext, rows: readonly Row[]): Promise<void> {
  const seen = new Set(rows.filter(({ visit }) => visit.status === "completed").map(({ patientId }) => patientId));
  const booked = new Set(rows.map(({ patientId }) => patientId).filter((id) => !seen.has(id)));
  await tx.execute(sql`update patients set patient_type = 'EXISTING', updated_at = ${ctx.now()}
    where clinic_id = ${ctx.clinic.id} and id = any(${sql.param([...seen])}::uuid[]) and patient_type <> 'EXISTING'`);
  await tx.execute(sql`update patients set patient_type = 'NEW', updated_at = ${ctx.now()}
    where clinic_id = ${ctx.clinic.id} and id = any(${sql.param([...booked])}::uuid[]) and patient_type = 'COLD_LEAD'`);
}

/** Takes what is to come, in order of resource; answers whose time a rival got since it was looked at. */
async function takeTimes(tx: Tx, ctx: ClinicContext, rows: readonly Row[]): Promise<ImportedVisit[]> {
  const active = rows.filter(({ visit }) => isActive(visit.status));
  if (active.length === 0) return [];
  await expireLateHolds(tx, ctx);
  const wanted = active
    .flatMap((row) => resourcesOf(row.visit).map((resourceId) => ({ row, resourceId })))
    .toSorted((a, b) =>
      a.resourceId < b.resourceId ? -1 : a.resourceId > b.resourceId ? 1 : a.row.visit.from - b.row.visit.from,
    );
  const got = new Set<string>();
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const part = wanted.slice(from, from + AT_ONCE).map(({ row, resourceId }) => ({
      ...{ clinicId: ctx.clinic.id, appointmentId: row.id, resourceId, during: during(row.visit) },
    }));
    const taken = await tx
      .insert(occupancies)
      .values(part)
      .onConflictDoNothing()
      .returning({ appointmentId: occupancies.appointmentId, resourceId: occupancies.resourceId });
    for (const one of taken) got.add(`${one.appointmentId} ${one.resourceId}`);
  }
  return active
    .filter(({ id, visit }) => resourcesOf(visit).some((resourceId) => !got.has(`${id} ${resourceId}`)))
    .map(({ visit }) => visit);
}

/** A hold past its time counts as free and stands in the way until it is ended. */
async function expireLateHolds(tx: Tx, ctx: ClinicContext): Promise<void> {
  const { rows } = await tx.execute<{ id: string }>(sql`select id from appointments where clinic_id = ${ctx.clinic.id}
    and status = 'held' and hold_expires_at <= ${ctx.now()} order by id for update`);
  await expire(
    tx,
    ctx,
    rows.map(({ id }) => id),
  );
}
