import type { DayRange, Daypart } from "@/lib/dialog/schema";
import { foldLetters } from "@/lib/dialog/understand/fold";

/** What a word or two of a message say about time. Each language reads its own words into these; one composer joins them. */
export type AtomValue =
  | { readonly kind: "days"; readonly ranges: readonly DayRange[]; readonly past?: boolean; readonly hijri?: boolean }
  /** A span in which weekdays said beside it are looked for: "next week", "in March". */
  | { readonly kind: "span"; readonly range: DayRange; readonly past?: boolean; readonly hijri?: boolean }
  | { readonly kind: "weekday"; readonly weekdays: readonly number[]; readonly which: WhichWeekday }
  /** A day of a month that isn't named: "the 3rd". */
  | { readonly kind: "dayOfMonth"; readonly day: number }
  | { readonly kind: "clock"; readonly clock: Clock }
  /** A number that may be an hour, if its neighbours say so. Spelt ones need more of a hint. */
  | { readonly kind: "number"; readonly n: number; readonly minute?: number; readonly spelt: boolean }
  | { readonly kind: "moment"; readonly day: string; readonly time: string }
  | { readonly kind: "daypart"; readonly part: Part; readonly on?: "today" | "tomorrow" }
  /** Hours on a day that the words give whole: "the next two hours". */
  | { readonly kind: "window"; readonly day: string; readonly from: string; readonly to: string }
  /** "For 30 minutes": says how long the time beside it lasts. */
  | { readonly kind: "lasting"; readonly minutes?: number; readonly days?: number }
  /** "Two weeks" before "after Friday": counted from the day that follows. */
  | { readonly kind: "offset"; readonly n: number; readonly unit: "day" | "week" | "month" }
  | { readonly kind: "op"; readonly op: Op }
  | { readonly kind: "wish"; readonly wish: "earliest" | "latest" | "later" | "earlier" }
  /** Words that speak of no time though they look it: "good morning". */
  | { readonly kind: "nothing" };

export type WhichWeekday = "coming" | "this" | "nextWeek" | "afterNext" | "last" | "any" | "following";

export type Op =
  | "after"
  | "before"
  | "from"
  | "until"
  | "between"
  | "to"
  | "and"
  | "or"
  | "not"
  /** "Any Tuesday but the 3rd" rules out; "yes, but at 4" does not. */
  | "but"
  /** "Tuesday doesn't work", "I can't do Tuesday": what stands on either side. */
  | "cannot"
  /** "De 3 a 5", but also "la cita de las 4": a range only. */
  | "of"
  | "around"
  | "meant"
  | "orLater"
  /** "Can we do 5", "how about 5": the number is an hour. */
  | "at"
  | "orEarlier";

/** `half` is what the words say: `24` when written so that it can't be the other half of the day. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly half: "am" | "pm" | "24" | null;
}

export interface Part {
  readonly name: Daypart;
  readonly from: string;
  readonly to: string;
  /** The moment meant by "after" and "before" it. */
  readonly after: string;
  readonly before: string;
}

export type Atom = AtomValue & { readonly start: number; readonly end: number };

/** Where and when the message is read. */
export interface Place {
  readonly today: string;
  /** `HH:MM`, in the clinic's zone. */
  readonly now: string;
  readonly dayFirst: boolean;
}

export interface TimeRule {
  readonly pattern: RegExp;
  readonly read: (groups: readonly (string | undefined)[], place: Place) => AtomValue | null;
}

/** One rule of a language: whole words, in natural spelling. */
export const on = (source: string, read: TimeRule["read"] | AtomValue): TimeRule => ({
  pattern: new RegExp(`(?<= )(?:${foldLetters(source)})(?= )`, "gu"),
  read: typeof read === "function" ? read : () => read,
});

export const op = (name: Op): AtomValue => ({ kind: "op", op: name });
export const wish = (name: "earliest" | "latest" | "later" | "earlier"): AtomValue => ({ kind: "wish", wish: name });

/** An hour and minutes as said; null when no clock shows them. A leading zero or an hour past 12 is a 24-hour clock. */
export function clock(hour: string | number, minute: string | number = 0, half?: string | null): AtomValue | null {
  const [h, m] = [Number(hour), Number(minute)];
  if (!(h >= 0 && h <= 24 && m >= 0 && m <= 59)) return null;
  if (half === "am" || half === "pm") {
    if (h > 12) return { kind: "clock", clock: { hour: h % 24, minute: m, half: "24" } };
    return h === 0 ? null : { kind: "clock", clock: { hour: h, minute: m, half } };
  }
  const isWhole = h > 12 || h === 0 || (typeof hour === "string" && /^0\d$/.test(hour));
  return { kind: "clock", clock: { hour: h % 24, minute: m, half: isWhole || half === "24" ? "24" : null } };
}

const part = (name: Daypart, from: string, to: string, after = from, before = from): Part => ({
  name,
  from,
  to,
  after,
  before,
});

/** The clinic's convention for the parts of a day; ends are left out. */
export const PARTS = {
  morning: part("morning", "06:00", "12:00", "12:00", "12:00"),
  earlyMorning: part("morning", "06:00", "09:30"),
  midMorning: part("morning", "09:30", "11:30"),
  lateMorning: part("morning", "10:30", "12:00"),
  noon: part("noon", "12:00", "14:00", "13:00", "12:00"),
  lunch: part("noon", "12:00", "14:00", "13:00", "12:00"),
  afternoon: part("afternoon", "12:00", "18:00", "17:00", "12:00"),
  longAfternoon: part("afternoon", "12:00", "20:00", "17:00", "12:00"),
  earlyAfternoon: part("afternoon", "12:00", "15:00"),
  lateAfternoon: part("afternoon", "15:00", "18:00"),
  asr: part("afternoon", "15:00", "18:00", "16:00", "15:30"),
  sunset: part("evening", "17:30", "20:00", "18:00", "18:00"),
  evening: part("evening", "17:00", "22:00", "17:00", "17:00"),
  work: part("evening", "17:00", "20:00", "17:00", "09:00"),
  school: part("afternoon", "15:00", "18:00", "15:00", "08:30"),
} as const satisfies Record<string, Part>;

export const daypart = (name: keyof typeof PARTS, day?: "today" | "tomorrow"): AtomValue => ({
  kind: "daypart",
  part: PARTS[name],
  ...(day && { on: day }),
});
