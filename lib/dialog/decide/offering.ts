import { ask, type Deciding, type SlotsFact, type VisitFact } from "./facts";
import type { SayValue } from "./items";
import { askFor, know, patch, say, text, type Talk } from "./talk";
import { isNarrowing } from "./wish";
import type { TimeConstraint } from "../schema";
import type { Offer } from "../state";
import { propose } from "./proposing";

export interface Narrowing {
  readonly after?: string | null;
  readonly before?: string | null;
  /** Leave out what was shown: "show me others". */
  readonly isOthers?: boolean;
  /** This one was just lost: say so, and offer what is near it. */
  readonly lost?: Offer;
}

/** Looks slots up for what is known and offers them; a wish that one slot alone fits goes straight to its yes or no. */
export function* offerSlots(
  talk: Talk,
  serviceId: string,
  visit: VisitFact | null,
  by: Narrowing = {},
): Deciding<void> {
  const { known, shown } = talk.state;
  const wish = by.lost ? nearTo(talk, by.lost) : wishNow(known.wish);
  const found = yield* ask("slots", {
    serviceId,
    providerId: known.providerId,
    exceptProviderIds: known.exceptProviderIds,
    wish,
    exceptStarts: by.lost ? [by.lost.startsAt] : by.isOthers ? shown : [],
    after: by.after ?? null,
    before: by.before ?? null,
    exceptVisitId: visit?.id ?? null,
  });
  const offers = found.fits.length > 0 ? found.fits : found.nearest;
  const [only] = found.fits;
  const wantsEarlier = visit !== null && found.fits.length === 0 && isEarlier(visit, by, known.wish);
  if (offers.length === 0) return noneLeft(talk, by, wantsEarlier);
  if (only && isTheOne(found, wish, by)) return yield* propose(talk, only, visit);
  show(talk, found, offers, wish, by);
  if (wantsEarlier) say(talk, "waitlistHint", {}, { isOptional: true });
}

/** Something before the visit that they have: what isn't there now may come free. */
const isEarlier = (visit: VisitFact, by: Narrowing, wish: TimeConstraint | null): boolean =>
  by.before != null || wish?.relative === "earlier" || wish?.days?.some(({ from }) => from < visit.startsAt) === true;

/** What "as soon as possible" and the like leave of a wish once something else narrows it. */
const wishNow = (wish: TimeConstraint | null): TimeConstraint | null => wish && { ...wish, relative: undefined };

const nearTo = (talk: Talk, { startsAt }: Offer): TimeConstraint => {
  const wish = talk.state.known.wish;
  return wish && isNarrowing(wish)
    ? { ...wish, at: undefined, relative: undefined }
    : { words: startsAt, earliest: true };
};

const isTheOne = ({ fits, hasMore }: SlotsFact, wish: TimeConstraint | null, by: Narrowing): boolean => {
  if (by.lost || by.isOthers || !wish) return false;
  return fits.length === 1 && !hasMore && Boolean(wish.at) && !wish.approximate;
};

function show(talk: Talk, found: SlotsFact, offers: readonly Offer[], wish: TimeConstraint | null, by: Narrowing) {
  const isExact = found.fits.length > 0 && !by.lost;
  const isMore = Boolean(by.isOthers || by.after || by.before);
  const wishValue: Record<string, SayValue> = wish && isNarrowing(wish) ? { wish: { is: "wish", wish } } : {};
  const isEcho = isExact && !isMore && wishValue.wish !== undefined && offers.length > 1;
  const shown = [...new Set([...talk.state.shown, ...offers.map(({ startsAt }) => startsAt)])];
  patch(talk, { offers: [...offers], shown });
  if (by.lost) say(talk, "taken", { moment: { is: "moment", at: by.lost.startsAt } });
  else if (!isExact) say(talk, isMore ? "noOthers" : missKey(found, wishValue), isMore ? {} : wishValue);
  const withProvider = talk.state.known.providerId === null;
  const value: SayValue = { is: "offers", offers, withProvider, isDaySaid: isEcho && isOneDay(wish) };
  const key = isEcho ? "offerWish" : offersKey(offers, isExact, isMore);
  askFor(
    talk,
    "offers",
    key,
    { offers: value, ...(isEcho ? wishValue : {}) },
    offers.map(({ startsAt }) => startsAt),
  );
}

const isOneDay = (wish: TimeConstraint | null): boolean =>
  wish?.days?.length === 1 && wish.days[0]?.from === wish.days[0]?.to && !wish.weekdays?.length;

const missKey = ({ why }: SlotsFact, { wish }: Record<string, SayValue>): string => {
  if (!wish) return "miss.nothing";
  return why === "too_soon" || why === "too_far" || why === "closed" ? `miss.${why}` : "miss.full";
};

const offersKey = (offers: readonly Offer[], isExact: boolean, isMore: boolean): string => {
  if (offers.length === 1) return "offerOne";
  if (isMore) return "offerOthers";
  return isExact ? "offerFits" : "offerNearest";
};

function noneLeft(talk: Talk, by: Narrowing, wantsEarlier: boolean): void {
  const { known } = talk.state;
  say(talk, by.isOthers || by.after || by.before ? "noOthers" : "noSlots", { phone: text(talk.facts.clinic.phone) });
  if (known.providerId) know(talk, { providerId: null });
  know(talk, { wish: null });
  patch(talk, { offers: [], shown: [] });
  askFor(talk, "time", "askOtherTime");
  if (wantsEarlier) say(talk, "waitlistHint", {}, { isOptional: true });
}
