import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { isDay, wallOf } from "../wall";
import { COLUMNS_BY, weekOf } from "./model";

export const VIEWS = ["day", "week", "list"] as const;
export type View = (typeof VIEWS)[number];

/** What of the calendar is in its address. */
export const PARAMS = {
  day: parseAsString,
  /** A moment whose day is to be shown, for links that know no zone. */
  at: parseAsString,
  visit: parseAsString,
  view: parseAsStringLiteral(VIEWS).withDefault("day"),
  by: parseAsStringLiteral(COLUMNS_BY).withDefault("provider"),
  /** Columns by id; of a week the first one counts. */
  only: parseAsArrayOf(parseAsString).withDefault([]),
  services: parseAsArrayOf(parseAsString).withDefault([]),
  colour: parseAsStringLiteral(["status", "service"]).withDefault("status"),
  cancelled: parseAsBoolean.withDefault(false),
};

interface Where {
  day?: string | null;
  at?: string | null;
  view?: string | null;
}

/** The day that the address is about, and all that it shows: that day or its week. */
export function daysOf(
  where: Where,
  { timeZone, today, weekStart }: { timeZone: string; today: string; weekStart: number },
) {
  const day = dayOf(where, timeZone) ?? today;
  return { day, days: where.view === "week" ? weekOf(day, weekStart) : [day] };
}

function dayOf({ day, at }: Where, timeZone: string): string | undefined {
  if (day && isDay(day)) return day;
  return at && !Number.isNaN(Date.parse(at)) ? wallOf(at, timeZone).day : undefined;
}
