import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { appointments } from "@/db/schema/appointments";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { attempt } from "@/lib/core/transact";
import { isOpenAt, plansAt, type Plan } from "./availability";
import { findService, readBusy, readFacts, resourcesOf, type FactsAsk, type KnownService } from "./internal";
import { expireOverlapping, occupy, writeSegments } from "./occupy";
import { readVisit } from "./read-visits";
import { recordChange } from "./record-change";
import { isDesk, timingOf, VIOLATIONS } from "./rules";
import type { PlaceVisit, Visit } from "./schema";
import { instantAt, minuteOf } from "./spans";

/** A visit is placed as a hold, with its end, or as booked. */
export type PlaceAs = { status: "held"; holdExpiresAt: Date } | { status: "scheduled"; holdExpiresAt: null };

/** Rivals can take one candidate after the other from us; this many are tried before the answer is SLOT_TAKEN. */
const MOST_TRIES = 12;

/**
 * Finds who and which chair do the visit, fairly, and takes them. NOT_FOUND (service, provider, patient),
 * CLINIC_SUSPENDED, TOO_SOON, OUTSIDE_HOURS, SLOT_TAKEN; the caller rolls back on each.
 */
export async function placeIn(tx: Tx, ctx: ClinicContext, input: PlaceVisit, as: PlaceAs): Promise<Result<Visit>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  const service = await findService(tx, ctx, input.serviceId);
  if (!service || !(service.row.isOnline || isDesk(ctx))) return err("NOT_FOUND", { what: "service" });
  const timing = timingOf(ctx, service.rules, input.startsAt);
  if (!timing.ok) return timing;
  const { providerId, operatoryId } = input;
  const start = minuteOf(input.startsAt);
  const ask = { range: [start, start + 1] as const, providerIds: providerId ? [providerId] : undefined, operatoryId };
  return takeFirstFree(tx, ctx, service, ask, (inner, plan) => write(inner, ctx, input, plan, as));
}

/**
 * Tries the plans for one start, the fairest first, until `take` gets one; after each that a rival took, the book is
 * read again. The providers' rows stay locked FOR SHARE, so hours can't change under us.
 */
export async function takeFirstFree(
  tx: Tx,
  ctx: ClinicContext,
  service: KnownService,
  ask: FactsAsk,
  take: (tx: Tx, plan: Plan) => Promise<Result<string>>,
): Promise<Result<Visit>> {
  const [start] = ask.range;
  let facts = await readFacts(tx, ctx, service, { ...ask, isBooking: true });
  if (!facts.providers.some(({ mayLead }) => mayLead)) return err("NOT_FOUND", { what: "provider" });
  if (ask.operatoryId && facts.operatoryIds.length === 0) return err("NOT_FOUND", { what: "operatory" });
  if (!isOpenAt(facts, start)) return err("OUTSIDE_HOURS");
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const [plan] = plansAt(facts, [start], 1);
    if (!plan) break;
    const taken = await attempt(tx, VIOLATIONS, (inner) => take(inner, plan));
    if (taken.ok) return visitAfter(tx, ctx, taken.data);
    if (taken.error !== "SLOT_TAKEN") return taken;
    facts = { ...facts, busy: await readBusy(tx, ctx, resourcesOf(facts), ask) };
  }
  return err("SLOT_TAKEN");
}

async function write(tx: Tx, ctx: ClinicContext, input: PlaceVisit, plan: Plan, as: PlaceAs): Promise<Result<string>> {
  await expireOverlapping(tx, ctx, plan);
  const { patientId, serviceId, createdFrom, conversationId, note } = input;
  const id = newId();
  await tx.insert(appointments).values({
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
  });
  await writeSegments(tx, ctx, id, plan.parts);
  if (!(await occupy(tx, ctx, id, plan.parts))) return err("SLOT_TAKEN");
  const action = as.status === "held" ? "appointment.hold" : "appointment.book";
  await recordChange(tx, ctx, { appointmentId: id, kind: "created", action, to: as.status, details: { createdFrom } });
  return ok(id);
}

/** The visit as it stands after a change. */
export async function visitAfter(tx: Tx, ctx: ClinicContext, appointmentId: string): Promise<Result<Visit>> {
  const visit = await readVisit(tx, ctx, appointmentId);
  return visit ? ok(visit) : err("NOT_FOUND", { what: "appointment" });
}
