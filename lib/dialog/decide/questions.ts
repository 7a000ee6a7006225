import type { Requested } from "../schema";
import { ask, type Deciding } from "./facts";
import { handOff } from "./hand-off";
import { aboutWhom, has, know, patch, say, text, type Talk } from "./talk";

const QUESTION_INTENTS = ["ask_question", "ask_price", "ask_hours_location"] as const;

/** How many questions without an entry it takes until a person is needed. */
const MOST_UNANSWERED = 2;

/**
 * Answers what was asked beside everything else, from the clinic's data and its knowledge entries only. A question
 * without an entry is flagged to staff and the talk goes on; the second one hands off. Answers what became of it.
 */
export function* answerQuestions(talk: Talk): Deciding<"none" | "answered" | "flagged"> {
  if (!has(talk, ...QUESTION_INTENTS) && !asksFactsAlone(talk)) return "none";
  const topics = topicsOf(talk);
  const [service, ...more] = talk.heard.slots.service?.ids ?? [];
  // "How much is a filling?" — "Book it": what was asked about is what is booked.
  if (talk.state.flow === "idle" && service && more.length === 0) know(talk, { serviceId: service });
  const plain = topics.filter((topic) => PLAIN.has(topic));
  for (const topic of plain) yield* answerPlain(talk, topic);
  const rest = topics.filter((topic) => !PLAIN.has(topic));
  if (plain.length > 0 && rest.length === 0) return "answered";
  const entry = yield* ask("knowledge", { language: talk.language, topics: rest });
  if (entry) {
    say(talk, "answer", { answer: text(entry.answer) }, { proof: entry.id });
    return "answered";
  }
  if (rest.every((topic) => topic === "service") && answerService(talk, rest)) return "answered";
  // "Can I get a cleaning at 9?" is a question in form only: the flow answers it.
  if (topics.length === 0 && (has(talk, ...TASKS) || isGuess(talk)) && !has(talk, "ask_price")) return "none";
  yield* flag(talk);
  return "flagged";
}

/** A question by its mark alone: "sorry, what?" is none for staff. */
const isGuess = ({ heard }: Talk) => heard.confidence <= 0.5;

const TASKS = ["book", "reschedule", "cancel", "list_appointments", "ask_availability", "symptom", "waitlist"] as const;

const asksFactsAlone = (talk: Talk) => talk.heard.requested.length > 0 && talk.heard.intents.length === 0;

function topicsOf(talk: Talk): Requested[] {
  const topics = [...new Set(talk.heard.requested)];
  if (topics.length === 0 && has(talk, "ask_price")) return ["price"];
  if (topics.length === 0 && has(talk, "ask_hours_location")) return ["hours", "address"];
  return topics;
}

/** What the clinic's own row answers, whole and always. */
const PLAIN: ReadonlySet<Requested> = new Set(["hours", "address", "city", "phone", "provider"]);

function* answerPlain(talk: Talk, topic: Requested): Deciding<void> {
  const { clinic, providers } = talk.facts;
  if (topic === "address" || topic === "city") say(talk, "address", { address: text(clinic.address) });
  if (topic === "phone") say(talk, "phone", { phone: text(clinic.phone) });
  if (topic === "provider")
    say(talk, "providers", { providers: { is: "providers", ids: providers.map(({ id }) => id) } });
  if (topic !== "hours") return;
  const opening = yield* ask("opening", null);
  if (opening.week.length > 0) say(talk, "hours", { week: { is: "week", week: opening.week } });
  else say(talk, "phone", { phone: text(clinic.phone) });
}

/** "Do you do whitening?" */
function answerService(talk: Talk, topics: readonly Requested[]): boolean {
  const { service } = talk.heard.slots;
  if (topics.length === 0) return false;
  const [id] = service?.ids ?? [];
  if (id) say(talk, "weDo", { service: { is: "service", id } });
  else
    say(talk, "services", { services: { is: "services", ids: talk.facts.services.map((one) => one.id).slice(0, 9) } });
  return true;
}

function* flag(talk: Talk): Deciding<void> {
  const unanswered = talk.state.unanswered + 1;
  patch(talk, { unanswered });
  yield* ask("task", { reason: "question", patientId: aboutWhom(talk) });
  if (unanswered >= MOST_UNANSWERED) return yield* handOff(talk, "handOff.question");
  say(talk, has(talk, "ask_price") ? "flaggedPrice" : "flagged");
}
