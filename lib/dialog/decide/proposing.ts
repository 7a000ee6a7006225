import type { Offer } from "../state";
import { isDrafting, leaveToStaff } from "./drafting";
import { ask, type Deciding, type VisitFact } from "./facts";
import type { SayValue } from "./items";
import { offerSlots } from "./offering";
import { askFor, isAsked, know, patch, say, settle, type Talk } from "./talk";
import { daysOnly } from "./wish";
import { settleRecord } from "./who";

/** A slot in words: what, when, with whom, and for whom where that isn't plain. */
export function offerValues(talk: Talk, offer: Offer): Record<string, SayValue> {
  return {
    service: { is: "service", id: offer.serviceId },
    moment: { is: "moment", at: offer.startsAt },
    provider: { is: "provider", id: offer.providerId },
  };
}

/**
 * Keeps a slot and asks for the yes that books it (I15: nothing is booked or moved without one). A stranger is
 * asked for their name first; a yes that came before the name counts.
 */
export function* propose(talk: Talk, offer: Offer, visit: VisitFact | null): Deciding<void> {
  const values = offerValues(talk, offer);
  if (visit) return yield* proposeMove(talk, offer, visit, values);
  const record = yield* settleRecord(talk);
  if (!record) {
    patch(talk, { proposal: { offer, patientId: null, holdId: null, expiresAt: null } });
    return askFor(talk, "name", talk.state.known.isSomeoneNew ? "askTheirName" : "askName", values);
  }
  if (!(yield* keep(talk, offer, record.id))) return yield* offerInstead(talk, offer, visit);
  if (stands(talk) && sameOffer(talk.state.known.yesTo, offer)) return yield* carryOut(talk, visit);
  const key = isForOneself(talk) ? "confirmBooking" : "confirmBookingFor";
  const person: SayValue = { is: "person", name: record.name };
  askFor(talk, "confirmBooking", isDrafting(talk) ? `draft.${key}` : key, { ...values, person });
}

const isForOneself = ({ facts, state }: Talk) => facts.patients.length <= 1 && !state.known.isSomeoneNew;

/** Holds the slot for this person, unless it is held for them already. False: it is gone. */
function* keep(talk: Talk, offer: Offer, patientId: string | null): Deciding<boolean> {
  const { proposal } = talk.state;
  if (proposal?.holdId && proposal.patientId === patientId && sameOffer(proposal.offer, offer)) return true;
  if (proposal?.holdId) yield* ask("release", { holdId: proposal.holdId });
  if (patientId === null || isDrafting(talk)) {
    patch(talk, { proposal: { offer, patientId, holdId: null, expiresAt: null } });
    return true;
  }
  const held = yield* ask("hold", { patientId, offer });
  patch(talk, { proposal: held.ok ? { offer, patientId, ...held.data } : null });
  return held.ok;
}

function* proposeMove(talk: Talk, offer: Offer, visit: VisitFact, values: Record<string, SayValue>): Deciding<void> {
  if (offer.startsAt === visit.startsAt && offer.providerId === visit.providerId) {
    say(talk, "alreadyThen", values);
    patch(talk, { offers: [], proposal: null });
    know(talk, { wish: null });
    return askFor(talk, "time", "askOtherTime");
  }
  // A time that overlaps the visit itself can't be held beside it; the move has the last word.
  if (!(yield* keep(talk, offer, visit.patientId)))
    patch(talk, { proposal: { offer, patientId: visit.patientId, holdId: null, expiresAt: null } });
  const key = isForOneself(talk) ? "confirmMove" : "confirmMoveFor";
  const person: SayValue = { is: "person", name: personName(talk) };
  askFor(talk, "confirmMove", key, { ...values, person, from: { is: "moment", at: visit.startsAt } });
}

/** A yes is to the question that was asked last: once another matter came between, it is asked again. */
const stands = (talk: Talk): boolean => talk.state.asked?.expecting === "confirm" || isAsked(talk, "name");

const sameOffer = (a: Offer | null, b: Offer): boolean =>
  a !== null && a.startsAt === b.startsAt && a.providerId === b.providerId && a.serviceId === b.serviceId;

/** The patient said yes: books or moves, and says so from the committed row; what is gone is said with the nearest. */
export function* carryOut(talk: Talk, visit: VisitFact | null): Deciding<void> {
  const { proposal } = talk.state;
  if (!proposal) return;
  const { offer } = proposal;
  if (!stands(talk)) return yield* propose(talk, offer, visit);
  const { patientId, newName } = talk.state.known;
  if (isDrafting(talk) && (visit ?? patientId ?? newName)) return yield* agreeTo(talk, offer, visit);
  if (!visit && !proposal.holdId && !patientId) {
    know(talk, { yesTo: offer });
    return yield* propose(talk, offer, visit);
  }
  const done = visit
    ? yield* ask("move", { visitId: visit.id, patientId: visit.patientId, offer, holdId: proposal.holdId })
    : yield* bookNow(talk, offer, proposal.holdId);
  if (!done.ok) return yield* offerInstead(talk, offer, visit);
  const person: SayValue = { is: "person", name: personName(talk) };
  const key = `${visit ? "moved" : "booked"}${isForOneself(talk) ? "" : "For"}`;
  const values = { ...offerValues(talk, offer), person };
  settle(talk);
  say(talk, key, values, { proof: done.data.visitId });
  patch(talk, { asked: { question: "anythingElse", expecting: "anything_else", options: [] } });
}

/** The slot was agreed to and isn't booked: staff do that, under the name it is for where that isn't plain. */
function* agreeTo(talk: Talk, offer: Offer, visit: VisitFact | null): Deciding<void> {
  const values = { ...offerValues(talk, offer), person: { is: "person", name: personName(talk) } } as const;
  if (visit) return yield* leaveToStaff(talk, { act: "move", offer, visit }, values);
  const isNamed = !isForOneself(talk) || !talk.state.known.patientId;
  yield* leaveToStaff(talk, { act: "book", offer, name: isNamed ? personName(talk) : null }, values);
}

const personName = ({ state, facts }: Talk): string =>
  facts.patients.find(({ id }) => id === state.known.patientId)?.name ?? state.known.newName ?? "";

/** A late yes books if the slot is still free: a hold that has lapsed is booked anew. */
function* bookNow(talk: Talk, offer: Offer, holdId: string | null) {
  const patientId = talk.state.known.patientId ?? "";
  const confirmed = holdId ? yield* ask("bookHold", { holdId, patientId }) : null;
  return confirmed?.ok ? confirmed : yield* ask("book", { patientId, offer });
}

function* offerInstead(talk: Talk, lost: Offer, visit: VisitFact | null): Deciding<void> {
  patch(talk, { proposal: null });
  know(talk, { yesTo: null });
  yield* offerSlots(talk, lost.serviceId, visit, { lost });
}

/** Nothing came of the yes-or-no question: the slot is let go, and another time asked for. */
export function* declineProposal(talk: Talk): Deciding<void> {
  const { proposal } = talk.state;
  if (proposal?.holdId) yield* ask("release", { holdId: proposal.holdId });
  patch(talk, { proposal: null, offers: [] });
  know(talk, { yesTo: null, wish: daysOnly(talk.state.known.wish) });
  askFor(talk, "time", "askOtherTime");
}
