import type { Expectation, Intent, Language, Understanding } from "../schema";
import { NOTHING_KNOWN, type DialogState, type Known, type Question } from "../state";
import type { Facts } from "./facts";
import type { Decision, SayItem, SayValue } from "./items";

/** One decision in the making: what was heard, what is known of the world, and what has been decided so far. */
export interface Talk {
  readonly facts: Facts;
  /** Less what an earlier step has used up. */
  heard: Understanding;
  readonly language: Language;
  /** Replaced as a whole, never changed in place. */
  state: DialogState;
  say: SayItem[];
  /** An interrupted flow is taken up again, whatever else was said. */
  isGoingOn: boolean;
  silence: string | null;
  sendClass: Decision["sendClass"];
  handOff: Decision["handOff"];
}

export const openTalk = (facts: Facts, heard: Understanding, language: Language, state: DialogState): Talk => ({
  facts,
  heard,
  language,
  state,
  say: [],
  isGoingOn: false,
  silence: null,
  sendClass: "reply",
  handOff: null,
});

export const patch = (talk: Talk, fields: Partial<DialogState>): void => {
  talk.state = { ...talk.state, ...fields };
};
export const know = (talk: Talk, fields: Partial<Known>): void =>
  patch(talk, { known: { ...talk.state.known, ...fields } });

type Values = Readonly<Record<string, SayValue>>;

/** Adds one thing to the reply, in words that this talk hasn't used for it yet. */
export function say(
  talk: Talk,
  key: string,
  values: Values = {},
  extra: { proof?: string; isOptional?: boolean } = {},
) {
  const variant = talk.state.said[key] ?? 0;
  talk.say.push({ key, values, variant, ...extra });
  patch(talk, { said: { ...talk.state.said, [key]: variant + 1 } });
}

const EXPECTED: Record<Question, Expectation> = {
  service: "service",
  time: "time",
  offers: "choice",
  confirmBooking: "confirm",
  confirmMove: "confirm",
  confirmCancel: "confirm",
  name: "name",
  whichVisit: "which_visit",
  whichPatient: "which_patient",
  delay: "question",
  whatToDo: "what_to_do",
  cancelWhat: "what_to_do",
  bookInstead: "confirm",
  goOn: "confirm",
  anythingElse: "anything_else",
};

/** Says something that waits for an answer: the last thing of a reply. `options` are the ids behind the digits. */
export function askFor(talk: Talk, question: Question, key: string, values: Values = {}, options: string[] = []): void {
  say(talk, key, values);
  const expecting = EXPECTED[question];
  const digits = expecting === "confirm" ? ["yes", "no"] : options;
  patch(talk, { asked: { question, expecting, options: digits } });
}

/** The talk is done with what it was about; about whom, in which language, and what was said stays. */
export function settle(talk: Talk): void {
  const known = { ...NOTHING_KNOWN, patientId: talk.state.known.patientId };
  const { flow } = talk.state;
  if (flow !== "idle") patch(talk, { last: flow });
  patch(talk, { flow: "idle", asked: null, known, offers: [], shown: [], proposal: null, paused: null });
}

export const has = (talk: Talk, ...intents: Intent[]): boolean =>
  talk.heard.intents.some(({ intent }) => intents.includes(intent));
export const isHeadline = (talk: Talk, ...intents: Intent[]): boolean => {
  const headline = talk.heard.intents[0]?.intent;
  return headline !== undefined && intents.includes(headline);
};
export const isAsked = (talk: Talk, ...questions: Question[]): boolean =>
  talk.state.asked !== null && questions.includes(talk.state.asked.question);

/** To a yes-or-no question 1 is the yes and 2 the no: what is offered to type is digits (dialog.md). */
const digitAnswer = ({ heard, state }: Talk): "yes" | "no" | undefined => {
  if (state.asked?.expecting !== "confirm") return undefined;
  return heard.slots.choice?.index === 1 ? "yes" : heard.slots.choice?.index === 2 ? "no" : undefined;
};
export const saysYes = (talk: Talk): boolean =>
  digitAnswer(talk) === "yes" ||
  (!saysNo(talk) && (has(talk, "affirm", "confirm") || talk.heard.slots.yesNo === "yes"));
export const saysNo = (talk: Talk): boolean =>
  digitAnswer(talk) === "no" ||
  talk.heard.slots.yesNo === "no" ||
  has(talk, "negate", "none_of_these", "decline_service");

/** The message says whom it is about. */
export const namesSomebody = ({ facts, heard }: Talk): boolean =>
  facts.namedPatientIds.length > 0 || facts.saysSomeoneElse || heard.slots.forRelation !== undefined;

/** Whose record a task is about, where that is plain. */
export function aboutWhom({ state, facts }: Talk): string | null {
  const [only, ...others] = facts.patients;
  if (state.known.isSomeoneNew && !state.known.patientId) return null;
  return state.known.patientId ?? (others.length === 0 ? (only?.id ?? null) : null);
}

/** The option picked by number, counted from the end when negative; undefined when none was or it is out of range. */
export function pickedOption<T>(talk: Talk, options: readonly T[]): T | undefined {
  const index = talk.heard.slots.choice?.index;
  if (index === undefined || index === 0) return undefined;
  return index > 0 ? options[index - 1] : options.at(index);
}

/** A number was given that no option has. */
export const isOutOfRange = (talk: Talk, options: readonly unknown[]): boolean =>
  talk.heard.slots.choice?.index !== undefined && pickedOption(talk, options) === undefined;

export const text = (value: string): SayValue => ({ is: "text", text: value });
