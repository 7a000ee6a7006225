import type { Language, Understanding } from "../schema";
import type { DialogState } from "../state";
import { countChatter, stopChatter } from "./chatter";
import type { Deciding, Facts } from "./facts";
import { guard } from "./guards";
import { handOff } from "./hand-off";
import type { Decision } from "./items";
import { changeLanguage, languageOf } from "./language";
import { misunderstood, offerHelp, remind } from "./misunderstood";
import { pauseIfSilent, resume } from "./pause";
import { answerQuestions } from "./questions";
import { followFlow } from "./route";
import { answersOffer, answerSmallTalk, steer } from "./small-talk";
import { answerWaitlistOffer } from "./waitlist";
import { forgetStrangers, hearSomeoneElse } from "./who";
import { has, know, openTalk, patch, say, settle, type Talk } from "./talk";

export interface Decided {
  readonly state: DialogState;
  readonly language: Language;
  readonly decision: Decision;
}

/** Below this the intents of a message are a guess that nothing is built on; its plain slots still count. */
const SURE = 0.5;

/**
 * Decides one turn from what is known, what was understood and the facts. Pure: no clock, no I/O, no chance. What it
 * must look up or have done it yields, and goes on with the answer; fed the same answers it decides the same.
 */
export function* decide(state: DialogState, understanding: Understanding, facts: Facts): Deciding<Decided> {
  const heard = understanding.confidence < SURE ? { ...understanding, intents: [] } : understanding;
  const language = languageOf(state, heard, facts);
  const talk = openTalk(facts, heard, language, state);
  if (heard.wordCount >= 3 && heard.language !== null && heard.language !== "other")
    patch(talk, { language: heard.language });
  if (!(yield* guard(talk)) && !(yield* stopChatter(talk))) yield* converse(talk);
  patch(talk, { updatedAt: facts.now });
  return decidedOf(talk);
}

/** For a conversation in which nobody has written for half an hour: what is kept is let go, and nothing is said. */
export function* lapse(state: DialogState, facts: Facts): Deciding<Decided> {
  const talk = openTalk(facts, NOTHING_HEARD, languageOf(state, NOTHING_HEARD, facts), state);
  talk.silence = "timed_out";
  yield* pauseIfSilent(talk);
  return decidedOf(talk);
}

const decidedOf = ({ state, language, silence, say: items, sendClass, handOff: handedOff }: Talk): Decided => ({
  state,
  language,
  decision: { silence, say: items, sendClass, handOff: handedOff },
});

function* converse(talk: Talk): Deciding<void> {
  yield* pauseIfSilent(talk);
  forgetStrangers(talk);
  hearSomeoneElse(talk);
  const [named, ...others] = talk.facts.namedPatientIds;
  if (named && others.length === 0) know(talk, { patientId: named });
  const isUpset = talk.heard.angry || has(talk, "complaint");
  if (isUpset || has(talk, "talk_to_human")) return yield* handOff(talk, isUpset ? "handOff.sorry" : "handOff.asked");
  if (yield* answerWaitlistOffer(talk)) return understood(talk, true);
  if (changeLanguage(talk)) return understood(talk);
  if (resume(talk) || (yield* steer(talk))) return understood(talk);
  const answered = yield* answerQuestions(talk);
  if (talk.handOff) return understood(talk);
  if (answerSmallTalk(talk)) return understood(talk, answered === "answered");
  if (yield* followFlow(talk)) return understood(talk, true);
  if (answered !== "none") {
    understood(talk, answered === "answered");
    if (talk.state.flow !== "idle") remind(talk);
    return;
  }
  if (closeOrExplain(talk)) return understood(talk);
  countChatter(talk, false);
  yield* misunderstood(talk);
}

function understood(talk: Talk, wasUseful = false): void {
  if (!talk.handOff) patch(talk, { failures: 0 });
  countChatter(talk, wasUseful);
}

/** What no flow takes up and was understood all the same. */
function closeOrExplain(talk: Talk): boolean {
  if (answersOffer(talk) === "no") settle(talk);
  else if (has(talk, "out_of_scope")) {
    say(talk, "outOfScope");
    remind(talk);
    return true;
  } else if (talk.state.flow !== "idle" && has(talk, "greet", "thank")) {
    remind(talk);
    return true;
  } else if (talk.state.flow === "idle" && has(talk, "affirm", "unsure", "help", "greet", "go_back", "repeat")) {
    offerHelp(talk);
    return true;
  } else if (talk.state.flow !== "idle" || !has(talk, "negate", "decline_service")) return false;
  say(talk, "fine");
  return true;
}

const NOTHING_HEARD: Understanding = {
  language: null,
  wordCount: 0,
  confidence: 0,
  intents: [],
  optOut: "none",
  optOutBy: null,
  isOptInKeyword: false,
  emergency: false,
  angry: false,
  requested: [],
  slots: {},
  spans: [],
};
