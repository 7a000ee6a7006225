import { Temporal } from "temporal-polyfill";
import type { Grain, Moment, SpokenTime } from "@/lib/dialog/measure/line";

/** A time as a data set expects it, in wall times. `clockOnly`: no day was said, the hours count. */
export interface ExpectedTime {
  readonly type: "instant" | "interval" | "none";
  readonly from: string | null;
  readonly to: string | null;
  readonly grain: Grain;
  readonly clockOnly?: boolean;
  /** The hours of a part of the day are a convention: the date must be right and the spans overlap. */
  readonly isDaypart?: boolean;
}

const DAYS: ReadonlySet<Grain> = new Set(["day", "week", "month", "quarter", "year"]);
const UNITS = {
  second: { seconds: 1 },
  minute: { minutes: 1 },
  hour: { hours: 1 },
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
} as const satisfies Record<Grain, Temporal.DurationLike>;

const wall = (time: string) =>
  Temporal.PlainDateTime.from(time.replace(" ", "T").replace(/(?:Z|[+-]\d{2}:\d{2})$/, ""));
const isSame = (a: Temporal.PlainDateTime, b: Temporal.PlainDateTime, clockOnly = false) =>
  clockOnly ? a.toPlainTime().equals(b.toPlainTime()) : a.equals(b);

/** The start of the week, month, … that a time lies in. */
function cut(time: Temporal.PlainDateTime, grain: Grain): Temporal.PlainDateTime {
  const day = time.round({ smallestUnit: "day", roundingMode: "floor" });
  if (grain === "year") return day.with({ month: 1, day: 1 });
  if (grain === "quarter") return day.with({ month: Math.floor((day.month - 1) / 3) * 3 + 1, day: 1 });
  if (grain === "month") return day.with({ day: 1 });
  if (grain === "week") return day.subtract({ days: day.dayOfWeek - 1 });
  return time.round({ smallestUnit: grain, roundingMode: "floor" });
}

/** Whether an answer is the time expected, by the data's rules for instants, intervals and parts of the day. */
export function isTime(answer: Moment, expected: ExpectedTime): boolean {
  if (expected.type === "none") return answer.type === "none";
  if (answer.type === "none" || answer.type === "ask") return false;
  if (expected.isDaypart) return overlaps(answer, expected);
  return expected.type === "instant" ? isInstant(answer, expected) : isInterval(answer, expected);
}

/** Where the words are open: the product asks, or gives all readings. */
export const coversReadings = (answer: SpokenTime, readings: readonly ExpectedTime[]): boolean =>
  answer.type === "ask" || readings.every((one) => (answer.readings ?? []).some((given) => isTime(given, one)));

function isInstant(answer: Moment, { from, grain, clockOnly }: ExpectedTime): boolean {
  if (answer.from === null || from === null || answer.grain === null) return false;
  const [said, wanted] = [wall(answer.from), wall(from)];
  if (DAYS.has(grain) !== DAYS.has(answer.grain)) return false;
  if (answer.type === "interval")
    return DAYS.has(grain) && grain !== "day" && covers(answer, cut(wanted, grain), grain);
  if (DAYS.has(grain)) return answer.grain === grain && cut(said, grain).equals(cut(wanted, grain));
  return isSame(
    cut(said, grain === "second" ? "minute" : grain),
    cut(wanted, grain === "second" ? "minute" : grain),
    clockOnly,
  );
}

/** The whole week, month, … from its start or from within it (what is left of this week). */
function covers({ from, to }: Moment, start: Temporal.PlainDateTime, grain: Grain): boolean {
  if (from === null || to === null) return false;
  return cut(wall(from), grain).equals(start) && isEnd(wall(to), start.add(UNITS[grain]), "day");
}

function isInterval(answer: Moment, { from, to, grain, clockOnly }: ExpectedTime): boolean {
  if (answer.type === "instant") return isWholeSpan(answer, from, to);
  const isStart =
    from === null || answer.from === null
      ? from === answer.from
      : isSame(cut(wall(answer.from), "minute"), cut(wall(from), "minute"), clockOnly);
  if (!isStart) return false;
  if (to === null || answer.to === null) return to === answer.to;
  const [said, wanted] = [wall(answer.to), wall(to)];
  return isEnd(said, wanted, grain, clockOnly) || (DAYS.has(grain) && isEnd(said, wanted, "day", clockOnly));
}

/** The end given, one grain before it, or its last second. */
const isEnd = (
  said: Temporal.PlainDateTime,
  wanted: Temporal.PlainDateTime,
  grain: Grain,
  clockOnly = false,
): boolean =>
  [wanted, wanted.subtract(UNITS[grain]), cut(wanted.add({ minutes: 1 }), "minute")].some((end) =>
    isSame(said, end, clockOnly),
  );

function isWholeSpan({ from: said, grain }: Moment, from: string | null, to: string | null): boolean {
  if (said === null || from === null || to === null || grain === null || !DAYS.has(grain) || grain === "day")
    return false;
  const start = cut(wall(said), grain);
  return start.equals(cut(wall(from), "day")) && isEnd(start.add(UNITS[grain]), wall(to), "day");
}

function overlaps(answer: Moment, expected: ExpectedTime): boolean {
  if (expected.from === null || answer.from === null) return false;
  const [from, start] = [wall(answer.from), wall(expected.from)];
  const isDate = expected.clockOnly === true || from.toPlainDate().equals(start.toPlainDate());
  if (!isDate || DAYS.has(answer.grain ?? "day")) return false;
  const to = answer.to === null ? from.add({ minutes: 1 }) : wall(answer.to);
  const end = expected.to === null ? start.add({ hours: 24 }) : wall(expected.to);
  const shift = expected.clockOnly
    ? from.toPlainDate().since(start.toPlainDate())
    : Temporal.Duration.from({ days: 0 });
  return (
    Temporal.PlainDateTime.compare(from, end.add(shift)) < 0 && Temporal.PlainDateTime.compare(start.add(shift), to) < 0
  );
}
