import type { SayValue } from "./items";
import { absorb, dropProposal } from "./absorb";
import { isDrafting, leaveToStaff } from "./drafting";
import { ask, type Deciding, type VisitFact, type WaitlistOfferFact } from "./facts";
import { remind } from "./misunderstood";
import { aboutWhom, has, know, patch, say, settle, type Talk } from "./talk";
import { upcomingVisits } from "./visits";
import { settleService } from "./booking";
import { settleWho } from "./who";
import { mergeWish } from "./wish";

/**
 * A yes or no to an earlier time that came free. It is meant when the offer was the last thing written, or when nothing
 * else is under way; words that ask for something of their own are no answer. True: the turn is decided.
 */
export function* answerWaitlistOffer(talk: Talk): Deciding<boolean> {
  const { waitlistOffer: offer } = talk.facts;
  if (!offer || !(offer.isLast || (talk.state.flow === "idle" && !talk.state.paused))) return false;
  const answer = answerTo(talk, offer);
  if (answer === "yes") return yield* take(talk, offer);
  if (answer !== "no") return false;
  yield* ask("declineOffer", { offerId: offer.id, patientId: offer.patientId });
  say(talk, "waitlistPassed");
  return true;
}

function answerTo(talk: Talk, { isLast }: WaitlistOfferFact): "yes" | "no" | undefined {
  const { slots } = talk.heard;
  const isOwnWish = has(talk, "book", "reschedule", "cancel", "list_appointments", "waitlist", "ask_availability");
  if (isOwnWish || slots.time || slots.service) return undefined;
  const digit = isLast ? slots.choice?.index : undefined;
  if (slots.yesNo === "no" || digit === 2 || has(talk, "negate", "none_of_these", "decline_service")) return "no";
  return slots.yesNo === "yes" || digit === 1 || has(talk, "affirm", "confirm") ? "yes" : undefined;
}

/** First come, first served: the claim says whose it is. */
function* take(talk: Talk, offer: WaitlistOfferFact): Deciding<true> {
  const { id: offerId, patientId, serviceId, providerId, startsAt, endsAt, visit } = offer;
  const values: Record<string, SayValue> = {
    ...{ service: { is: "service", id: serviceId }, provider: { is: "provider", id: providerId } },
    moment: { is: "moment", at: startsAt },
  };
  if (isDrafting(talk)) {
    const agreed = { serviceId, providerId, startsAt, endsAt };
    yield* leaveToStaff(
      talk,
      visit ? { act: "move", offer: agreed, visit } : { act: "book", offer: agreed, name: null },
      values,
    );
    return true;
  }
  const claimed = yield* ask("claimOffer", { offerId, patientId });
  if (!claimed.ok || !claimed.data.visitId) {
    say(talk, claimed.ok && !claimed.data.isStillWaiting ? "waitlistGone" : "waitlistLost", values);
    if (talk.state.flow !== "idle") remind(talk);
    return true;
  }
  yield* dropProposal(talk);
  settle(talk);
  say(talk, visit ? "waitlistMoved" : "waitlistYours", values, { proof: claimed.data.visitId });
  patch(talk, { asked: { question: "anythingElse", expecting: "anything_else", options: [] } });
  return true;
}

/**
 * "If something earlier comes up…": whom it is for and for which visit or treatment is asked where it isn't plain, then they
 * are on the list, and asking was the consent to be offered what comes free. Who has no record yet is left to staff.
 */
export function* joinWaitlist(talk: Talk): Deciding<void> {
  if (talk.facts.patients.length === 0 || isDrafting(talk)) return yield* leaveWish(talk);
  patch(talk, { flow: "waitlisting" });
  yield* absorb(talk, false);
  const { time } = talk.heard.slots;
  if (time && !time.past) know(talk, { wish: mergeWish(talk.state.known.wish, time) });
  if (!settleWho(talk, false)) return;
  const visits = yield* upcomingVisits(talk);
  if (!visits) return;
  const visit = meantVisit(talk, visits);
  if (visit) know(talk, { serviceId: visit.serviceId, visitId: visit.id });
  const serviceId = visit?.serviceId ?? settleService(talk);
  const { patientId, providerId, wish } = talk.state.known;
  if (!serviceId || !patientId) return;
  const joined = yield* ask("joinWaitlist", { patientId, serviceId, visitId: visit?.id ?? null, providerId, wish });
  if (!joined.ok) return yield* leaveWish(talk);
  settle(talk);
  const service: SayValue = { is: "service", id: serviceId };
  if (visit) say(talk, "waitlistedMove", { service, moment: { is: "moment", at: visit.startsAt } });
  else say(talk, "waitlisted", { service });
  patch(talk, { asked: { question: "anythingElse", expecting: "anything_else", options: [] } });
}

/** The visit that they would give up: the one of the treatment that was named, else the next. */
function meantVisit(talk: Talk, visits: readonly VisitFact[]): VisitFact | undefined {
  const { visitId, serviceId } = talk.state.known;
  const known = visits.find(({ id }) => id === visitId);
  return known ?? (serviceId ? visits.find((visit) => visit.serviceId === serviceId) : visits[0]);
}

function* leaveWish(talk: Talk): Deciding<void> {
  yield* ask("task", { reason: "question", patientId: aboutWhom(talk) });
  settle(talk);
  say(talk, "waitlist");
}
