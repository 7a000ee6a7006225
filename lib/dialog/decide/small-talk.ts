import { dropProposal } from "./absorb";
import { ask, type Deciding } from "./facts";
import { offerHelp } from "./misunderstood";
import {
  askFor,
  has,
  isAsked,
  isHeadline,
  patch,
  pickedOption,
  say,
  saysNo,
  saysYes,
  settle,
  text,
  type Talk,
} from "./talk";

/** Greetings, thanks, "are you a robot?": said beside whatever goes on. True: this was all that the message did. */
export function answerSmallTalk(talk: Talk): boolean {
  if (has(talk, "ask_if_bot")) say(talk, "imAssistant", { clinic: text(talk.facts.clinic.name) });
  if (isHeadline(talk, "thank")) say(talk, "welcome");
  const isBye = isHeadline(talk, "bye") || (isAsked(talk, "anythingElse") && saysNo(talk) && isOnly(talk));
  if (isBye) say(talk, "bye");
  const isAll = has(talk, "ask_if_bot", "thank", "bye", "greet") || isBye;
  if (!isAll || !isOnly(talk)) return false;
  if (isBye || (isHeadline(talk, "thank") && talk.state.flow === "idle")) return true;
  if (talk.state.flow !== "idle") return false;
  if (talk.facts.isIntroduced && has(talk, "greet") && !has(talk, "ask_if_bot"))
    say(talk, "hello", {}, { isOptional: true });
  offerHelp(talk);
  return true;
}

const SOCIAL = new Set(["greet", "thank", "bye", "ask_if_bot", "affirm", "negate", "decline_service"]);
const isOnly = ({ heard }: Talk) =>
  heard.intents.every(({ intent }) => SOCIAL.has(intent)) && !heard.slots.time && !heard.slots.service;

/** Words that steer the talk itself. True: the turn is decided. */
export function* steer(talk: Talk): Deciding<boolean> {
  if (has(talk, "repeat") && talk.state.lastReply) {
    say(talk, "again", { text: text(talk.state.lastReply) });
    return true;
  }
  if (has(talk, "restart")) {
    yield* drop(talk);
    say(talk, "restarted");
    offerHelp(talk);
    return true;
  }
  if (has(talk, "cancel_current") && !isAsked(talk, "confirmCancel")) return yield* dropCurrent(talk);
  if (isAsked(talk, "cancelWhat")) return yield* answerCancelWhat(talk);
  return false;
}

function* drop(talk: Talk): Deciding<void> {
  yield* dropProposal(talk);
  settle(talk);
}

/** "Cancel", "forget it": what we are doing ends; a lone one outside of anything may mean a visit or our messages. */
function* dropCurrent(talk: Talk): Deciding<true> {
  if (talk.state.flow !== "idle") {
    yield* drop(talk);
    say(talk, "dropped");
    patch(talk, { asked: { question: "anythingElse", expecting: "anything_else", options: [] } });
    return true;
  }
  if (talk.heard.wordCount > 2) say(talk, "fine");
  else askFor(talk, "cancelWhat", "cancelWhat", {}, ["visit", "messages", "nothing"]);
  return true;
}

function* answerCancelWhat(talk: Talk): Deciding<boolean> {
  const picked = pickedOption(talk, ["visit", "messages", "nothing"]);
  if (picked === "messages") {
    yield* ask("consent", { state: "out", how: "phrase" });
    settle(talk);
    talk.sendClass = "optout_confirmation";
    const { name, phone } = talk.facts.clinic;
    say(talk, "stopped", { clinic: text(name), phone: text(phone) });
    return true;
  }
  if (picked !== "nothing" && !saysNo(talk)) return false;
  settle(talk);
  say(talk, "fine");
  return true;
}

/** "Shall we go on?", "shall I book one?": yes or no to an offer of ours that no flow owns. */
export function answersOffer(talk: Talk): "yes" | "no" | "other" {
  if (!isAsked(talk, "goOn", "bookInstead")) return "other";
  if (saysNo(talk)) return "no";
  return saysYes(talk) || has(talk, "book") ? "yes" : "other";
}
