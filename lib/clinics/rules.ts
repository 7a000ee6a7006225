import type { ClinicSettings } from "@/db/schema/clinics";

/** The numbers of domain.md ("Rules with numbers") and of the booking page, as one clinic has them. */
export interface ClinicRules {
  /** How long before its start a patient may still book or move a visit; staff may until it starts. */
  minimumNoticeMinutes: number;
  /** How far ahead patients are offered slots. */
  bookingHorizonDays: number;
  /** A hold in a thread lasts as long as the conversation waits for an answer. */
  threadHoldMinutes: number;
  /** A hold on the booking page. */
  publicHoldMinutes: number;
  /** After the start, or after the delay that the patient announced. */
  noShowAfterMinutes: number;
  /** Starts are offered at multiples of this, on the clinic's wall clock. */
  slotStepMinutes: number;
  digits: "latn" | "arab";
}

export const DEFAULT_RULES: Readonly<ClinicRules> = {
  minimumNoticeMinutes: 60,
  bookingHorizonDays: 90,
  threadHoldMinutes: 30,
  publicHoldMinutes: 10,
  noShowAfterMinutes: 15,
  slotStepMinutes: 15,
  digits: "latn",
};

/** A clinic's settings over the defaults; what is absent or undefined takes the default. */
export function rulesOf(settings: ClinicSettings): ClinicRules {
  const said = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_RULES, ...said };
}
