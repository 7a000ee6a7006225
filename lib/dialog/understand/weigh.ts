import type { Choice, Expectation, Intent, ScoredIntent, Slots } from "@/lib/dialog/schema";
import type { Scores } from "./intents";
import { INSTEAD, RANK } from "./precedence";
import { isOthersBusiness } from "./scope";
import type { YesNoReading } from "./yes-no";

/** What else was read from a message, beside the words of its intents. */
export interface Signals {
  readonly text: string;
  readonly isQuestion: boolean;
  readonly slots: Slots;
  readonly yesNo: YesNoReading | null;
  readonly choice: { readonly choice: Choice; readonly isWhole: boolean } | null;
  readonly expecting: Expectation | undefined;
  readonly offerCount: number;
  /** "I need …", "quiero …": a wish, whose object is one of the slots. */
  readonly isWish: boolean;
  /** "but", "pero", "بس" after a yes. */
  readonly hasBut: boolean;
  /** The time in it is said of something that is no visit ("is it cold on Friday?"). */
  readonly isOfOther: boolean;
  /** What is wished for is none of a clinic's. */
  readonly wishesOther: boolean;
  /** What the words of a booking book is none of a clinic's. */
  readonly booksOther: boolean;
  /** A lone CANCEL where no law makes it a stop. */
  readonly isLoneCancel: boolean;
}

/** "Ok, how much is it?": the ok answers nothing. */
export const isOnlyListening = (
  scores: Scores,
  { isWhole, isWeak, answer }: YesNoReading,
  asksMore: boolean,
): boolean =>
  answer === "yes" && isWeak && !isWhole && (asksMore || [...scores.keys()].some((intent) => !SOCIAL.has(intent)));
const SOCIAL: ReadonlySet<Intent> = new Set(["greet", "thank", "bye", "book", "confirm"]);

/** What gives way when more is said. */
const FILLERS: ReadonlySet<Intent> = new Set(["greet", "thank", "bye", "help", "unsure"]);

/** Settles what a message does: context added, rivals dropped, the headline first. */
export function weigh(scores: Scores, signals: Signals): ScoredIntent[] {
  const left = new Map<Intent, number>([...scores].map(([intent, { confidence }]) => [intent, confidence]));
  if (signals.booksOther && signals.expecting === undefined) refuseBooking(left);
  addAnswers(left, signals);
  addSlots(left, signals);
  settleRivals(left, signals);
  if (left.size === 0 && (signals.isQuestion || QUESTION.test(signals.text))) left.set("ask_question", 0.5);
  if (isForOthers(left, signals)) leaveToOthers(left);
  const real = [...left.keys()].some((intent) => !FILLERS.has(intent));
  return [...left]
    .map(([intent, confidence]) => ({
      intent,
      confidence: real && FILLERS.has(intent) ? Math.min(confidence, 0.45) : confidence,
    }))
    .sort((a, b) => order(b) - order(a));
}

/** "Book a table for the show": the verb is ours, the thing isn't. A visit named in as many words stays one. */
function refuseBooking(left: Map<Intent, number>): void {
  if ((left.get("book") ?? 1) > 0.8) return;
  left.delete("book");
  if ([...left.keys()].every((intent) => FILLERS.has(intent) || intent === "provide")) left.set("out_of_scope", 0.6);
}

/** What stays ours whatever it speaks of: people, the talk itself, a mouth that hurts. */
const OF_THE_TALK: ReadonlySet<Intent> = new Set([
  "symptom",
  "emergency",
  "complaint",
  "talk_to_human",
  "ask_if_bot",
  "change_language",
  "choose",
  "affirm",
  "negate",
  "running_late",
  "restart",
  "repeat",
]);

/** Asked for a time, "after my film" is an answer. */
const isForOthers = (left: Map<Intent, number>, { text, expecting, slots }: Signals): boolean =>
  isOthersBusiness(text) &&
  (expecting === undefined || !hasSlot(slots)) &&
  [...left.keys()].every((intent) => !OF_THE_TALK.has(intent));

/** An errand about another trade's things is none of ours. */
function leaveToOthers(left: Map<Intent, number>): void {
  for (const intent of [...left.keys()])
    if (!FILLERS.has(intent) || intent === "unsure" || intent === "help") left.delete(intent);
  left.set("out_of_scope", 0.9);
}

const order = ({ intent, confidence }: ScoredIntent) => confidence + (RANK[intent] ?? 0) / 100;
const QUESTION =
  /^ (?:what|when|where|who|why|which|how|is|are|do|does|can|could|que|cual|cuando|donde|quien|como|por que|هل|ما|ماذا|متى|كيف|ليش|لماذا|ايش|شو|مين|وين|كم) /;

function raise(left: Map<Intent, number>, intent: Intent, confidence: number): void {
  left.set(intent, Math.max(left.get(intent) ?? 0, confidence));
}

const hasSlot = ({
  time,
  service,
  provider,
  personName,
  partySize,
  birthDate,
  notService,
  notProvider,
}: Slots): boolean =>
  Boolean(time ?? service ?? provider ?? personName ?? partySize ?? birthDate ?? notService ?? notProvider);

const ASIDES: ReadonlySet<Intent> = new Set(["ask_question", "ask_price", "ask_hours_location", "thank"]);

/** Yes, no and choices; "yes, but at 4" and "no, Tuesday" correct. */
function addAnswers(left: Map<Intent, number>, signals: Signals): void {
  const { yesNo, choice, expecting, slots, offerCount } = signals;
  const isAsked = expecting === "confirm" || expecting === "anything_else";
  if (choice) raise(left, "choose", choice.isWhole ? 0.95 : 0.85);
  else if (
    offerCount > 0 &&
    (expecting === "choice" || expecting === "which_visit" || expecting === "which_patient") &&
    hasSlot(slots)
  ) {
    raise(left, "choose", 0.7);
  }
  if (!yesNo) return;
  const isCorrection =
    hasSlot(slots) && !yesNo.isWhole && (yesNo.answer === "no" || signals.hasBut) && !left.has("cancel");
  if (isCorrection && (expecting !== undefined || signals.hasBut)) raise(left, "correct", 0.9);
  const others = [...left.keys()].some((intent) => !FILLERS.has(intent));
  const isAside = [...left.keys()].some((intent) => ASIDES.has(intent));
  if (yesNo.answer === "yes" && signals.hasBut && !yesNo.isWhole && !hasSlot(slots) && !isAside) {
    raise(left, "correct", 0.9); // what is to change wasn't understood, but a plain yes it isn't
    return;
  }
  const confidence = yesNo.isWhole ? 0.95 : isAsked ? 0.88 : others ? 0.5 : 0.7;
  raise(left, yesNo.answer === "yes" ? "affirm" : "negate", confidence);
}

const TAKES: Partial<Record<Expectation, readonly (keyof Slots)[]>> = {
  service: ["service", "notService"],
  provider: ["provider", "notProvider"],
  time: ["time"],
  choice: ["time", "provider"],
  name: ["personName"],
  which_patient: ["personName", "forRelation"],
  which_visit: ["time", "service", "provider"],
  birth_date: ["birthDate"],
};

/** A slot that was asked for is an answer; one that wasn't is a wish to book, unless the words say otherwise. */
function addSlots(left: Map<Intent, number>, signals: Signals): void {
  const { slots, expecting } = signals;
  const isOnlyRelative = slots.time?.relative !== undefined && Object.keys(slots.time).length === 2;
  const isAnswer =
    expecting !== undefined && !isOnlyRelative && (TAKES[expecting] ?? []).some((slot) => slots[slot] !== undefined);
  if (isAnswer) raise(left, "provide", 0.87);
  else if (expecting !== undefined && hasSlot(slots) && !isOnlyRelative) raise(left, "provide", 0.72);
  if (isOnlyRelative && signals.offerCount > 0 && !signals.choice) {
    raise(left, "show_more", 0.9);
    left.delete("choose");
  }
  if (
    signals.isWish &&
    !isElsewhere(signals, signals.wishesOther) &&
    (slots.service ?? slots.provider ?? slots.time) &&
    !(slots.service && slots.service.ids.length === 0 && !slots.time)
  ) {
    if (![...left.keys()].some((intent) => VISIT_CHANGES.has(intent))) raise(left, "book", isAnswer ? 0.6 : 0.82);
  }
  const isPlain = ![...left.keys()].some(
    (intent) => !FILLERS.has(intent) && intent !== "affirm" && intent !== "negate",
  );
  const isOfOther = isElsewhere(signals, signals.isOfOther);
  if (isPlain && hasSlot(slots) && expecting === undefined && !isOfOther) {
    raise(left, "provide", 0.62);
    if (signals.isQuestion && (slots.provider ?? slots.time) && !signals.isWish) raise(left, "ask_availability", 0.7);
    if (slots.service ?? slots.time ?? slots.provider) raise(left, "book", slots.service ? 0.6 : 0.55);
  }
}

/** Unless it was asked for, or a service or a provider is named, which always asks for a visit. */
const isElsewhere = ({ slots, expecting }: Signals, isOther: boolean): boolean =>
  isOther && expecting === undefined && !slots.service && !slots.provider;

const VISIT_CHANGES: ReadonlySet<Intent> = new Set([
  "reschedule",
  "cancel",
  "list_appointments",
  "running_late",
  "confirm",
  "waitlist",
  "ask_price",
  "ask_hours_location",
]);
const SAYS_MORE: ReadonlySet<Intent> = new Set([
  ...VISIT_CHANGES,
  "ask_question",
  "ask_availability",
  "complaint",
  "talk_to_human",
  "cancel_current",
  "find_provider",
  "repeat",
  "show_more",
  "none_of_these",
]);

function settleRivals(left: Map<Intent, number>, signals: Signals): void {
  settleVisits(left, signals);
  for (const [intent, rivals] of INSTEAD) {
    const confidence = left.get(intent);
    if (confidence === undefined) continue;
    for (const rival of rivals) if ((left.get(rival) ?? 1) <= confidence) left.delete(rival);
  }
  settleTalk(left, signals);
}

/** "Change it to 5" while we book is about the offer; "change my appointment" is about a visit. */
const NAMES_VISIT = / (?:appointments?|visits?|bookings?|citas?|turnos?|\S*موعد\S*|\S*مواعيد\S*|\S*حجز\S*) /;

function settleVisits(left: Map<Intent, number>, { slots, text, isLoneCancel, expecting, isQuestion }: Signals): void {
  const [move, cancel, book] = [left.get("reschedule") ?? 0, left.get("cancel") ?? 0, left.get("book") ?? 0];
  if (isLoneCancel) {
    raise(left, "cancel_current", 0.85);
    left.set("cancel", 0.6);
    return;
  }
  if (move >= 0.9 || (move > 0 && cancel < 0.7 && (slots.time !== undefined || left.has("show_more")))) {
    if (move < 0.9) left.set("reschedule", 0.8);
    if (cancel < 0.9) left.delete("cancel");
    left.delete("show_more");
  } else if (cancel >= 0.7) left.delete("reschedule");
  if (move >= 0.6 || cancel >= 0.6) left.delete("book");
  else if (book <= 0.5 && [...left.keys()].some((intent) => SAYS_MORE.has(intent))) left.delete("book");
  if ((move >= 0.9 || cancel >= 0.9) && !isQuestion) left.delete("list_appointments");
  if (left.has("confirm") && (move > 0 || cancel > 0)) left.delete("confirm");
  if (book >= 0.9)
    for (const rival of ["find_provider", "ask_question"] as const)
      if ((left.get(rival) ?? 1) < 0.9) left.delete(rival);
  if (left.has("ask_availability") && left.has("ask_question")) left.delete("ask_question");
  if (left.has("ask_availability") && left.has("show_more") && expecting === undefined) left.delete("show_more");
  if ((book > 0 || left.has("ask_availability")) && left.has("provide") && expecting === undefined)
    left.delete("provide");
  if (expecting === "choice" && left.has("show_more")) left.delete("ask_availability");
  if (left.has("ask_availability") && left.get("choose") === 0.7) left.delete("choose");
  const isUnderWay = expecting === "choice" || expecting === "confirm" || expecting === "time";
  if (isUnderWay && left.has("book") && (left.has("provide") || left.has("choose") || left.has("correct")))
    left.set("book", 0.5);
  if (isUnderWay && left.has("correct") && hasSlot(slots)) {
    raise(left, "correct", 0.9);
    if (!NAMES_VISIT.test(text)) left.delete("reschedule");
  }
}

const OUTWEIGH: readonly Intent[] = ["reschedule", "cancel", "talk_to_human", "complaint"];

function settleTalk(left: Map<Intent, number>, { slots, yesNo, expecting, choice }: Signals): void {
  const isTalk = expecting !== undefined || yesNo !== null;
  if (left.has("correct") && (left.get("correct") ?? 0) < 0.9) {
    if (!hasSlot(slots) && !isTalk) left.delete("correct");
    else if (OUTWEIGH.some((one) => (left.get(one) ?? 0) >= 0.7)) left.delete("correct");
  }
  if (hasSlot(slots) || choice) left.delete("unsure");
  if (choice?.isWhole)
    for (const intent of [...left.keys()]) if (intent !== "choose" && intent !== "affirm") left.delete(intent);
  if (left.has("affirm") && left.has("confirm")) left.set("affirm", Math.max(left.get("affirm") ?? 0, 0.6));
  if (left.has("unsure")) left.delete("negate");
  const dental = [...left.keys()].some((intent) => SAYS_MORE.has(intent) || intent === "book" || intent === "symptom");
  if (left.has("out_of_scope") && dental && (left.get("out_of_scope") ?? 0) < 0.9 && !left.has("ask_question"))
    left.delete("out_of_scope");
  if (left.has("out_of_scope")) left.delete("ask_question");
  if (left.has("bye") && expecting === "anything_else") raise(left, "negate", 0.95);
}
