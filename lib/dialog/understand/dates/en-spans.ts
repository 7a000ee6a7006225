import { addDays } from "@/lib/core/zone";
import { clock, daypart, on, type AtomValue, type TimeRule } from "./atoms";
import { aDay, aSpan, minutesAhead, weekAround, weekFrom, weekdayAs } from "./calendar";
import { COUNT, HOURS, N, W, WEEKDAYS } from "./en-words";
import { numberOf } from "./numbers";

/** The less common English ways: "two weeks from Monday", "before the end of the month". */

const weeksFrom = (today: string, weeks: number, from: string | undefined): AtomValue => {
  const weekday = WEEKDAYS.of(from);
  const start =
    from === "tomorrow" ? addDays(today, 1) : weekday === undefined ? today : weekdayAs(today, weekday, "coming");
  return aDay(addDays(start, weeks * 7));
};

export const ENGLISH_SPANS: readonly TimeRule[] = [
  on("half an hour from now|in a half hour", (_, { today, now }) => minutesAhead(today, now, 30)),
  on(`(${N}) weeks? from (tomorrow|${W})`, ([n, from], { today }) => weeksFrom(today, numberOf(n, COUNT) ?? 1, from)),
  on("(?:in )?a fortnight(?: from (?:now|today))?", (_, { today }) => aSpan(weekAround(addDays(today, 14)))),
  on("(?:before|by) (?:the )?end of next week", (_, { today }) => aSpan({ from: today, to: weekFrom(today, 1).to })),
  on(`early(?= (?:tomorrow|today|on (?:${W})|${W})(?= ))`, daypart("earlyMorning")),
  on(`late(?= (?:tomorrow|today|on (?:${W})|${W})(?= ))`, daypart("lateAfternoon")),
  on(`(?:at )?(\\d{1,2}|${HOURS.any}) ish`, ([h]) => clock(numberOf(h, HOURS) ?? "")),
];
