import type { DayRange } from "@/lib/dialog/schema";
import type { Atom, Clock, Part, WhichWeekday } from "./atoms";

/** What has been gathered from a message before weekdays and hours are settled against each other. */
export interface Draft {
  dates: DayRange[];
  spans: DayRange[];
  /** Open-ended days: "after Friday", "by the 3rd". */
  bounds: DayRange[];
  weekdays: { weekday: number; which: WhichWeekday; edge?: "after" | "from" | "until" | "before" }[];
  monthDays: number[];
  exceptDays: string[];
  exceptWeekdays: number[];
  exceptMonthDays: number[];
  clocks: Clock[];
  times: string[];
  parts: Part[];
  hours: { notBefore?: Clock | string; notAfter?: Clock | string; between?: readonly [Clock, Clock] };
  /** How long it lasts, where that was said. */
  minutes: number | null;
  earliest: boolean;
  latest: boolean;
  relative: "later" | "earlier" | null;
  approximate: boolean;
  past: boolean;
  hijri: boolean;
  /** What "I can't make it tomorrow" names: of a visit that is moved, the old time. */
  refused: Atom[];
  used: Atom[];
}

export const emptyDraft = (): Draft => ({
  dates: [],
  spans: [],
  bounds: [],
  weekdays: [],
  monthDays: [],
  exceptDays: [],
  exceptWeekdays: [],
  exceptMonthDays: [],
  clocks: [],
  times: [],
  parts: [],
  hours: {},
  minutes: null,
  earliest: false,
  latest: false,
  relative: null,
  approximate: false,
  past: false,
  hijri: false,
  refused: [],
  used: [],
});

/** "Tuesday, I mean Wednesday": what was gathered of the days goes; likewise for the hours. */
export function forgetDays(draft: Draft): void {
  Object.assign(draft, { dates: [], spans: [], bounds: [], weekdays: [], monthDays: [] });
}
export function forgetHours(draft: Draft): void {
  Object.assign(draft, { clocks: [], times: [], parts: [], hours: {} });
}

export type DayAtom = Extract<Atom, { kind: "days" | "span" | "weekday" | "dayOfMonth" | "moment" }>;
export const isDay = (atom: Atom | undefined): atom is DayAtom =>
  atom?.kind === "days" ||
  atom?.kind === "span" ||
  atom?.kind === "weekday" ||
  atom?.kind === "dayOfMonth" ||
  atom?.kind === "moment";

export const isUnit = (atom: Atom | undefined): boolean =>
  isDay(atom) || atom?.kind === "clock" || atom?.kind === "daypart" || atom?.kind === "window";
