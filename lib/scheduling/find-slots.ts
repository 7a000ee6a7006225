import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { dayIn, instantOf } from "@/lib/core/zone";
import { plansAt, type Facts, type Plan } from "./availability";
import { fits, isExcluded, nearest, spread } from "./choose-offers";
import { findService, readProviderNames, type KnownService } from "./internal";
import { factsOf, readBook, readBusy } from "./read-book";
import { calendarDays, wallStarts, type WallStart } from "./open-hours";
import { bookableFrom, isDesk } from "./rules";
import type { FindSlots, FoundSlot, FoundSlots, SlotWish } from "./schema";
import { instantAt, minuteOf, type Span } from "./spans";

const OFFERS = 3;
const DAY = 1440;
/** The book is read in stretches of this; most searches end in the first. */
const STRETCH = 14 * DAY;

interface Offer extends WallStart {
  plan: Plan;
}
interface Search {
  tx: Tx;
  ctx: ClinicContext;
  input: FindSlots;
  wish: SlotWish;
  facts: Facts;
  starts: readonly WallStart[];
}

/**
 * The next free slots for what was asked, at most `limit` (3), spread over it, the nearest first. When nothing fits,
 * the nearest others and why. Days and times are the clinic's. NOT_FOUND: no such service, or nobody of those named
 * provides it. Nothing is taken: what was found can be gone when it is held.
 */
export async function findSlotsIn(tx: Tx, ctx: ClinicContext, input: FindSlots): Promise<Result<FoundSlots>> {
  const service = await findService(tx, ctx, input.serviceId, {
    isRetiredToo: input.exceptAppointmentId !== undefined,
  });
  if (!service) return err("NOT_FOUND", { what: "service" });
  const { wish = {}, limit = OFFERS } = input;
  const range = bookable(ctx, service, input);
  const ask = { ...input, range, busyRange: [range[0], range[0]] as const };
  const facts = factsOf(ctx, service.plan, await readBook(tx, ctx, service.id, ask));
  if (!facts.providers.some(({ mayLead }) => mayLead)) return err("NOT_FOUND", { what: "provider" });
  const search = { tx, ctx, input, wish, facts, starts: startsIn(ctx, service, input, range) };

  const wanted = search.starts.filter((start) => fits(wish, start));
  const found = await freeAmong(search, wanted, (offers) => isPlenty(offers, wish, limit));
  const names = await readProviderNames(tx, ctx);
  const slotOf = ({ plan }: Offer): FoundSlot => ({
    startsAt: instantAt(plan.startsAt),
    endsAt: instantAt(plan.endsAt),
    providerId: plan.providerId,
    providerName: names.get(plan.providerId) ?? "",
    operatoryId: plan.operatoryId,
  });
  if (found.length > 0) {
    const fitting = spread(found, wish, limit).map(slotOf);
    return ok({ fits: fitting, nearest: [], hasMore: found.length > fitting.length, why: null });
  }
  const others = nearest(await freeAround(search), wish, limit).map(slotOf);
  return ok({ fits: [], nearest: others, hasMore: false, why: whyNone(search, range, wanted) });
}

export const findSlots = (ctx: ClinicContext, input: FindSlots): Promise<Result<FoundSlots>> =>
  query(ctx, (tx) => findSlotsIn(tx, ctx, input));

/** From the first start that may still be booked to the horizon, narrowed by "something later", "an earlier one". */
function bookable(ctx: ClinicContext, { rules }: KnownService, { after, before }: FindSlots): Span {
  const from = Math.max(bookableFrom(ctx, rules), after ? minuteOf(after) + 1 : -Infinity);
  const horizon = minuteOf(ctx.now()) + rules.bookingHorizonDays * DAY * (isDesk(ctx) ? 4 : 1);
  const to = Math.min(horizon, before ? minuteOf(before) : Infinity);
  return [from, Math.max(from, to)];
}

function startsIn(ctx: ClinicContext, { rules }: KnownService, { exceptStarts = [] }: FindSlots, range: Span) {
  const { timeZone } = ctx.clinic;
  const days = calendarDays(dayIn(instantAt(range[0]), timeZone), dayIn(instantAt(range[1]), timeZone), timeZone);
  const shown = new Set(exceptStarts.map(minuteOf));
  return wallStarts(days, rules.slotStepMinutes, range, timeZone).filter(({ startsAt }) => !shown.has(startsAt));
}

/** Which of these starts are free, stretch by stretch, until there are enough. */
async function freeAmong(
  { tx, ctx, input, facts }: Search,
  starts: readonly WallStart[],
  isEnough: (offers: readonly Offer[]) => boolean,
): Promise<Offer[]> {
  const offers: Offer[] = [];
  for (let at = 0; at < starts.length && !isEnough(offers);) {
    const from = starts[at]?.startsAt ?? 0;
    const next = starts.findIndex(({ startsAt }) => startsAt >= from + STRETCH);
    const stretch = starts.slice(at, next === -1 ? undefined : next);
    at += stretch.length;
    const range = [from, (stretch.at(-1)?.startsAt ?? from) + 1] as const;
    const busy = await readBusy(tx, ctx, facts, { ...input, range });
    offers.push(...offersOf({ ...facts, busy }, stretch));
  }
  return offers;
}

function offersOf(facts: Facts, starts: readonly WallStart[]): Offer[] {
  const wallOf = new Map(starts.map((start) => [start.startsAt, start]));
  const plans = plansAt(
    facts,
    starts.map(({ startsAt }) => startsAt),
    1,
  );
  return plans.flatMap((plan) => {
    const wall = wallOf.get(plan.startsAt);
    return wall ? [{ ...wall, plan }] : [];
  });
}

/** Enough to spread: of an open question the first days, of named days all. */
function isPlenty(offers: readonly Offer[], wish: SlotWish, limit: number): boolean {
  if (wish.days?.length && wish.days.every(({ to }) => to !== null)) return false;
  return new Set(offers.map(({ day }) => day)).size > limit;
}

/** Free starts around what was asked: the weeks on both sides of the named days, else, or if those are full, the first. */
async function freeAround(search: Search): Promise<Offer[]> {
  const { wish, starts, ctx } = search;
  const allowed = starts.filter(({ day }) => !isExcluded(wish, day));
  const first = wish.days?.map(({ from }) => from).sort()[0];
  if (first !== undefined) {
    const centre = minuteOf(instantOf(first, "12:00", ctx.clinic.timeZone));
    const close = allowed.filter(({ startsAt }) => Math.abs(startsAt - centre) <= STRETCH / 2);
    const found = await freeAmong(search, close, () => false);
    if (found.length > 0) return found;
  }
  return freeAmong(search, allowed, (offers) => offers.length > 0);
}

function whyNone({ wish, facts, ctx }: Search, range: Span, wanted: readonly WallStart[]): FoundSlots["why"] {
  if (wanted.length > 0)
    return offersOf({ ...facts, busy: new Map(), full: new Map() }, wanted).length > 0 ? "full" : "closed";
  const { timeZone } = ctx.clinic;
  const [first, last] = [dayIn(instantAt(range[0]), timeZone), dayIn(instantAt(range[1]), timeZone)];
  const days = wish.days ?? [];
  if (days.length > 0 && days.every(({ from }) => from > last)) return "too_far";
  return days.length > 0 && days.every(({ to }) => to !== null && to <= first) ? "too_soon" : "closed";
}
