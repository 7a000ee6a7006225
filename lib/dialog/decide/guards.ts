import { dropProposal } from "./absorb";
import { isDrafting } from "./drafting";
import { ask, type Deciding } from "./facts";
import { aboutWhom, askFor, patch, say, settle, text, type Talk } from "./talk";

/**
 * What comes before anything else, in this order, on every channel (dialog.md). True: the turn is decided.
 */
export function* guard(talk: Talk): Deciding<boolean> {
  if (talk.heard.emergency) return yield* emergency(talk);
  if (yield* consent(talk)) return true;
  if (talk.facts.isHeldByStaff) return silent(talk, "staff_hold");
  if (yield* isBotOff(talk)) return true;
  if (talk.facts.isOptedOut && isTexting(talk)) return yield* phoneInstead(talk);
  if (!talk.facts.clinic.isSuspended) return false;
  // Staff of a suspended clinic only read: nobody would send a draft.
  return isDrafting(talk) ? silent(talk, "clinic_suspended") : suspended(talk);
}

function silent(talk: Talk, silence: string): true {
  talk.silence = silence;
  return true;
}

/** The simulator plays SMS: what is stopped there is stopped. */
const isTexting = ({ facts }: Talk) => facts.channel === "sms" || facts.channel === "simulator";

/** Fixed words with the clinic's phone and the country's emergency number, an urgent hand-off, no advice. */
function* emergency(talk: Talk): Deciding<true> {
  const { clinic, isOptedOut } = talk.facts;
  yield* ask("task", { reason: "emergency", patientId: aboutWhom(talk) });
  talk.handOff = { isUrgent: true };
  if (isOptedOut && isTexting(talk)) return yield* phoneInstead(talk);
  talk.sendClass = "service"; // a reply would not pass while staff hold or the bot is off
  say(talk, "emergency", { phone: text(clinic.phone), number: text(clinic.emergencyNumber) });
  return true;
}

/** The words for stop, start and help, the carriers' and plain ones. */
function* consent(talk: Talk): Deciding<boolean> {
  const { heard, facts } = talk;
  if (facts.carrierAnswered) return yield* mirrorCarrier(talk, facts.carrierAnswered);
  if (heard.optOut === "opt_out") return yield* stop(talk);
  const isLoneYes = heard.isOptInKeyword && facts.isOptedOut && isTexting(talk);
  if (heard.optOut === "opt_in" || isLoneYes) return yield* start(talk);
  if (heard.optOut !== "help" || facts.isOptedOut) return false;
  const { name, phone } = facts.clinic;
  talk.sendClass = "service";
  say(talk, isTexting(talk) ? "helpBySms" : "help", { clinic: text(name), phone: text(phone) });
  return true;
}

/** The carrier has answered by itself: we keep the same record and stay silent. */
function* mirrorCarrier(talk: Talk, word: "STOP" | "START" | "HELP"): Deciding<true> {
  if (word === "STOP") yield* ask("consent", { state: "out", how: "carrier" });
  if (word === "START") yield* ask("consent", { state: "in", how: "carrier" });
  if (word === "STOP") yield* endTalk(talk);
  return silent(talk, "carrier_answered");
}

function* stop(talk: Talk): Deciding<true> {
  const wasOut = talk.facts.isOptedOut && isTexting(talk);
  yield* ask("consent", { state: "out", how: talk.heard.optOutBy === "keyword" ? "keyword" : "phrase" });
  if (mayMeanVisit(talk)) yield* ask("task", { reason: "visit_or_stop", patientId: aboutWhom(talk) });
  yield* endTalk(talk);
  if (wasOut) return silent(talk, "opted_out");
  talk.sendClass = "optout_confirmation";
  const { name, phone } = talk.facts.clinic;
  say(talk, isTexting(talk) ? "stoppedBySms" : "stopped", { clinic: text(name), phone: text(phone) });
  return true;
}

const CANCEL_WORDS = /^(cancel\w*|الغاء|إلغاء|الغ|إلغ)$/iu;

/** A lone CANCEL by SMS is a stop by law, and may have been about a visit. */
const mayMeanVisit = ({ heard }: Talk) =>
  heard.spans.some(({ kind, words }) => kind === "opt" && CANCEL_WORDS.test(words.trim().replace(/[.!]+$/, "")));

function* endTalk(talk: Talk): Deciding<void> {
  yield* dropProposal(talk);
  settle(talk);
}

function* start(talk: Talk): Deciding<true> {
  yield* ask("consent", { state: "in", how: talk.heard.optOutBy === "phrase" ? "phrase" : "keyword" });
  askFor(talk, "whatToDo", "startedAgain", { clinic: text(talk.facts.clinic.name) });
  return true;
}

function* isBotOff(talk: Talk): Deciding<boolean> {
  const { botMode } = talk.facts;
  if (botMode === "off") return silent(talk, "bot_off");
  if (botMode !== "out_of_hours") return false;
  const opening = yield* ask("opening", null);
  return opening.isOpen ? silent(talk, "bot_off") : false;
}

/** Nothing can be sent to a number that is stopped: staff are asked to phone. */
function* phoneInstead(talk: Talk): Deciding<true> {
  yield* ask("task", { reason: "phone_after_stop", patientId: aboutWhom(talk) });
  return silent(talk, "opted_out");
}

/** A suspended clinic's patients are told once whom to call. */
function suspended(talk: Talk): true {
  if (talk.state.hasSaidSuspended) return silent(talk, "clinic_suspended");
  patch(talk, { hasSaidSuspended: true });
  say(talk, "suspended", { clinic: text(talk.facts.clinic.name), phone: text(talk.facts.clinic.phone) });
  return true;
}
