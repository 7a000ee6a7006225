import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { appointments } from "@/db/schema/appointments";
import type { ClinicContext } from "@/lib/core/context";
import { prepared } from "@/lib/core/prepared";
import { err, ok, type Result } from "@/lib/core/result";
import { attempt } from "@/lib/core/transact";
import { bookedPatient } from "@/lib/patients/mark-booked";
import { isOpenAt, plansAt, type Plan } from "./availability";
import { findService, type KnownService } from "./internal";
import { expireOverlapping, occupancyRows, segmentRows } from "./occupy";
import { factsOf, readBook, type Book, type BookAsk } from "./read-book";
import { readVisit, visitOf, visitRows, type VisitRow } from "./read-visits";
import { changeRows } from "./record-change";
import { isDesk, timingOf, VIOLATIONS } from "./rules";
import type { PlaceVisit, Visit } from "./schema";
import { instantAt, minuteOf } from "./spans";

/** A visit is placed as a hold, with its end, or as booked. */
export type PlaceAs = { status: "held"; holdExpiresAt: Date } | { status: "scheduled"; holdExpiresAt: null };

/** Rivals can take one candidate after the other from us; this many are tried before the answer is SLOT_TAKEN. */
const MOST_TRIES = 12;

/**
 * Finds who and which chair do the visit, fairly, and takes them. NOT_FOUND (service, provider, patient),
 * CLINIC_SUSPENDED, TOO_SOON, OUTSIDE_HOURS, SLOT_TAKEN; the caller rolls back on each. A cold lead who books becomes a
 * patient.
 */
export async function placeIn(tx: Tx, ctx: ClinicContext, input: PlaceVisit, as: PlaceAs): Promise<Result<Visit>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  const { serviceId, providerId, operatoryId } = input;
  const start = minuteOf(input.startsAt);
  const range = [start, start + 1] as const;
  const ask = { range, providerIds: providerId ? [providerId] : undefined, operatoryId, isBooking: true };
  const [service, book] = await Promise.all([findService(tx, ctx, serviceId), readBook(tx, ctx, serviceId, ask)]);
  if (!service || !(service.isOnline || isDesk(ctx))) return err("NOT_FOUND", { what: "service" });
  const timing = timingOf(ctx, service.rules, input.startsAt);
  if (!timing.ok) return timing;
  return takeFirstFree(tx, ctx, { service, ask, book }, async (inner, plan, { hasEndedHolds }) => {
    if (hasEndedHolds) await expireOverlapping(inner, ctx, plan);
    return write(inner, ctx, input, plan, as);
  });
}

interface Wanted {
  service: KnownService;
  ask: BookAsk;
  /** The book as it was read for this. */
  book: Book;
}

/**
 * Tries the plans for one start, the fairest first, until `take` gets one; after each that a rival took, the book is
 * read again. The providers' rows stay locked FOR SHARE, so hours can't change under us. What `take` wrote of a plan
 * that it did not get is rolled back here, or by the caller when nothing else could be tried.
 */
export async function takeFirstFree(
  tx: Tx,
  ctx: ClinicContext,
  { service, ask, book }: Wanted,
  take: (tx: Tx, plan: Plan, book: Book) => Promise<Result<Visit>>,
): Promise<Result<Visit>> {
  const [start] = ask.range;
  let [known, facts] = [book, factsOf(ctx, service.plan, book, ask)];
  if (!facts.providers.some(({ mayLead }) => mayLead)) return err("NOT_FOUND", { what: "provider" });
  if (ask.operatoryId && facts.operatoryIds.length === 0) return err("NOT_FOUND", { what: "operatory" });
  if (!isOpenAt(facts, start)) return err("OUTSIDE_HOURS");
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const [plan, another] = plansAt(facts, [start], 2);
    if (!plan) break;
    const isOnlyOne = !another && plan.parts.length === 1;
    if (isOnlyOne) return take(tx, plan, known); // there is nothing else to try: a savepoint would save nothing
    const taken = await attempt(tx, VIOLATIONS, (inner) => take(inner, plan, known));
    if (taken.ok || taken.error !== "SLOT_TAKEN") return taken;
    known = await readBook(tx, ctx, service.id, ask);
    facts = factsOf(ctx, service.plan, known, ask);
  }
  return err("SLOT_TAKEN");
}

/**
 * Writes the visit and all that goes with it in one statement, which answers it as it stands. Without an answer the
 * slot was taken (ON CONFLICT DO NOTHING on `occupancies`), and what else was written must be rolled back. The patient
 * comes last: whoever waits for a slot must not keep another booking of the same patient waiting.
 */
async function write(tx: Tx, ctx: ClinicContext, input: PlaceVisit, plan: Plan, as: PlaceAs): Promise<Result<Visit>> {
  const id = newId();
  const visit = tx
    .insert(appointments)
    .values(rowOf(ctx, id, input, plan, as))
    .returning();
  const isTaken = sql`(select count(*) from taken) = ${plan.parts.length}`;
  const action = as.status === "held" ? "appointment.hold" : "appointment.book";
  const { createdFrom, patientId } = input;
  const change = { appointmentId: id, kind: "created", action, to: as.status, details: { createdFrom } } as const;
  const patient =
    as.status === "scheduled" ? sql`, patient as ${bookedPatient(tx, ctx, patientId, isTaken).returning()}` : sql``;
  const [row] = await prepared<VisitRow>(
    tx,
    sql`with visit as ${visit},
      parts as ${segmentRows(tx, ctx, id, plan.parts).returning()},
      taken as ${occupancyRows(tx, ctx, id, plan.parts)},
      ${changeRows(tx, ctx, change)}${patient}
      ${visitRows(ctx, { where: isTaken, from: { appointments: sql`visit`, segments: sql`parts` }, limit: 1 })}`,
  );
  return row ? ok(visitOf(ctx, row)) : err("SLOT_TAKEN");
}

function rowOf(ctx: ClinicContext, id: string, input: PlaceVisit, plan: Plan, as: PlaceAs) {
  const { patientId, serviceId, createdFrom, conversationId = null, note = null } = input;
  return {
    ...as,
    id,
    clinicId: ctx.clinic.id,
    patientId,
    serviceId,
    providerId: plan.providerId,
    operatoryId: plan.operatoryId,
    startsAt: instantAt(plan.startsAt),
    endsAt: instantAt(plan.endsAt),
    createdFrom,
    conversationId,
    note,
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
  };
}

/** The visit as it stands after a change. */
export async function visitAfter(tx: Tx, ctx: ClinicContext, appointmentId: string): Promise<Result<Visit>> {
  const visit = await readVisit(tx, ctx, appointmentId);
  return visit ? ok(visit) : err("NOT_FOUND", { what: "appointment" });
}
