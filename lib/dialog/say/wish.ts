import type { TimeConstraint } from "../schema";
import { dayWritten, wallTimeWritten, weekdayName, type Writing } from "./format";
import { wordsFor } from "./words";

/** What was understood of a wish, in words: "Tuesday, March 3, after 4:00 PM". Empty when it narrows nothing. */
export function wishWritten(writing: Writing, wish: TimeConstraint): string {
  const parts = wordsFor(writing.language, "parts");
  const text = [daysWritten(writing, wish), exceptWritten(writing, wish), hoursWritten(writing, wish)]
    .filter((part) => part !== "")
    .join(parts.of("comma"));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const either = (writing: Writing, words: readonly string[]): string => {
  const { of } = wordsFor(writing.language, "parts");
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : of("or", { a: words.slice(0, -1).join(of("comma")), b: last });
};

function daysWritten(writing: Writing, { days, weekdays }: TimeConstraint): string {
  const { of } = wordsFor(writing.language, "parts");
  const ranges = (days ?? []).slice(0, 3).map(({ from, to }) => {
    const a = dayWritten(writing, from);
    if (to === from) return a;
    return to === null ? of("from", { a }) : of("between", { a, b: dayWritten(writing, to) });
  });
  if (weekdays?.length)
    ranges.push(
      either(
        writing,
        weekdays.map((weekday) => weekdayName(writing, weekday)),
      ),
    );
  return days?.length && weekdays?.length ? ranges.join(of("comma")) : either(writing, ranges);
}

function exceptWritten(writing: Writing, { exceptDays, exceptWeekdays }: TimeConstraint): string {
  const names = [
    ...(exceptDays ?? []).map((day) => dayWritten(writing, day)),
    ...(exceptWeekdays ?? []).map((weekday) => weekdayName(writing, weekday)),
  ];
  return names.length > 0 ? wordsFor(writing.language, "parts").of("not", { a: either(writing, names) }) : "";
}

function hoursWritten(writing: Writing, wish: TimeConstraint): string {
  const { of } = wordsFor(writing.language, "parts");
  const time = (wall: string) => wallTimeWritten(writing, wall);
  const named = wish.anyOf ?? wish.ambiguousAt;
  if (wish.at) return of(wish.approximate ? "around" : "at", { a: time(wish.at) });
  if (named?.length) return of("at", { a: either(writing, named.map(time)) });
  if (wish.daypart) return of(`dayparts.${wish.daypart}`);
  if (wish.notBefore && wish.notAfter) return of("between", { a: time(wish.notBefore), b: time(wish.notAfter) });
  if (wish.notBefore) return of("after", { a: time(wish.notBefore) });
  if (wish.notAfter) return of("before", { a: time(wish.notAfter) });
  return wish.latest ? of("latest") : "";
}
