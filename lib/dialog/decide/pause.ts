import { hasTimedOut, NOTHING_KNOWN, type DialogState } from "../state";
import { ask, type Deciding } from "./facts";
import { answersOffer } from "./small-talk";
import { askFor, has, isAsked, know, patch, say, settle, type Talk } from "./talk";

const A_DAY = 24 * 60 * 60_000;

/** Half an hour of silence in the middle of something: the slot is let go, what was said is kept for going on. */
export function* pauseIfSilent(talk: Talk): Deciding<void> {
  const { state, facts } = talk;
  if (!hasTimedOut(state, new Date(facts.now), facts.clinic.talkMinutes)) return;
  if (state.flow === "idle")
    return state.paused ? undefined : patch(talk, { known: NOTHING_KNOWN, failures: 0, unanswered: 0 });
  const { flow, asked, proposal } = state;
  if (proposal?.holdId) yield* ask("release", { holdId: proposal.holdId });
  const kept = proposal && { ...proposal, holdId: null, expiresAt: null };
  patch(talk, { flow: "idle", asked: null, proposal: kept, paused: { flow, asked }, failures: 0 });
}

/**
 * After a pause: an answer goes on where we were (a late yes books if the slot is still free), a wish of its own starts
 * afresh, and anything vague is asked whether to go on. True: that was the turn.
 */
export function resume(talk: Talk): boolean {
  const { paused } = talk.state;
  if (!paused) return false;
  const wasAsked = isAsked(talk, "goOn");
  const offered = wasAsked ? answersOffer(talk) : "other";
  if (offered === "no") {
    settle(talk);
    say(talk, "fine");
    return true;
  }
  if (offered === "yes") goOn(talk);
  else if (isOld(talk.state, talk.facts.now) || isOwnWish(talk)) forget(talk);
  else if (isAnswer(talk)) patch(talk, { flow: paused.flow, asked: paused.asked, paused: null });
  else if (!wasAsked && isVague(talk)) {
    askFor(talk, "goOn", `goOn.${paused.flow === "moving" || paused.flow === "cancelling" ? paused.flow : "booking"}`);
    return true;
  }
  return false;
}

/** The yes was to going on, not to the slot: the flow's own question is asked again. */
function goOn(talk: Talk): void {
  const { paused } = talk.state;
  if (!paused) return;
  const { yesNo: _, ...slots } = talk.heard.slots;
  const intents = talk.heard.intents.filter(({ intent }) => intent !== "affirm" && intent !== "confirm");
  talk.heard = { ...talk.heard, intents, slots };
  talk.isGoingOn = true;
  patch(talk, { flow: paused.flow, asked: null, paused: null });
}

/** Something else begins: what was said of service and provider still counts. */
function forget(talk: Talk): void {
  const { serviceId, providerId } = talk.state.known;
  settle(talk);
  know(talk, { serviceId, providerId });
}

const isOld = ({ updatedAt }: DialogState, now: string) =>
  updatedAt !== null && Date.parse(now) - Date.parse(updatedAt) > A_DAY;

const isOwnWish = (talk: Talk) =>
  has(talk, "book", "reschedule", "cancel", "list_appointments", "running_late", "ask_availability", "symptom");

const isAnswer = (talk: Talk): boolean =>
  has(talk, "affirm", "choose", "show_more", "negate", "none_of_these", "provide", "no_preference", "correct") ||
  Boolean(talk.heard.slots.choice ?? talk.heard.slots.yesNo ?? talk.heard.slots.time);

const isVague = ({ heard }: Talk) =>
  heard.intents.every(({ intent }) => intent === "greet" || intent === "unsure") && !heard.slots.service;
