import { and, asc, eq, gt, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appointments } from "@/db/schema/appointments";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { addDays, dayIn, daysBetween, instantOf, timeIn } from "@/lib/core/zone";
import { changeVisit } from "../change-visit";
import { keepOrder, lockSeriesOf } from "../keep-order";
import { lockVisit, type LockedVisit } from "../lock-visit";
import { moveTogetherIn, type JointMove } from "../move-together";
import { rescheduleIn } from "../reschedule";
import type { MoveVisit, ShownVisit, Visit } from "../schema";

/**
 * Moves a visit and, by as many days, the later ones of its series that are still ahead: each to the same time on the
 * wall, or the nearest free start of that day, or of the next three. All or nothing. What comes before it stays: CONFLICT `{why: "order"}`
 * when it would come before that. Else as a move; a visit without a series, or on the same day, moves alone.
 */
export async function moveWithRestIn(tx: Tx, ctx: ClinicContext, input: MoveVisit): Promise<Result<Visit>> {
  if (ctx.clinic.status === "suspended") return err("CLINIC_SUSPENDED");
  const { appointmentId, startsAt, providerId, operatoryId } = input;
  const [series] = await lockSeriesOf(tx, ctx, [appointmentId]);
  const locked = series ? await lockRest(tx, ctx, series.id, appointmentId) : undefined;
  if (!series || !locked) return rescheduleIn(tx, ctx, input);
  const { visit, rest } = locked;
  const { timeZone } = ctx.clinic;
  const days = daysBetween(dayIn(visit.startsAt, timeZone), dayIn(startsAt, timeZone));
  if (days === 0 || rest.length === 0 || series.kind === "family") return rescheduleIn(tx, ctx, input);
  if (visit.status !== "scheduled") return err("ILLEGAL_TRANSITION", { from: visit.status, to: "moved" });
  const first: JointMove = {
    ...WORDS,
    visit,
    startsAt,
    providerId: providerId ?? visit.providerId,
    operatoryId: operatoryId ?? visit.operatoryId,
  };
  const moved = await moveTogetherIn(tx, ctx, [first, ...rest.map((later) => movedBy(later, days, timeZone))]);
  if (!moved.ok) return moved;
  const kept = await keepOrder(tx, ctx, [series]);
  const [answer] = moved.data;
  if (!answer) throw new Error("a move moves one at least");
  return kept.ok ? ok(answer) : kept;
}

export const moveWithRest = (ctx: ClinicContext, input: MoveVisit): Promise<Result<ShownVisit>> =>
  changeVisit(ctx, (tx) => moveWithRestIn(tx, ctx, input));

/** A visit that would be moved into a weekend is moved past it. */
const FORWARD = [0, 1, 2, 3];
const WORDS = { action: "appointment.reschedule", reason: "series" } as const;

function movedBy(visit: LockedVisit, days: number, timeZone: string): JointMove {
  const day = addDays(dayIn(visit.startsAt, timeZone), days);
  const startsAt = instantOf(day, timeIn(visit.startsAt, timeZone), timeZone);
  return { ...WORDS, visit, startsAt, providerId: visit.providerId, days: FORWARD, isAfterThePrevious: true };
}

/** The visit and the booked ones after it, in the order of the series, locked in order of id. */
async function lockRest(
  tx: Tx,
  ctx: ClinicContext,
  seriesId: string,
  appointmentId: string,
): Promise<{ visit: LockedVisit; rest: LockedVisit[] } | undefined> {
  const position = tx
    .select({ position: appointments.seriesPosition })
    .from(appointments)
    .where(and(eq(appointments.clinicId, ctx.clinic.id), eq(appointments.id, appointmentId)));
  const later = await tx
    .select({ id: appointments.id })
    .from(appointments)
    .where(
      and(
        eq(appointments.clinicId, ctx.clinic.id),
        eq(appointments.seriesId, seriesId),
        gt(appointments.seriesPosition, position),
        inArray(appointments.status, ["scheduled"]),
        gt(appointments.startsAt, ctx.now()),
      ),
    )
    .orderBy(asc(appointments.id));
  const locked: LockedVisit[] = [];
  for (const id of [appointmentId, ...later.map((one) => one.id)].toSorted()) {
    const one = await lockVisit(tx, ctx, id);
    if (one.ok) locked.push(one.data);
  }
  const visit = locked.find(({ id }) => id === appointmentId);
  const rest = locked.filter(({ id, status }) => id !== appointmentId && status === "scheduled");
  return visit && { visit, rest: rest.toSorted((a, b) => (a.seriesPosition ?? 0) - (b.seriesPosition ?? 0)) };
}
