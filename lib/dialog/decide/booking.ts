import type { Offer } from "../state";
import { absorb, dropProposal } from "./absorb";
import type { Deciding, ServiceFact, VisitFact } from "./facts";
import { remind } from "./misunderstood";
import { offerSlots, type Narrowing } from "./offering";
import { carryOut, declineProposal, propose } from "./proposing";
import {
  askFor,
  has,
  isAsked,
  isOutOfRange,
  know,
  namesSomebody,
  patch,
  pickedOption,
  say,
  saysNo,
  saysYes,
  type Talk,
} from "./talk";
import { settleVisit } from "./visits";
import { settleWho } from "./who";
import { daysOnly, fitsWish } from "./wish";

/** A booking, wherever it stands: what the message adds is taken in, and the next open point is asked or done. */
export function* book(talk: Talk): Deciding<void> {
  patch(talk, { flow: "booking" });
  const offer = yield* takeIn(talk);
  if (!settleWho(talk, true)) return;
  const serviceId = settleService(talk);
  if (!serviceId) return;
  settleProvider(talk, serviceId);
  yield* choose(talk, serviceId, null, offer);
}

/** A move: the same steps, for a visit that exists, with its service and its provider unless another is named. */
export function* move(talk: Talk): Deciding<void> {
  patch(talk, { flow: "moving" });
  const isNew = talk.state.known.visitId === null;
  const offer = yield* takeIn(talk);
  const visit = yield* settleVisit(talk);
  if (!visit) return;
  know(talk, { serviceId: visit.serviceId, patientId: visit.patientId });
  if (isNew && talk.state.known.providerId === null && !has(talk, "no_preference"))
    know(talk, { providerId: visit.providerId });
  if (isNew && !talk.state.known.wish)
    return askFor(talk, "time", "moveToWhen", { visits: { is: "visits", visits: [visit] } });
  yield* choose(talk, visit.serviceId, visit, offer);
}

/** Takes the message into what is known, unless it picks one of the offers or agrees with the one that stands. */
function* takeIn(talk: Talk): Deciding<Offer | undefined> {
  const offer = chosen(talk);
  const { proposal } = talk.state;
  if (offer && proposal) yield* dropProposal(talk);
  yield* absorb(talk, Boolean(offer) || (proposal !== null && agrees(talk, proposal.offer)));
  return offer;
}

/** All that is said of time, provider and service is true of this offer. */
function agrees(talk: Talk, offer: Offer): boolean {
  const { time, provider, service } = talk.heard.slots;
  return (
    (!time || (!time.relative && fitsWish(offer.startsAt, time, talk.facts.clinic.timeZone))) &&
    (!provider?.ids.length || provider.ids.includes(offer.providerId)) &&
    (!service?.ids.length || service.ids.includes(offer.serviceId))
  );
}

/** A provider who doesn't do this service is said so, and anyone who does will do. */
function settleProvider(talk: Talk, serviceId: string): void {
  const { providerId } = talk.state.known;
  const service = talk.facts.services.find(({ id }) => id === serviceId);
  if (!providerId || service?.providerIds.includes(providerId)) return;
  know(talk, { providerId: null });
  say(talk, "providerNotFor", {
    provider: { is: "provider", id: providerId },
    service: { is: "service", id: serviceId },
  });
}

/** What the visit is for: said, the only one, or asked for with the list; "I don't know" takes the clinic's first. */
export function settleService(talk: Talk): string | undefined {
  const online = talk.facts.services.filter(({ isOnline }) => isOnline);
  const { known, asked } = talk.state;
  const picked = isAsked(talk, "service") ? pickedOption(talk, asked?.options ?? []) : undefined;
  const isOpenToAny = isAsked(talk, "service") && has(talk, "unsure", "no_preference");
  const pain = known.isSymptom ? serviceForPain(online) : undefined;
  const serviceId =
    picked ?? known.serviceId ?? pain ?? (online.length === 1 || isOpenToAny ? online[0]?.id : undefined);
  const service = talk.facts.services.find(({ id }) => id === serviceId);
  if (service?.isOnline) {
    know(talk, { serviceId: service.id });
    return service.id;
  }
  const fitting = online.filter(({ id }) => talk.heard.slots.service?.ids.includes(id));
  const ids = (fitting.length > 1 ? fitting : online).slice(0, 9).map(({ id }) => id);
  if (service) {
    know(talk, { serviceId: null });
    say(talk, "notOnline", {
      service: { is: "service", id: service.id },
      phone: { is: "text", text: talk.facts.clinic.phone },
    });
  }
  if (talk.heard.slots.service?.ids.length === 0) say(talk, "notOffered");
  askFor(talk, "service", "askService", { services: { is: "services", ids } }, ids);
  return undefined;
}

/** Where it hurts the visit is an urgent one, if the clinic has such, else an examination, else its first service. */
function serviceForPain(online: readonly ServiceFact[]): string | undefined {
  const named = (words: RegExp) => online.find(({ names }) => words.test(names.en ?? ""));
  return (named(/emergen|urgen/i) ?? named(/check|exam|consult/i) ?? online[0])?.id;
}

function* choose(talk: Talk, serviceId: string, visit: VisitFact | null, offer: Offer | undefined): Deciding<void> {
  if (offer) return yield* propose(talk, offer, visit);
  if (talk.state.proposal) return yield* answerProposal(talk, visit);
  const by = narrowing(talk);
  // The list still stands: nothing that was said asks for another one.
  if (isAsked(talk, "offers") && talk.state.offers.length > 0 && !by.isOthers && !by.after && !by.before) {
    if (saysNo(talk) && !namesSomebody(talk)) return declineOffers(talk);
    if (isOutOfRange(talk, talk.state.offers)) say(talk, "noSuchOption");
    return remind(talk);
  }
  yield* offerSlots(talk, serviceId, visit, by);
}

function declineOffers(talk: Talk): void {
  patch(talk, { offers: [] });
  know(talk, { wish: daysOnly(talk.state.known.wish) });
  askFor(talk, "time", "askOtherTime");
}

const asksOthers = (talk: Talk) => has(talk, "show_more", "none_of_these");

/** "Others", "later", "earlier": what the next list leaves out, or where it begins. */
function narrowing(talk: Talk): Narrowing {
  const { offers } = talk.state;
  const relative = talk.heard.slots.time?.relative;
  const starts = offers.map(({ startsAt }) => startsAt).sort();
  const isLater = relative === "later" || (has(talk, "running_late") && !talk.heard.slots.time);
  if (isLater && starts.length > 0) return { after: starts.at(-1) ?? null };
  if (relative === "earlier" && starts.length > 0) return { before: starts[0] ?? null };
  return { isOthers: asksOthers(talk) };
}

/** The offer that was picked: by number, as the only one, as any of them, or by what was said of it. */
function chosen(talk: Talk): Offer | undefined {
  const offer = pickedOffer(talk);
  // What is said of the slot that waits for its yes picks nothing new.
  return offer?.startsAt === talk.state.proposal?.offer.startsAt ? undefined : offer;
}

function pickedOffer(talk: Talk): Offer | undefined {
  const { offers, proposal } = talk.state;
  if (offers.length === 0) return undefined;
  if (asksOthers(talk) || talk.heard.slots.time?.relative) return undefined;
  const picked = isAsked(talk, "offers") ? pickedOption(talk, offers) : undefined;
  if (picked) return picked;
  const named = namedOffers(talk, offers);
  if (named.length === 1) return named[0];
  if (has(talk, "no_preference") && isAsked(talk, "offers")) return offers[0];
  return saysYes(talk) && offers.length === 1 && !proposal ? offers[0] : undefined;
}

/** What was said fits some of the offers. A day alone asks for more of that day, unless a yes is said with it. */
function namedOffers(talk: Talk, offers: readonly Offer[]): readonly Offer[] {
  const { time, provider } = talk.heard.slots;
  if (!time && !provider?.ids.length) return [];
  const isExact = Boolean(time?.at ?? time?.anyOf ?? time?.ambiguousAt) && !time?.approximate;
  if (time && !isExact && !saysYes(talk)) return [];
  return offers.filter(
    ({ startsAt, providerId }) =>
      (!time || fitsWish(startsAt, time, talk.facts.clinic.timeZone)) &&
      (!provider?.ids.length || provider.ids.includes(providerId)),
  );
}

/** A slot waits for its yes (or for the name that it is booked under). */
function* answerProposal(talk: Talk, visit: VisitFact | null): Deciding<void> {
  const { proposal } = talk.state;
  if (!proposal) return;
  // "No, it's for Ben": the slot may do, and the yes or no is asked anew.
  if (!visit && proposal.patientId !== talk.state.known.patientId) return yield* propose(talk, proposal.offer, visit);
  const { relative } = talk.heard.slots.time ?? {};
  if (asksOthers(talk) || relative) {
    yield* dropProposal(talk);
    const by = relative === "later" ? { after: proposal.offer.startsAt } : { before: proposal.offer.startsAt };
    return yield* offerSlots(talk, proposal.offer.serviceId, visit, relative ? by : { isOthers: true });
  }
  if (saysYes(talk)) return yield* carryOut(talk, visit);
  if (saysNo(talk)) return yield* declineProposal(talk);
  yield* propose(talk, proposal.offer, visit);
}
