import type { Intent } from "../schema";
import type { Flow } from "../state";
import { absorb } from "./absorb";
import { book, move } from "./booking";
import { ask, type Deciding } from "./facts";
import { has, isAsked, know, namesSomebody, patch, pickedOption, say, settle, text, type Talk } from "./talk";
import { answersOffer } from "./small-talk";
import { cancelVisit, confirmVisit, listVisits, runLate } from "./visits";
import { joinWaitlist } from "./waitlist";

/** The machine as data: what an intent starts, and what runs each flow. */
const STARTS: Partial<Record<Intent, Flow>> = {
  book: "booking",
  ask_availability: "booking",
  symptom: "booking",
  find_provider: "booking",
  reschedule: "moving",
  cancel: "cancelling",
  list_appointments: "listing",
  running_late: "late",
  confirm: "confirming",
  waitlist: "waitlisting",
};
const RUNS: Record<Exclude<Flow, "idle">, (talk: Talk) => Deciding<void>> = {
  booking: book,
  moving: move,
  cancelling: cancelVisit,
  listing: listVisits,
  confirming: confirmVisit,
  late: runLate,
  waitlisting: joinWaitlist,
};
const MENU: readonly Flow[] = ["booking", "moving", "cancelling", "idle"];

/** Intents that can be an answer to what was asked, so that they carry a flow on. */
const ANSWERS: readonly Intent[] = [
  "affirm",
  "negate",
  "confirm",
  "unsure",
  "choose",
  "show_more",
  "none_of_these",
  "no_preference",
  "provide",
  "correct",
  "go_back",
];

/** What is plainly meant when only another person is named after it. */
const AGAIN: ReadonlySet<Flow> = new Set(["booking", "listing"]);

/** Runs the flow that the message starts or goes on with. False: it does neither. */
export function* followFlow(talk: Talk): Deciding<boolean> {
  yield* noteSymptom(talk);
  const flow = flowOf(talk);
  if (flow === undefined || flow === "idle") return false;
  if (flow !== talk.state.flow) yield* enter(talk, flow);
  if (has(talk, "go_back")) yield* stepBack(talk);
  if (!["booking", "moving", "waitlisting"].includes(flow)) yield* absorb(talk, true);
  yield* RUNS[flow](talk);
  return true;
}

/** Another thing begins: what was under way is let go, whom it is about stays. */
function* enter(talk: Talk, flow: Flow): Deciding<void> {
  const { patientId, newName, isSomeoneNew, relation, isSymptom, serviceId, providerId } = talk.state.known;
  const { proposal } = talk.state;
  if (proposal?.holdId) yield* ask("release", { holdId: proposal.holdId });
  settle(talk);
  know(talk, { patientId, newName, isSomeoneNew, relation, isSymptom });
  // A place looked for first and booked after is one talk: what was said of it counts.
  if (flow === "booking") know(talk, { serviceId, providerId });
}

function flowOf(talk: Talk): Flow | undefined {
  const current = talk.state.flow;
  if (talk.isGoingOn) return current;
  const offered = answersOffer(talk);
  if (offered === "yes" && isAsked(talk, "bookInstead")) return "booking";
  if (isAsked(talk, "cancelWhat") && pickedOption(talk, ["visit"]) === "visit") return "cancelling";
  if (isAsked(talk, "whatToDo")) {
    const picked = pickedOption(talk, MENU);
    if (picked) return picked;
  }
  const started = talk.heard.intents
    .filter(({ intent }) => intent !== "find_provider" || wantsToCome(talk))
    .map(({ intent }) => STARTS[intent])
    .find((flow) => flow !== undefined);
  if (started && !staysIn(talk, started)) return started;
  if (current !== "idle") return started || answersAsked(talk) ? current : undefined;
  // A service, a dentist or a time said into the silence is a wish to come; a name alone asks for the same once more.
  if (wantsToCome(talk)) return "booking";
  return namesSomebody(talk) && AGAIN.has(talk.state.last) ? talk.state.last : undefined;
}

/** Words of another flow that in this one are an answer: "book Friday instead" in a move, "confirm" to a yes-or-no. */
function staysIn(talk: Talk, started: Flow): boolean {
  const current = talk.state.flow;
  if (current === "idle" || started === current) return started === current;
  if (started === "confirming") return talk.state.asked !== null;
  // "Anything later?" sounds like being late.
  if (started === "late") return talk.heard.slots.delayMinutes === undefined && isAsked(talk, "offers", "time");
  const isSlotTalk = isAsked(talk, "offers", "time", "confirmMove", "whichVisit");
  if (current === "moving" && started === "booking") return isSlotTalk && !talk.heard.slots.service;
  if (current === "booking" && started === "moving")
    return isSlotTalk && !talk.heard.slots.currentTime && talk.state.proposal !== null;
  return false;
}

function answersAsked(talk: Talk): boolean {
  const { slots } = talk.heard;
  return (
    has(talk, ...ANSWERS) ||
    namesSomebody(talk) ||
    Boolean(slots.time ?? slots.choice ?? slots.service ?? slots.provider ?? slots.personName ?? slots.yesNo) ||
    slots.delayMinutes !== undefined
  );
}

const wantsToCome = ({ heard }: Talk): boolean => {
  const { time, service, provider } = heard.slots;
  const isAside = heard.intents.some(({ intent }) =>
    ["ask_question", "ask_price", "ask_hours_location", "out_of_scope", "thank", "bye"].includes(intent),
  );
  return !isAside && Boolean((time && !time.past) || service?.ids.length || provider?.ids.length);
};

/** One step back: from the yes or no to the list, from the list to the question when. */
function* stepBack(talk: Talk): Deciding<void> {
  const { proposal, flow } = talk.state;
  if (flow !== "booking" && flow !== "moving") return;
  if (proposal?.holdId) yield* ask("release", { holdId: proposal.holdId });
  if (proposal) return patch(talk, { proposal: null, offers: [], asked: null });
  know(talk, { wish: null, providerId: null, ...(flow === "booking" ? { serviceId: null } : {}) });
  patch(talk, { offers: [], shown: [], asked: null });
}

/** Pain, a broken filling: the soonest slot, and whom to call meanwhile. */
function* noteSymptom(talk: Talk): Deciding<void> {
  if (!has(talk, "symptom") || talk.state.known.isSymptom) return;
  know(talk, { isSymptom: true });
  say(talk, "symptom", { phone: text(talk.facts.clinic.phone) });
}
