import { z } from "zod";
import { Expectation, Language, TimeConstraint } from "./schema";

/**
 * The dialog's memory of one conversation, kept as data in `conversations.dialog`. Versioned: what an older or
 * broken version left is read as a fresh start, never as an error.
 */
export const FLOWS = [
  "idle",
  "booking",
  "moving",
  "cancelling",
  "listing",
  "confirming",
  "late",
  "waitlisting",
] as const;
export const Flow = z.enum(FLOWS);
export type Flow = z.infer<typeof Flow>;

const Instant = z.string();

/** A slot as it was offered: enough to hold it without asking again. */
export const Offer = z.object({
  serviceId: z.string(),
  providerId: z.string(),
  startsAt: Instant,
  endsAt: Instant,
});
export type Offer = z.infer<typeof Offer>;

/** What the patient is about to say yes to. `holdId` is absent where nothing could be held (a move onto its own time). */
export const Proposal = z.object({
  offer: Offer,
  /** For whom it is kept; null while their name is missing. */
  patientId: z.string().nullable(),
  holdId: z.string().nullable(),
  expiresAt: Instant.nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

/** Everything said so far that still counts, in any order it came. */
export const Known = z.object({
  serviceId: z.string().nullable(),
  providerId: z.string().nullable(),
  exceptProviderIds: z.array(z.string()),
  wish: TimeConstraint.nullable(),
  /** A record of this contact point. */
  patientId: z.string().nullable(),
  /** A person without a record yet: their name as written. */
  newName: z.string().nullable(),
  /** The visit is for somebody other than those on record. */
  isSomeoneNew: z.boolean(),
  /** It is for somebody other than who writes: their child (whose guardian they are), or one of the family. */
  relation: z.enum(["guardian", "family"]).nullable().default(null),
  /** The visit that is moved, cancelled, confirmed or late to. */
  visitId: z.string().nullable(),
  delayMinutes: z.int().nullable(),
  /** A yes that came before all was known, and the slot that it was said to. */
  yesTo: Offer.nullable(),
  /** The wish is "as soon as possible because it hurts": said once how to call. */
  isSymptom: z.boolean(),
});
export type Known = z.infer<typeof Known>;

export const QUESTIONS = [
  "service",
  "time",
  "offers",
  "confirmBooking",
  "confirmMove",
  "confirmCancel",
  "name",
  "whichVisit",
  "whichPatient",
  "delay",
  "whatToDo",
  "cancelWhat",
  "bookInstead",
  "goOn",
  "anythingElse",
] as const;
export const Question = z.enum(QUESTIONS);
export type Question = z.infer<typeof Question>;

/** The question that waits for an answer; `options` are the ids behind the digits, in their order. */
export const Asked = z.object({ question: Question, expecting: Expectation, options: z.array(z.string()) });
export type Asked = z.infer<typeof Asked>;

export const DialogState = z.object({
  v: z.literal(1),
  flow: Flow,
  /** What the talk was about before: "and for Ann?" asks for the same. */
  last: Flow.default("idle"),
  asked: Asked.nullable(),
  known: Known,
  /** The slots of the last list, and every start shown so far for this wish. */
  offers: z.array(Offer),
  shown: z.array(Instant),
  proposal: Proposal.nullable(),
  /** What a silence of half an hour interrupted: the next message goes on with it or is asked whether to. */
  paused: z.object({ flow: Flow, asked: Asked.nullable() }).nullable(),
  /** How often each question or phrase was said in this talk: the next one takes other words. */
  said: z.record(z.string(), z.int()),
  failures: z.int(),
  /** Turns in a row that led nowhere, and since when: a machine at the other end thanks us for ever. */
  chatter: z.object({ since: Instant, turns: z.int() }).nullable(),
  unanswered: z.int(),
  language: Language.nullable(),
  /** Asked for by the patient: wins over the language of later messages. */
  chosenLanguage: Language.nullable(),
  hasSaidSuspended: z.boolean(),
  lastReply: z.string().nullable(),
  updatedAt: Instant.nullable(),
});
export type DialogState = z.infer<typeof DialogState>;

export const NOTHING_KNOWN: Known = {
  serviceId: null,
  providerId: null,
  exceptProviderIds: [],
  wish: null,
  patientId: null,
  newName: null,
  isSomeoneNew: false,
  relation: null,
  visitId: null,
  delayMinutes: null,
  yesTo: null,
  isSymptom: false,
};

export const FRESH: DialogState = {
  v: 1,
  flow: "idle",
  last: "idle",
  asked: null,
  known: NOTHING_KNOWN,
  offers: [],
  shown: [],
  proposal: null,
  paused: null,
  said: {},
  failures: 0,
  chatter: null,
  unanswered: 0,
  language: null,
  chosenLanguage: null,
  hasSaidSuspended: false,
  lastReply: null,
  updatedAt: null,
};

/** The state as stored; anything that can't be read is a fresh start. */
export const readState = (stored: unknown): DialogState => DialogState.safeParse(stored).data ?? FRESH;

/** What a conversation waits for: given to the understander with the next message. */
export const expectationOf = (state: DialogState): Expectation | undefined => state.asked?.expecting;

/** How many numbered options the last message had. */
export const optionCountOf = (state: DialogState): number => state.asked?.options.length ?? 0;

/** Whether the talk has been silent too long to go on as if nothing had been (domain.md, conversation time-out). */
export function hasTimedOut(state: DialogState, now: Date, minutes: number): boolean {
  if (!state.updatedAt) return false;
  return now.getTime() - new Date(state.updatedAt).getTime() >= minutes * 60_000;
}
