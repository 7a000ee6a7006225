import type { DialogChannel, Language, Requested, TimeConstraint } from "../schema";
import type { Offer } from "../state";

/**
 * All that a decision may know of the world. What is cheap is gathered before every turn (`Facts`); the rest is
 * asked for while deciding (`Questions`), answered by whoever runs the decision, and stored with the turn.
 */
export interface ServiceFact {
  readonly id: string;
  /** By language; `en` is always there. */
  readonly names: Readonly<Record<string, string>>;
  readonly isOnline: boolean;
  readonly providerIds: readonly string[];
}

export interface ProviderFact {
  readonly id: string;
  readonly name: string;
}

export interface PatientFact {
  readonly id: string;
  readonly name: string;
  readonly language: string | null;
  /** To the contact point: it is their own, their guardian's, or one they share. */
  readonly relation: "self" | "guardian" | "family";
}

export interface ClinicFact {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly emergencyNumber: string;
  readonly timeZone: string;
  readonly digits: "latn" | "arab";
  readonly defaultLocale: string;
  readonly isSuspended: boolean;
  /** How long a talk in the middle of something waits for an answer, and a hold in it with it. */
  readonly talkMinutes: number;
}

export interface Facts {
  readonly now: string;
  readonly clinic: ClinicFact;
  readonly channel: DialogChannel;
  readonly botMode: "off" | "drafts" | "out_of_hours" | "always";
  readonly isHeldByStaff: boolean;
  /** Handed off and not yet taken over: the bot goes on with what it can do. */
  readonly isHandedOff: boolean;
  readonly isOptedOut: boolean;
  /** The carrier has answered a stop, start or help word itself, so that a second answer would be one too many. */
  readonly carrierAnswered: "STOP" | "START" | "HELP" | null;
  /** Whether this contact point has been told that an assistant writes, and (by SMS) how to stop. */
  readonly isIntroduced: boolean;
  /** How often in a row, before this message, the very same words came. */
  readonly repeats: number;
  /** Pictures or sound and no words. */
  readonly isMediaOnly: boolean;
  /** The conversation's language as staff or earlier turns left it. */
  readonly language: string | null;
  /** Everybody reached at this contact point; nobody else's record exists for this talk. */
  readonly patients: readonly PatientFact[];
  /** Those of them whose name is in the message. */
  readonly namedPatientIds: readonly string[];
  /** To the question whom it is about: none of those on record. */
  readonly saysSomeoneElse: boolean;
  readonly services: readonly ServiceFact[];
  readonly providers: readonly ProviderFact[];
  /** Absent in turns that were stored before there was a waitlist. */
  readonly waitlistOffer?: WaitlistOfferFact | null;
}

export interface VisitFact {
  readonly id: string;
  readonly patientId: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly providerId: string;
  readonly providerName: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly confirmation: "unasked" | "asked" | "confirmed" | "declined";
}

/** An earlier time that came free, was offered to somebody of this thread, and waits for their answer. */
export interface WaitlistOfferFact {
  readonly id: string;
  readonly patientId: string;
  readonly serviceId: string;
  readonly providerId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** The visit that a yes moves; null where one is booked anew. */
  readonly visit: VisitFact | null;
  /** Nothing was written to them after it: a digit is its answer. */
  readonly isLast: boolean;
}

export interface SlotsFact {
  readonly fits: readonly Offer[];
  readonly nearest: readonly Offer[];
  readonly hasMore: boolean;
  readonly why: "closed" | "full" | "too_soon" | "too_far" | null;
}

export interface OpeningFact {
  readonly isOpen: boolean;
  /** When the clinic closes, if open; when it opens next, if not. Null when no hours are known. */
  readonly until: string | null;
  /** Weekly hours in the clinic's zone, ISO weekdays. */
  readonly week: readonly { readonly weekday: number; readonly from: string; readonly to: string }[];
}

export interface KnowledgeFact {
  readonly id: string;
  readonly answer: string;
}

export type Outcome<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: string };

export interface SlotsQuestion {
  readonly serviceId: string;
  readonly providerId: string | null;
  readonly exceptProviderIds: readonly string[];
  readonly wish: TimeConstraint | null;
  readonly exceptStarts: readonly string[];
  readonly after: string | null;
  readonly before: string | null;
  readonly exceptVisitId: string | null;
}

type TaskReason = "handoff" | "emergency" | "visit_or_stop" | "phone_after_stop" | "question" | "as_agreed";

/** What a patient said yes to where only staff act; `name`: of somebody who has no record yet, or shares the number. */
export type Agreed =
  | { readonly act: "book"; readonly offer: Offer; readonly name: string | null }
  | { readonly act: "move"; readonly offer: Offer; readonly visit: VisitFact }
  | { readonly act: "cancel" | "confirm"; readonly visit: VisitFact }
  | { readonly act: "late"; readonly visit: VisitFact; readonly minutes: number };

/** What a decision can ask for, what it hands in, and what it gets: look-ups first, effects after them. */
export interface Questions {
  slots: { input: SlotsQuestion; answer: SlotsFact };
  visits: { input: { patientIds: readonly string[] }; answer: readonly VisitFact[] };
  /** An entry of the clinic's knowledge that answers this message, if one comes near enough. */
  knowledge: { input: { language: Language; topics: readonly Requested[] }; answer: KnowledgeFact | null };
  opening: { input: null; answer: OpeningFact };
  patient: {
    input: { name: string; isSomeoneNew: boolean; relation: "guardian" | "family" | null; language: Language };
    answer: Outcome<Pick<PatientFact, "id" | "name">>;
  };
  hold: { input: { patientId: string; offer: Offer }; answer: Outcome<{ holdId: string; expiresAt: string }> };
  release: { input: { holdId: string }; answer: Outcome<null> };
  bookHold: { input: { holdId: string; patientId: string }; answer: Outcome<{ visitId: string }> };
  book: { input: { patientId: string; offer: Offer }; answer: Outcome<{ visitId: string }> };
  move: {
    input: { visitId: string; patientId: string; offer: Offer; holdId: string | null };
    answer: Outcome<{ visitId: string }>;
  };
  cancel: { input: { visitId: string; patientId: string }; answer: Outcome<{ visitId: string }> };
  confirmVisit: { input: { visitId: string; patientId: string }; answer: Outcome<{ visitId: string }> };
  late: { input: { visitId: string; patientId: string; minutes: number }; answer: Outcome<{ visitId: string }> };
  /** `visitId` is null when somebody else was sooner. */
  claimOffer: {
    input: { offerId: string; patientId: string };
    answer: Outcome<{ visitId: string | null; isStillWaiting: boolean }>;
  };
  declineOffer: { input: { offerId: string; patientId: string }; answer: Outcome<null> };
  joinWaitlist: {
    input: {
      patientId: string;
      serviceId: string;
      visitId: string | null;
      providerId: string | null;
      wish: TimeConstraint | null;
    };
    answer: Outcome<{ entryId: string }>;
  };
  consent: { input: { state: "in" | "out"; how: "keyword" | "phrase" | "carrier" }; answer: Outcome<null> };
  task: { input: { reason: TaskReason; patientId: string | null; agreed?: Agreed }; answer: Outcome<null> };
}

export type QuestionKind = keyof Questions;
export type AskedOfWorld = { [K in QuestionKind]: { kind: K; input: Questions[K]["input"] } }[QuestionKind];

/** Kinds that change something: the turn's trace lists them as effects. */
export const EFFECTS = [
  "patient",
  "hold",
  "release",
  "bookHold",
  "book",
  "move",
  "cancel",
  "confirmVisit",
  "late",
  "claimOffer",
  "declineOffer",
  "joinWaitlist",
  "consent",
  "task",
] as const satisfies readonly QuestionKind[];
/** Effects that staff alone decide on where the bot only drafts; what it kept for a patient it may still let go. */
export const LEFT_TO_STAFF: ReadonlySet<QuestionKind> = new Set([
  "patient",
  "hold",
  "bookHold",
  "book",
  "move",
  "cancel",
  "confirmVisit",
  "late",
  "claimOffer",
  "joinWaitlist",
]);
export const isEffect = (kind: QuestionKind): boolean => (EFFECTS as readonly QuestionKind[]).includes(kind);

/** A decision in the making: it yields what it asks of the world and is resumed with the answer. */
export type Deciding<T> = Generator<AskedOfWorld, T, unknown>;

/** Asks the world one thing. The named cast: the runner answers each kind with that kind's answer. */
export function* ask<K extends QuestionKind>(
  kind: K,
  input: Questions[K]["input"],
): Generator<AskedOfWorld, Questions[K]["answer"], unknown> {
  const answer = yield { kind, input } as AskedOfWorld;
  return answer as Questions[K]["answer"];
}
