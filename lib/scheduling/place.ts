import { sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { appointments } from "@/db/schema/appointments";
import type { ClinicContext } from "@/lib/core/context";
import { prepared } from "@/lib/core/prepared";
import { err, ok, type Result } from "@/lib/core/result";
import { attempt } from "@/lib/core/transact";
import { bookedPatient } from "@/lib/patients/mark-booked";
import { isOpenAt, plansAt, type Plan } from "./availability";
import { keepCaps } from "./daily-caps";
import type { KnownService } from "./internal";
import { expireOverlapping, occupancyRows, segmentRows } from "./occupy";
import { factsOf, lockSchedule, readBook, type Book } from "./read-book";
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
  const ask = { range: [start, start + 1] as const, providerIds: providerId ? [providerId] : undefined, operatoryId };
  const book = await readBook(tx, ctx, serviceId, ask);
  const { service } = book;
  if (!service?.isActive || !(service.isOnline || isDesk(ctx))) return err("NOT_FOUND", { what: "service" });
  const timing = timingOf(ctx, service.rules, input.startsAt);
  if (!timing.ok) return timing;
  return takeFirstFree(tx, ctx, service, book, (inner, plan, known) => write(inner, ctx, input, plan, as, known));
}

/**
 * Tries the plans for one start, the fairest first, until `take` gets one; after each that a rival took, the book is
 * read again. `take` locks the schedule first, so hours can't change under us. What it wrote of a plan that it did not
 * get is rolled back here, or by the caller when nothing else could be tried.
 */
export async function takeFirstFree(
  tx: Tx,
  ctx: ClinicContext,
  service: KnownService,
  first: Book,
  take: (tx: Tx, plan: Plan, book: Book) => Promise<Result<Visit>>,
): Promise<Result<Visit>> {
  const { ask } = first;
  const [start] = ask.range;
  let [book, facts] = [first, factsOf(ctx, service.plan, first)];
  if (!facts.providers.some(({ mayLead }) => mayLead)) return err("NOT_FOUND", { what: "provider" });
  if (ask.operatoryId && facts.operatoryIds.length === 0) return err("NOT_FOUND", { what: "operatory" });
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const [plan, another] = plansAt(facts, [start], 2);
    if (!plan) break;
    const known = book;
    const within = async (inner: Tx) => {
      const hasRoom = await keepCaps(inner, ctx, { ...known, service, plan });
      return hasRoom ? take(inner, plan, known) : CAPPED;
    };
    const isOnlyOne = !another && plan.parts.length === 1;
    if (isOnlyOne) return within(tx); // there is nothing else to try: a savepoint would save nothing
    const taken = await attempt(tx, VIOLATIONS, within);
    if (taken.ok || (taken.error !== "SLOT_TAKEN" && taken !== CAPPED)) return taken;
    book = await readBook(tx, ctx, service.id, ask);
    facts = factsOf(ctx, service.plan, book);
  }
  if (isOpenAt(facts, start)) return err("SLOT_TAKEN");
  return isOpenAt({ ...facts, full: new Map() }, start) ? CAPPED : err("OUTSIDE_HOURS");
}

/** Somebody works then, and has as many visits of that day as the clinic gives patients. */
const CAPPED = err("OUTSIDE_HOURS", { why: "cap" });

/** Takes a plan: SLOT_TAKEN leaves what was written to be rolled back. */
async function write(
  tx: Tx,
  ctx: ClinicContext,
  input: PlaceVisit,
  plan: Plan,
  as: PlaceAs,
  book: Book,
): Promise<Result<Visit>> {
  const locked = lockSchedule(tx, ctx, book);
  if (book.hasEndedHolds) {
    await locked;
    await expireOverlapping(tx, ctx, plan);
  }
  const [, [row]] = await Promise.all([locked, prepared<VisitRow>(tx, visitStatement(tx, ctx, input, plan, as))]);
  return row ? ok(visitOf(ctx, row)) : err("SLOT_TAKEN");
}

/**
 * Writes the visit and all that goes with it, and answers it as it stands; nothing when the slot was taken (ON CONFLICT
 * DO NOTHING on `occupancies`). The patient comes last: whoever waits for a slot must not keep another booking of the
 * same patient waiting.
 */
function visitStatement(tx: Tx, ctx: ClinicContext, input: PlaceVisit, plan: Plan, as: PlaceAs): SQL {
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
  return sql`with visit as ${visit},
    parts as ${segmentRows(tx, ctx, id, plan.parts).returning()},
    taken as ${occupancyRows(tx, ctx, id, plan.parts)},
    ${changeRows(tx, ctx, change)}${patient}
    ${visitRows(ctx, { where: isTaken, from: { appointments: sql`visit`, segments: sql`parts` }, limit: 1 })}`;
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
