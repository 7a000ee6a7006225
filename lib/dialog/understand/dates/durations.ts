import type { Language } from "@/lib/dialog/schema";
import { addDays } from "@/lib/core/zone";
import { on, type AtomValue, type Place, type TimeRule } from "./atoms";
import { aSpan, minutesAhead } from "./calendar";
import { COUNT, N } from "./en-words";
import { named, numberOf } from "./numbers";

/** How long something lasts, how far from another day it is, and the stretch from now on. */

type Unit = "minute" | "hour" | "day" | "week" | "month";
const MINUTES: Partial<Record<Unit, number>> = { minute: 1, hour: 60 };
const DAYS: Partial<Record<Unit, number>> = { day: 1, week: 7 };

/** "For 30 minutes", "for 4 days": says something of a time named beside it, and nothing alone. */
function lasting(n: number | undefined, unit: Unit): AtomValue | null {
  const [minutes, days] = [MINUTES[unit], DAYS[unit]];
  if (n === undefined || n <= 0 || n > 400) return null;
  if (minutes !== undefined) return { kind: "lasting", minutes: Math.round(n * minutes) };
  return days === undefined ? null : { kind: "lasting", days: n * days };
}

/** "Two weeks" before "after Easter Monday": how far from the day that follows. */
const offset = (n: number | undefined, unit: Unit): AtomValue | null =>
  n === undefined || unit === "minute" || unit === "hour" ? null : { kind: "offset", n, unit };

/** From now on for so many minutes: a span of hours, or of days where midnight falls into it. */
function fromNow({ today, now }: Place, minutes: number): AtomValue | null {
  const end = minutesAhead(today, now, minutes);
  if (end?.kind !== "moment") return null;
  return end.day === today
    ? { kind: "window", day: today, from: now, to: end.time }
    : aSpan({ from: today, to: end.day });
}

const counted = (n: string | undefined) => (/^\d+\.5$/.test(n ?? "") ? Number(n) : numberOf(n, COUNT));
const englishUnit = (word: string | undefined): Unit =>
  word?.startsWith("min")
    ? "minute"
    : word?.startsWith("h")
      ? "hour"
      : word?.startsWith("w")
        ? "week"
        : word?.startsWith("month")
          ? "month"
          : "day";

const ENGLISH: readonly TimeRule[] = [
  on(
    `for (?:about |around |only |just )?(\\d{1,2}\\.5|${N}) (minutes?|hours?|days?|weeks?)(?! (?:ago|now))`,
    ([n, unit]) => lasting(counted(n), englishUnit(unit)),
  ),
  on("for (?:about |only |just )?(?:half an hour|a half hour|half hour)", () => lasting(30, "minute")),
  on("for (?:about )?an hour and a half", () => lasting(90, "minute")),
  on(`(${N}) (days?|weeks?|months?)(?= (?:after|before|from|prior to) )`, ([n, unit]) =>
    offset(counted(n), englishUnit(unit)),
  ),
  on("(?:in |within |during |over )?(?:the )?next (?:half an hour|half hour)", (_, place) => fromNow(place, 30)),
  on(
    `(?:in |within |during |over )?(?:the )?next (?:(${N}) )?(minutes?|hours?)|within (?:(${N}|the) )?(minutes?|hours?)`,
    ([n, unit, n2, unit2], place) =>
      fromNow(place, (counted(n ?? n2) ?? 1) * (englishUnit(unit ?? unit2) === "hour" ? 60 : 1)),
  ),
  on(`(?:for |in |within |over )?(?:the )?next (${N}) (?:business|working) days`, ([n], { today }) =>
    workingDays(today, counted(n) ?? 1),
  ),
];

/** The n working days to come: the days up to the last of them. */
function workingDays(today: string, n: number): AtomValue {
  let to = today;
  for (let left = Math.min(n, 60); left > 0;) {
    to = addDays(to, 1);
    if (new Date(`${to}T00:00Z`).getUTCDay() % 6 !== 0) left -= 1;
  }
  return aSpan({ from: addDays(today, 1), to });
}

const SPANISH_COUNT = named(
  "un:1,una:1,uno:1,dos:2,un par de:2,tres:3,cuatro:4,cinco:5,seis:6,siete:7,ocho:8,nueve:9,diez:10,quince:15,veinte:20,treinta:30,cuarenta:40",
);
const SN = `\\d{1,3}|${SPANISH_COUNT.any}`;
const spanishUnit = (word: string | undefined): Unit =>
  word?.startsWith("min")
    ? "minute"
    : word?.startsWith("h")
      ? "hour"
      : word?.startsWith("s")
        ? "week"
        : word?.startsWith("m")
          ? "month"
          : "day";

const SPANISH: readonly TimeRule[] = [
  on(`(?:por|durante) (?:unos |unas )?(${SN}) (min|mins|minutos?|horas?|dias?|semanas?)`, ([n, unit]) =>
    lasting(numberOf(n, SPANISH_COUNT), spanishUnit(unit)),
  ),
  on("(?:por|durante) media hora", () => lasting(30, "minute")),
  on(`(${SN}) (dias?|semanas?|mes(?:es)?)(?= (?:despues|antes|a partir|desde) )`, ([n, unit]) =>
    offset(numberOf(n, SPANISH_COUNT), spanishUnit(unit)),
  ),
  on(
    `(?:en |durante |dentro de )?(?:las |los )?proxim[oa]s (${SN}) (horas|minutos)|(?:en |durante |dentro de )?(?:la |el )?proxim[oa] (hora|minuto)`,
    ([n, unit, one], place) =>
      fromNow(place, (numberOf(n, SPANISH_COUNT) ?? 1) * (spanishUnit(unit ?? one) === "hour" ? 60 : 1)),
  ),
  on("(?:en |durante |dentro de )?(?:la )?proxima media hora", (_, place) => fromNow(place, 30)),
];

const ARABIC_COUNT = named(
  "ثلاث:3,ثلاثة:3,تلات:3,تلت:3,اربع:4,اربعة:4,خمس:5,خمسة:5,ست:6,ستة:6,سبع:7,سبعة:7,ثمان:8,ثمانية:8,تسع:9,عشر:10,عشرة:10,الثلاثة:3,الثلاث:3,الاربعة:4,الاربع:4,الخمسة:5",
);
const ARABIC_UNITS: Record<string, readonly [n: number, unit: Unit]> = {
  ساعه: [1, "hour"],
  ساعتين: [2, "hour"],
  ساعات: [0, "hour"],
  دقائق: [0, "minute"],
  دقايق: [0, "minute"],
  دقيقه: [0, "minute"],
  يوم: [1, "day"],
  يومين: [2, "day"],
  ايام: [0, "day"],
  اسبوع: [1, "week"],
  اسبوعين: [2, "week"],
  اسابيع: [0, "week"],
};
const AN = `\\d{1,3}|${ARABIC_COUNT.any}`;
function arabicCount(n: string | undefined, word: string | undefined): readonly [n: number, unit: Unit] {
  const [one, unit] = ARABIC_UNITS[word ?? ""] ?? [1, "day"];
  return [numberOf(n, ARABIC_COUNT) ?? (one || 3), unit];
}

const ARABIC: readonly TimeRule[] = [
  on(`(?:ل|لمدة |مدة )(?:(${AN}) )?(ساعة|ساعتين|ساعات|دقائق|دقايق|دقيقة|يومين|ايام|اسبوعين|اسابيع)`, ([n, unit]) =>
    lasting(...arabicCount(n, unit)),
  ),
  on("(?:ل|لمدة )(?:نص|نصف) ساعة", () => lasting(30, "minute")),
  on(`(?:في |خلال )(?:ال)?(?:ساعة|ساعه) (?:القادمة|الجاية|المقبلة)`, (_, place) => fromNow(place, 60)),
  on(`خلال (?:(${AN}) )?(ساعة|ساعتين|ساعات|دقائق|دقايق|دقيقة)`, ([n, word], place) => {
    const [count, unit] = arabicCount(n, word);
    return fromNow(place, count * (unit === "hour" ? 60 : 1));
  }),
  on(`(?:في |خلال )?(?:ال)(ايام|اسابيع) (?:ال)?(${AN}) (?:القادمة|الجاية|المقبلة)`, ([word, n], { today }) =>
    aSpan({
      from: addDays(today, 1),
      to: addDays(today, (numberOf(n, ARABIC_COUNT) ?? 3) * (word === "اسابيع" ? 7 : 1)),
    }),
  ),
  on(`خلال (?:(${AN}) )?(يوم|يومين|ايام|اسبوع|اسبوعين|اسابيع)`, ([n, word], { today }) => {
    const [count, unit] = arabicCount(n, word);
    return aSpan({ from: today, to: addDays(today, count * (DAYS[unit] ?? 1)) });
  }),
];

/** Said of a time beside it, or from now on. */
export const DURATIONS: Record<Language, readonly TimeRule[]> = { en: ENGLISH, es: SPANISH, ar: ARABIC };
