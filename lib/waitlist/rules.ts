import type { ENTRY_STATUSES, OFFER_STATUSES, SLOT_ENDS, SLOT_STATUSES, URGENCIES } from "@/db/schema/waitlist";
import { dayIn, timeIn, weekdayOf } from "@/lib/core/zone";

export type EntryStatus = (typeof ENTRY_STATUSES)[number];
export type Urgency = (typeof URGENCIES)[number];
export type SlotStatus = (typeof SLOT_STATUSES)[number];
export type SlotEnd = (typeof SLOT_ENDS)[number];
export type OfferStatus = (typeof OFFER_STATUSES)[number];

/** The numbers of domain.md, "waitlist offer". */
export const BATCH_SIZE = 3;
export const OFFER_MINUTES = 20;
export const STOP_HOURS = 2;
export const MOST_OPEN_OFFERS = 2;
export const NEW_OFFERS_A_DAY = 1;
export const CASCADE_SLOTS = 3;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What somebody who waits said would suit them; wall times and days are the clinic's. */
export interface Wanted {
  providerIds: readonly string[];
  weekdays: readonly number[];
  notBefore: string | null;
  notAfter: string | null;
  firstDay: string | null;
  lastDay: string | null;
}

/** A start with a provider that could be offered. */
export interface Start {
  startsAt: Date;
  providerId: string;
}

/** Whether a start is one that they asked for. */
export function suits(wanted: Wanted, { startsAt, providerId }: Start, timeZone: string): boolean {
  const day = dayIn(startsAt, timeZone);
  const time = timeIn(startsAt, timeZone);
  return (
    (wanted.providerIds.length === 0 || wanted.providerIds.includes(providerId)) &&
    (wanted.weekdays.length === 0 || wanted.weekdays.includes(weekdayOf(day))) &&
    (wanted.notBefore === null || time >= wanted.notBefore) &&
    (wanted.notAfter === null || time < wanted.notAfter) &&
    (wanted.firstDay === null || day >= wanted.firstDay) &&
    (wanted.lastDay === null || day <= wanted.lastDay)
  );
}

/** One who waits and whom a slot suits, as the rank sees them. */
export interface Candidate {
  entryId: string;
  patientId: string;
  serviceMinutes: number;
  /** Asked for this provider by name. */
  hasNamedProvider: boolean;
  urgency: Urgency;
  askedAt: Date;
  /** Offers that went out to them in the last 30 days. */
  offersLately: number;
}

const OF_URGENCY: Record<Urgency, number> = { urgent: 40, normal: 20, flexible: 0 };
const MOST_WAITING_DAYS = 30;
const PER_OFFER = 15;

/**
 * How high somebody stands for a slot, in points: how well it fits (up to 40: the share of the freed time that their visit
 * fills, and a provider whom they named), urgency (up to 40), days waited (up to 30), less 15 for each offer had lately.
 */
export function scoreOf(candidate: Candidate, slotMinutes: number, now: Date): number {
  const share = slotMinutes > 0 ? Math.min(1, candidate.serviceMinutes / slotMinutes) : 0;
  const fit = 20 * share + (candidate.hasNamedProvider ? 20 : 0);
  const days = Math.min(MOST_WAITING_DAYS, Math.max(0, (now.getTime() - candidate.askedAt.getTime()) / DAY));
  return fit + OF_URGENCY[candidate.urgency] + days - PER_OFFER * candidate.offersLately;
}

/** The order in which a slot is offered; of equals who asked first, then by id, so that every run says the same. */
export function rank<C extends Candidate>(candidates: readonly C[], slotMinutes: number, now: Date): C[] {
  const scores = new Map(candidates.map((one) => [one, scoreOf(one, slotMinutes, now)]));
  const scoreIn = (one: C) => scores.get(one) ?? 0;
  return candidates.toSorted(
    (a, b) => scoreIn(b) - scoreIn(a) || a.askedAt.getTime() - b.askedAt.getTime() || (a.entryId < b.entryId ? -1 : 1),
  );
}

/** Whether one more offer keeps a patient's limits: two open, one new a day. */
export const mayBeOffered = ({ open, today }: { open: number; today: number }): boolean =>
  open < MOST_OPEN_OFFERS && today < NEW_OFFERS_A_DAY;

/** A claim's own old time is offered in turn, until three slots of one cascade were. */
export const mayCascade = (cascadeDepth: number): boolean => cascadeDepth < CASCADE_SLOTS;

export const stopsAt = (startsAt: Date): Date => new Date(startsAt.getTime() - STOP_HOURS * 60 * MINUTE);
export const expiryOf = (offeredAt: Date): Date => new Date(offeredAt.getTime() + OFFER_MINUTES * MINUTE);

export type Step = { step: "wait"; until: Date } | { step: "offer" } | { step: "end"; because: "too_late" };

/**
 * What is next for an open slot: its batch waits for answers as long as one may still come, then the next is due. From
 * two hours before it begins nobody new is asked, and it ends when the last who were asked have had their time.
 */
export function nextStep(startsAt: Date, openUntil: readonly Date[], now: Date): Step {
  const waiting = openUntil.filter((until) => until > now);
  const [last] = waiting.toSorted((a, b) => b.getTime() - a.getTime());
  if (last) return { step: "wait", until: last };
  return now >= stopsAt(startsAt) ? { step: "end", because: "too_late" } : { step: "offer" };
}
