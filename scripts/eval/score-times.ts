import { answerLines } from "@/lib/dialog/measure/answer-lines";
import type { Grain, OutputLine, SpokenTime } from "@/lib/dialog/measure/line";
import { coversReadings, isTime, type ExpectedTime } from "./match-time";
import type { DucklingRow, RecognizerRow } from "./rows";
import { shares, type Score } from "./score";

interface TimeRow {
  readonly id: string;
  readonly lang: string;
  readonly text: string;
  readonly bookable: boolean;
  readonly readings: readonly ExpectedTime[];
  readonly isAmbiguous: boolean;
  readonly answer: OutputLine;
}

const GRAINS: readonly Grain[] = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"];

function answersOf(rows: readonly (DucklingRow | RecognizerRow)[], timezone: string): OutputLine[] {
  return answerLines(
    rows.map(({ id, text, lang, reference_time }) => ({
      id,
      text,
      locale: lang,
      reference_time,
      timezone,
      channel: "whatsapp",
    })),
  );
}

export function answerDuckling(rows: readonly DucklingRow[]): TimeRow[] {
  const answers = answersOf(rows, "Etc/GMT+2");
  return rows.flatMap(({ expected, part_of_day: isDaypart, ...row }, index) => {
    const answer = answers[index];
    const grain = GRAINS.find((one) => one === expected.grain) ?? "day";
    const { type, from, to } = expected;
    return answer
      ? [{ ...row, answer, isAmbiguous: false, readings: [{ type, from, to, grain, isDaypart: isDaypart ?? false }] }]
      : [];
  });
}

export function answerRecognizers(rows: readonly RecognizerRow[]): TimeRow[] {
  const answers = answersOf(rows, "UTC");
  return rows.flatMap(({ expected, part_of_day: isDaypart, ambiguous, ...row }, index) => {
    const answer = answers[index];
    const readings = (expected.any_of ?? [expected]).map((one) => ({
      ...recognized(one),
      isDaypart: isDaypart ?? false,
    }));
    return answer ? [{ ...row, answer, isAmbiguous: ambiguous, readings }] : [];
  });
}

const CLOCK = /^\d{2}:\d{2}/;
const dated = (value: string | null | undefined) =>
  value && CLOCK.test(value) ? `2000-01-01T${value}` : (value ?? null);

function recognized({ type, value, start, end }: RecognizerRow["expected"]): ExpectedTime {
  if (type === "none") return { type: "none", from: null, to: null, grain: "day" };
  const clockOnly = type === "time" || type === "timerange";
  const grain = type === "date" || type === "daterange" ? "day" : "minute";
  if (type.endsWith("range")) return { type: "interval", from: dated(start), to: dated(end), grain, clockOnly };
  return { type: "instant", from: dated(value), to: null, grain, clockOnly };
}

const isRight = ({ answer, readings, isAmbiguous }: TimeRow): boolean => {
  const only = readings[0];
  return isAmbiguous || readings.length > 1
    ? coversReadings(answer.datetime, readings)
    : only !== undefined && isTime(answer.datetime, only);
};

/** Exact match of dates and times, the bookable ones first. */
export function scoreTimes(file: string, rows: readonly TimeRow[]): Score {
  const none = rows.filter(({ readings }) => readings[0]?.type === "none");
  const wrong = rows.filter((row) => !isRight(row));
  return {
    file,
    measures: [
      ...shares(
        "bookable",
        rows.filter(({ bookable }) => bookable),
        isRight,
        ({ lang }) => lang,
      ),
      ...shares("all", rows, isRight, ({ lang }) => lang),
      ...shares(
        "ambiguous",
        rows.filter(({ isAmbiguous }) => isAmbiguous),
        isRight,
        ({ lang }) => lang,
      ).slice(0, 1),
      ...shares("no date at all", none, isRight, ({ lang }) => lang).slice(0, 1),
    ],
    misses: [...wrong.filter(({ bookable }) => bookable), ...wrong.filter(({ bookable }) => !bookable)].map((row) => ({
      file,
      measure: row.bookable ? "bookable" : "other",
      id: row.id,
      lang: row.lang,
      text: row.text,
      expected: row.readings.map(spell).join(" or "),
      answer: spellSpoken(row.answer.datetime),
    })),
  };
}

const spell = ({
  type,
  from,
  to,
  grain,
}: {
  type: string;
  from: string | null;
  to: string | null;
  grain: string | null;
}): string => `${type} ${from ?? ""}${to === null ? "" : `..${to}`} ${grain ?? ""}`.trim();
const spellSpoken = (time: SpokenTime): string => [spell(time), ...(time.readings ?? []).map(spell)].join(" / ");
