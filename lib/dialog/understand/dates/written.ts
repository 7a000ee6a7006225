import { clock, on, op, type AtomValue, type TimeRule } from "./atoms";
import { dateNamed } from "./calendar";

/** Dates and times in figures, alike in all languages. */

/** Nouns after a number say that it counts something and is no hour. */
const COUNTED =
  "(?! (?:people|persons|person|of us|of them|of|kids|kid|children|child|teeth|tooth|fillings|cavities|appointments|visits|weeks?|days?|hours?|minutes?|months?|years?|yo|dollars|bucks|times|options?|personas?|ninos?|hijos?|muelas?|dientes?|caries|citas?|dias?|semanas?|horas?|minutos?|mes|meses|anos?|dolares|veces|اشخاص|شخص|اطفال|ايام|يوم|اسابيع|ساعات|دقايق|دقيقه|شهور|سنوات|سنه|اسنان|حشوات|مواعيد|ريال|درهم|جنيه)(?= ))";

function figures(
  first: string | undefined,
  second: string | undefined,
  year: string | undefined,
  today: string,
  dayFirst: boolean,
) {
  const [a, b] = [Number(first), Number(second)];
  const [month, day] = (dayFirst && b <= 12) || a > 12 ? [b, a] : [a, b];
  return dateNamed(today, month, day, year === undefined ? undefined : Number(year));
}

function dashed(a: number, b: number, today: string, dayFirst: boolean) {
  if (dayFirst) return a > 12 && b <= 12 && b > 0 ? dateNamed(today, b, a) : null;
  return a <= 12 && a > 0 && b > 12 ? dateNamed(today, a, b) : null;
}

export const WRITTEN: readonly TimeRule[] = [
  on("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})", ([y, m, d], { today }) =>
    dateNamed(today, Number(m), Number(d), Number(y)),
  ),
  on("(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})", ([a, b, y], { today, dayFirst }) =>
    figures(a, b, y, today, dayFirst),
  ),
  // "4 - 21" month first, "21 - 4" day first: the larger one is past any hour that goes with the smaller.
  on(
    "(?<! (?:from|between|de|desde|entre|من|بين) )(\\d{1,2}) - (\\d{1,2})(?! (?:am|pm|h|-))",
    ([a, b], { today, dayFirst }) => dashed(Number(a), Number(b), today, dayFirst),
  ),
  on("(\\d{1,2})/(\\d{1,2})", ([a, b], { today, dayFirst }) => figures(a, b, undefined, today, dayFirst)),
  on("(\\d{1,2})[:.]([0-5]\\d)(?:[:.][0-5]\\d)? ?(am|pm)?", ([h, m, half]) => clock(h ?? "", m, half)),
  on("(\\d{1,2}) ?h ?([0-5]\\d)?", ([h, m]) => clock(h ?? "", m ?? 0, Number(h) >= 7 ? "24" : null)),
  on("(\\d{1,2}) (am|pm)", ([h, half]) => clock(h ?? "", 0, half)),
  on("(\\d{1,2})([0-5]\\d) (am|pm)", ([h, m, half]) => clock(h ?? "", m, half)),
  on("([01]\\d|2[0-3])([0-5]\\d) (?:hours|hrs|h|horas|hs)", ([h, m]) => clock(h ?? "", m, "24")),
  on("-", op("to")),
  on("(\\d{1,2}) (00|15|30|45) (am|pm)", ([h, m, half]) => clock(h ?? "", m, half)),
  on("(\\d{1,2}) (00|15|30|45)", ([h, m]) => ({ kind: "number", n: Number(h), minute: Number(m), spelt: false })),
  on("(?!19|20)(\\d{1,2})([0-5]\\d)", ([h, m]) => ({ kind: "number", n: Number(h), minute: Number(m), spelt: false })),
  on(`(\\d{1,2})${COUNTED}`, ([n]) => number(n)),
];

const number = (n: string | undefined): AtomValue => ({ kind: "number", n: Number(n), spelt: false });
