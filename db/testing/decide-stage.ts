import { decide, type Decided } from "@/lib/dialog/decide/decide";
import type { AskedOfWorld, Facts, VisitFact } from "@/lib/dialog/decide/facts";
import { introduced } from "@/lib/dialog/introduce";
import type { Exchange } from "@/lib/dialog/run-decision";
import { renderReply } from "@/lib/dialog/say/say";
import type { Intent, Slots, Understanding } from "@/lib/dialog/schema";
import { FRESH, type DialogState, type Offer } from "@/lib/dialog/state";

/** A small world: two services, two dentists, the hours of March 2026, and a book that says yes unless told. */
export const FACTS: Facts = {
  now: "2026-03-02T12:00:00.000Z",
  clinic: {
    name: "Test Dental",
    phone: "+12025550100",
    address: "1 Test Street",
    emergencyNumber: "911",
    timeZone: "America/New_York",
    digits: "latn",
    defaultLocale: "en",
    isSuspended: false,
    talkMinutes: 30,
  },
  channel: "sms",
  botMode: "always",
  isHeldByStaff: false,
  isHandedOff: false,
  isOptedOut: false,
  carrierAnswered: null,
  isIntroduced: true,
  repeats: 0,
  isMediaOnly: false,
  language: null,
  patients: [],
  namedPatientIds: [],
  saysSomeoneElse: false,
  services: [
    {
      id: "clean",
      names: { en: "Cleaning", es: "Limpieza", ar: "تنظيف" },
      isOnline: true,
      providerIds: ["ada", "sam"],
    },
    { id: "fill", names: { en: "Filling", es: "Empaste", ar: "حشوة" }, isOnline: true, providerIds: ["ada"] },
    { id: "root", names: { en: "Root canal" }, isOnline: false, providerIds: ["ada"] },
  ],
  providers: [
    { id: "ada", name: "Dr. Ada Moreno" },
    { id: "sam", name: "Dr. Samir Haddad" },
  ],
};
export const ANN = { id: "ann", name: "Ann Lee", language: null, relation: "self" } as const;
export const BEN = { id: "ben", name: "Ben Lee", language: null, relation: "family" } as const;

export const offer = (startsAt: string, providerId = "ada", serviceId = "clean"): Offer => ({
  serviceId,
  providerId,
  startsAt,
  endsAt: new Date(Date.parse(startsAt) + 30 * 60_000).toISOString(),
});
export const NINE = offer("2026-03-03T14:00:00.000Z");
export const TEN = offer("2026-03-03T15:00:00.000Z", "sam");
export const ELEVEN = offer("2026-03-04T16:00:00.000Z");
export const VISIT: VisitFact = {
  id: "visit",
  patientId: "ann",
  serviceId: "clean",
  serviceName: "Cleaning",
  providerId: "ada",
  providerName: "Dr. Ada Moreno",
  startsAt: "2026-03-05T15:00:00.000Z",
  endsAt: "2026-03-05T15:30:00.000Z",
  confirmation: "unasked",
};

/** An understanding by hand: intents, slots, and whatever else a case is about. */
export const heard = (intents: Intent[], slots: Slots = {}, rest: Partial<Understanding> = {}): Understanding => ({
  language: "en",
  wordCount: 1,
  confidence: intents.length > 0 || Object.keys(slots).length > 0 ? 0.9 : 0,
  intents: intents.map((intent) => ({ intent, confidence: 0.9 })),
  optOut: "none",
  optOutBy: null,
  isOptInKeyword: false,
  emergency: false,
  angry: false,
  requested: [],
  slots,
  spans: [],
  ...rest,
});
export const pick = (index: number): Slots => ({ choice: { index } });
export const service = (id: string): Slots => ({ service: { ids: [id], words: id } });

export type World = (asked: AskedOfWorld) => unknown;
export const world =
  (over: Partial<Record<AskedOfWorld["kind"], unknown>> = {}): World =>
  ({ kind, input }) => {
    if (kind in over) return over[kind];
    if (kind === "slots") return { fits: [NINE, TEN, ELEVEN], nearest: [], hasMore: true, why: null };
    if (kind === "visits") return [VISIT];
    if (kind === "knowledge") return null;
    if (kind === "opening") return { isOpen: true, until: "2026-03-02T22:00:00.000Z", week: [] };
    if (kind === "patient") return { ok: true, data: { id: "new", name: input.name, language: null } };
    if (kind === "hold") return { ok: true, data: { holdId: "hold", expiresAt: "2026-03-02T12:30:00.000Z" } };
    return { ok: true, data: { visitId: "visit" } };
  };

export interface Played extends Decided {
  readonly asked: AskedOfWorld[];
  readonly exchanges: Exchange[];
  readonly text: string;
  readonly unaccounted: readonly unknown[];
  readonly keys: string[];
  readonly kinds: string[];
}

export function turn(state: DialogState, said: Understanding, facts: Facts = FACTS, answers: World = world()): Played {
  const deciding = decide(state, said, facts);
  const asked: AskedOfWorld[] = [];
  const exchanges: Exchange[] = [];
  let step = deciding.next();
  while (!step.done) {
    asked.push(step.value);
    const answer = answers(step.value);
    exchanges.push({ ...step.value, answer });
    step = deciding.next(answer);
  }
  const { decision, language } = step.value;
  const isSaid = decision.silence === null && decision.say.length > 0;
  const { text, unaccounted } = isSaid
    ? renderReply(introduced(decision, facts), facts, language)
    : { text: "", unaccounted: [] };
  return {
    ...step.value,
    asked,
    exchanges,
    text,
    unaccounted,
    keys: decision.say.map(({ key }) => key),
    kinds: asked.map(({ kind }) => kind),
  };
}

/** Several messages after each other; the last turn. */
export function talk(messages: Understanding[], facts: Facts = FACTS, answers: World = world()): Played {
  let state = FRESH;
  let last: Played | undefined;
  for (const message of messages) {
    last = turn(state, message, facts, answers);
    state = last.state;
  }
  if (!last) throw new Error("nothing was said");
  return last;
}

export const KNOWN: Facts = { ...FACTS, patients: [ANN] };
export const FAMILY: Facts = { ...FACTS, patients: [ANN, BEN] };
