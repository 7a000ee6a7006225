import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { addDays, dayIn, instantOf, timeIn } from "@/lib/core/zone";
import { isOpenAt, plansAt, type Facts, type Part, type Plan } from "./availability";
import type { KnownService } from "./internal";
import { calendarDays, wallStarts } from "./open-hours";
import { factsOf, readBook } from "./read-book";
import { bookableFrom, timingOf } from "./rules";
import { instantAt, minuteOf, type Span } from "./spans";
import { stretchPlan } from "./stretch";

/** A start that somebody wishes for, and where else to look when it is taken. */
export interface Wish {
  serviceId: string;
  providerId?: string | undefined;
  operatoryId?: string | undefined;
  startsAt: Date;
  /** Days from the wished one on which the nearest free time of day will do, in the order of trying; none: exactly. */
  days: readonly number[];
  /** No start before this will do. */
  notBefore?: Date | undefined;
  /** The chair to have where it is free. */
  preferredOperatoryId?: string | null | undefined;
  /** A visit that is to be moved: its time counts as free, it keeps its length, and its service may be retired. */
  moved?: { id: string; minutes: number; hasChair: boolean } | undefined;
}
export interface FoundPlan {
  plan: Plan;
  service: KnownService;
  hasEndedHolds: boolean;
}
interface OpenPage {
  facts: Facts;
  service: KnownService;
  hasEndedHolds: boolean;
}

/**
 * Where a wish fits: exactly, else nearest to the wished time of day on the first of its days that has room. `planned`
 * is what goes into the book before it. Locks and takes nothing. NOT_FOUND (service, provider); what keeps the wished
 * start from being booked: TOO_SOON, OUTSIDE_HOURS, SLOT_TAKEN.
 */
export async function findNearestIn(
  tx: Tx,
  ctx: ClinicContext,
  wish: Wish,
  planned: readonly Part[],
): Promise<Result<FoundPlan>> {
  const { timeZone } = ctx.clinic;
  const start = minuteOf(wish.startsAt);
  const day = dayIn(wish.startsAt, timeZone);
  const range: Span = wish.days.length > 0 ? dayRange(day, timeZone) : [start, start + 1];
  const page = await openPage(tx, ctx, wish, planned, range);
  if (!page.ok) return page;
  const { facts, service } = page.data;
  const timing = timingOf(ctx, service.rules, wish.startsAt);
  const isEarly = wish.notBefore !== undefined && wish.startsAt < wish.notBefore;
  const [exact] = timing.ok && !isEarly ? plansAt(facts, [start], 1) : [];
  if (exact) return ok({ ...page.data, plan: exact });
  for (const offset of wish.days) {
    const target = addDays(day, offset);
    const other = offset === 0 ? page : await openPage(tx, ctx, wish, planned, dayRange(target, timeZone));
    if (!other.ok) return other;
    const plan = nearestOn(ctx, wish, other.data, target);
    if (plan) return ok({ ...other.data, plan });
  }
  if (!timing.ok) return timing;
  return err(isOpenAt(facts, start) ? "SLOT_TAKEN" : "OUTSIDE_HOURS");
}

function dayRange(day: string, timeZone: string): Span {
  const [date] = calendarDays(day, day, timeZone);
  return date ? [date.from, date.to] : [0, 0];
}

async function openPage(
  tx: Tx,
  ctx: ClinicContext,
  wish: Wish,
  planned: readonly Part[],
  range: Span,
): Promise<Result<OpenPage>> {
  const { serviceId, providerId, operatoryId, preferredOperatoryId: chair, moved } = wish;
  const ask = {
    range,
    providerIds: providerId ? [providerId] : undefined,
    operatoryId,
    preferredIds: chair ? [chair] : [],
    exceptAppointmentId: moved?.id,
  };
  let book = await readBook(tx, ctx, serviceId, ask);
  const needsChair = book.service?.plan.segments.some(({ role }) => role === "operatory");
  const isSeated = moved?.hasChair && !needsChair && !operatoryId && chair; // staff gave it one: it keeps having one
  if (isSeated) book = await readBook(tx, ctx, serviceId, { ...ask, operatoryId: chair });
  const { service, hasEndedHolds } = book;
  if (!service || !(service.isActive || moved)) return err("NOT_FOUND", { what: "service" });
  const facts = factsOf(ctx, moved ? stretchPlan(service.plan, moved.minutes) : service.plan, book);
  if (!facts.providers.some(({ mayLead }) => mayLead)) return err("NOT_FOUND", { what: "provider" });
  if (operatoryId && facts.operatoryIds.length === 0) return err("NOT_FOUND", { what: "operatory" });
  return ok({ facts: { ...facts, busy: busyWith(facts.busy, planned) }, service, hasEndedHolds });
}

/** The book with these parts in it. */
export function busyWith(before: Facts["busy"], planned: readonly Part[]): Facts["busy"] {
  const busy = new Map(before);
  for (const { resourceId, occupied } of planned) busy.set(resourceId, [...(busy.get(resourceId) ?? []), occupied]);
  return busy;
}

/** The free start of a day that is nearest to the wished time on the wall; of two as near, the earlier. */
function nearestOn(ctx: ClinicContext, wish: Wish, { facts, service }: OpenPage, day: string): Plan | undefined {
  const { timeZone } = ctx.clinic;
  const wished = minuteOf(instantOf(day, timeIn(wish.startsAt, timeZone), timeZone));
  const [from, to] = dayRange(day, timeZone);
  const notBefore = wish.notBefore ? minuteOf(wish.notBefore) : -Infinity;
  const earliest = Math.max(from, bookableFrom(ctx, service.rules), notBefore);
  const starts = wallStarts(calendarDays(day, day, timeZone), service.rules.slotStepMinutes, [earliest, to], timeZone);
  const plans = plansAt(
    facts,
    starts.map(({ startsAt }) => startsAt),
    1,
  ).filter(({ startsAt }) => timingOf(ctx, service.rules, instantAt(startsAt)).ok);
  const distance = ({ startsAt }: Plan) => Math.abs(startsAt - wished);
  return plans.toSorted((a, b) => distance(a) - distance(b))[0];
}
