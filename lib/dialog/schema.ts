import { z } from "zod";

/**
 * The contract of the dialog's three parts: what an inbound message was understood to mean. Both understanders
 * (the deterministic one and a model) answer an `Understanding`; the decision reads nothing else of the message.
 */

/** Everything a patient's message can do; a message can carry several. `cancel` is about a visit, `cancel_current` about what we are doing now. */
export const INTENTS = [
  "book",
  "find_provider",
  "reschedule",
  "cancel",
  "confirm",
  "list_appointments",
  "running_late",
  "ask_question",
  "ask_availability",
  "ask_price",
  "ask_hours_location",
  "talk_to_human",
  "complaint",
  "waitlist",
  "affirm",
  "negate",
  "unsure",
  "choose",
  "show_more",
  "none_of_these",
  "no_preference",
  "provide",
  "correct",
  "cancel_current",
  "go_back",
  "greet",
  "thank",
  "bye",
  "repeat",
  "restart",
  "ask_if_bot",
  "change_language",
  "symptom",
  "emergency",
  "opt_out",
  "opt_in",
  "help",
  "decline_service",
  "out_of_scope",
] as const;
export const Intent = z.enum(INTENTS);
export type Intent = z.infer<typeof Intent>;

export const LANGUAGES = ["en", "es", "ar"] as const;
export const Language = z.enum(LANGUAGES);
export type Language = z.infer<typeof Language>;

/** What the bot's last question asked for. `confirm` is any yes-or-no question; `anything_else` is the closing one. */
export const EXPECTATIONS = [
  "service",
  "provider",
  "time",
  "choice",
  "confirm",
  "name",
  "which_visit",
  "which_patient",
  "what_to_do",
  "anything_else",
  "birth_date",
  "question",
] as const;
export const Expectation = z.enum(EXPECTATIONS);
export type Expectation = z.infer<typeof Expectation>;

export const DAYPARTS = ["morning", "noon", "afternoon", "evening"] as const;
export const Daypart = z.enum(DAYPARTS);
export type Daypart = z.infer<typeof Daypart>;

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const WallTime = z.string().regex(/^\d{2}:\d{2}$/);
const Weekday = z.int().min(1).max(7);

/** Calendar days, both ends included; `to: null` is open ("from Friday on"). A single day has `from` equal to `to`. */
export const DayRange = z.object({ from: Day, to: Day.nullable() });
export type DayRange = z.infer<typeof DayRange>;

/**
 * The time a patient asked for, already resolved: days and wall times in the clinic's zone, never in the past.
 * What is absent wasn't said. All that is present holds at once: any of `days`, any of `weekdays`, none of the excepted,
 * and a start in the half-open span: `notBefore` ≤ start < `notAfter` ("before 4" ends at 16:00, which it leaves out).
 */
export const TimeConstraint = z.object({
  days: z.array(DayRange).optional(),
  weekdays: z.array(Weekday).optional(),
  exceptDays: z.array(Day).optional(),
  exceptWeekdays: z.array(Weekday).optional(),
  /** The one start asked for. Absent where `ambiguousAt` is present. */
  at: WallTime.optional(),
  /** Several starts named as alternatives ("3 or 4:30"), or the readings of an hour that may be morning or evening. */
  anyOf: z.array(WallTime).optional(),
  ambiguousAt: z.array(WallTime).optional(),
  notBefore: WallTime.optional(),
  notAfter: WallTime.optional(),
  /** A part of the day; its hours are also in `notBefore` and `notAfter`. */
  daypart: Daypart.optional(),
  /** How long it is to last, where that was said ("at 4 for half an hour"). The service's own length decides. */
  lastsMinutes: z.int().optional(),
  /** "Around 3": `at` is wanted, near it will do. */
  approximate: z.boolean().optional(),
  /** "As soon as possible", "the first you have". */
  earliest: z.boolean().optional(),
  /** "The last of the day", "as late as possible". */
  latest: z.boolean().optional(),
  /** Relative to what was offered: "something later", "an earlier one". */
  relative: z.enum(["later", "earlier"]).optional(),
  /** A day that is over and was said as such ("last Monday"): a question about a past visit, never bookable. */
  past: z.boolean().optional(),
  /** A date of the Hijri calendar was named; the Gregorian days given are an estimate to be read back. */
  hijri: z.boolean().optional(),
  /** The patient's own words, as written. */
  words: z.string(),
});
export type TimeConstraint = z.infer<typeof TimeConstraint>;

/** Facts asked for; `service` means whether one is offered. */
export const REQUESTED = [
  "address",
  "phone",
  "rating",
  "service",
  "price",
  "hours",
  "city",
  "provider",
  "provider_kind",
  "email",
  "website",
  "parking",
  "insurance",
] as const;
export const Requested = z.enum(REQUESTED);
export type Requested = z.infer<typeof Requested>;

/** Named things of the clinic; several ids mean that the words fit several. */
export const Mention = z.object({ ids: z.array(z.string()), words: z.string() });
export type Mention = z.infer<typeof Mention>;

/** Of the options offered: 1 is the first, -1 the last. `all` is "both", "all of them". Out of range is the decision's to refuse. */
export const Choice = z.object({
  index: z.int().optional(),
  indexes: z.array(z.int()).optional(),
  all: z.boolean().optional(),
});
export type Choice = z.infer<typeof Choice>;

export const Slots = z.object({
  service: Mention.optional(),
  /** Services ruled out ("not a cleaning, a filling"). */
  notService: Mention.optional(),
  provider: Mention.optional(),
  notProvider: Mention.optional(),
  /** The name of the person that the message is about or from, as written; for a family, who the visit is for. */
  personName: z.string().optional(),
  /** Whom the visit is for, where a relation and no name was said ("my son"). */
  forRelation: z.enum(["self", "child", "partner", "parent", "sibling", "other"]).optional(),
  partySize: z.int().optional(),
  time: TimeConstraint.optional(),
  /** Where a message names the old and the new time ("move my Tuesday one to Friday"): the old. `time` is the new. */
  currentTime: TimeConstraint.optional(),
  choice: Choice.optional(),
  yesNo: z.enum(["yes", "no"]).optional(),
  delayMinutes: z.int().optional(),
  /** The language asked for by `change_language`. `other`: one that we don't write. */
  language: z.enum([...LANGUAGES, "other"]).optional(),
  birthDate: Day.optional(),
});
export type Slots = z.infer<typeof Slots>;

export const SPAN_KINDS = [
  "intent",
  "time",
  "service",
  "provider",
  "name",
  "choice",
  "opt",
  "emergency",
  "language",
] as const;

/** Why something was understood, for the trace: the words as written and what was read into them. */
export const Span = z.object({ kind: z.enum(SPAN_KINDS), words: z.string(), value: z.string() });
export type Span = z.infer<typeof Span>;

export const ScoredIntent = z.object({ intent: Intent, confidence: z.number().min(0).max(1) });
export type ScoredIntent = z.infer<typeof ScoredIntent>;

export const Understanding = z.object({
  /** The message's own language; `other` is one that we don't write, `null` is undecided ("ok", "3"). */
  language: z.enum([...LANGUAGES, "other"]).nullable(),
  /** Words in the message: a language sticks from three on. */
  wordCount: z.int(),
  /** Of the headline, 0 to 1. Below 0.5 is a failure to understand. */
  confidence: z.number().min(0).max(1),
  /** Headline first; empty when nothing was understood. */
  intents: z.array(ScoredIntent),
  optOut: z.enum(["opt_out", "opt_in", "help", "none"]),
  optOutBy: z.enum(["keyword", "phrase"]).nullable(),
  /** A lone YES, SI, نعم: an opt-in only from an SMS number that is opted out; the decision knows. */
  isOptInKeyword: z.boolean(),
  emergency: z.boolean(),
  /** Abusive or angry: a reason to hand off. */
  angry: z.boolean(),
  requested: z.array(Requested),
  slots: Slots,
  spans: z.array(Span),
});
export type Understanding = z.infer<typeof Understanding>;

export interface NamedService {
  readonly id: string;
  /** In all languages, synonyms among them. */
  readonly names: readonly string[];
}

export interface NamedProvider {
  readonly id: string;
  readonly name: string;
  /** Other spellings, such as the name in another script. */
  readonly aliases?: readonly string[];
}

export const DIALOG_CHANNELS = ["sms", "whatsapp", "simulator", "email"] as const;
export type DialogChannel = (typeof DIALOG_CHANNELS)[number];

/** One inbound message with its context: all that an understander may look at. */
export interface UnderstandInput {
  readonly text: string;
  /** The patient's language as the clinic knows it; it settles what the words leave open (3/4 is the 3rd of April in `es`). */
  readonly locale?: string;
  readonly referenceTime: Date;
  /** The clinic's IANA zone, in which every day and time that comes out is meant. */
  readonly timeZone: string;
  /** What the bot last said, whole. */
  readonly lastSystem?: string;
  readonly expecting?: Expectation;
  /** How many options were offered with the last message. */
  readonly offerCount?: number;
  readonly services: readonly NamedService[];
  readonly providers: readonly NamedProvider[];
  readonly channel: DialogChannel;
  /** What a tapped button carries: an intent, with an index after `choose`: `affirm`, `show_more`, `choose:2`. */
  readonly buttonPayload?: string;
}
