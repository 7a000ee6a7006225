import type { Slots } from "@/lib/dialog/schema";
import { arabicPhrase, findAll, occurs, phrase } from "./pattern";

/** Small things that a message says besides: which language, how late, a birth date, whether it is angry. */

const NAMES: readonly (readonly [NonNullable<Slots["language"]>, RegExp])[] = [
  ["en", phrase("english|ingles|(?:ال|بال|ب)?(?:انجليزي|انجليزيه|انكليزي|انقليزي|انقلش)")],
  ["es", phrase("spanish|espanol|castellano|(?:ال|بال|ب)?(?:اسباني|اسبانيه)")],
  ["ar", phrase("arabic|arab|arabe|(?:ال|بال|ب)?(?:عربي|عربيه)")],
  [
    "other",
    phrase(
      "french|chinese|mandarin|portuguese|russian|hindi|urdu|korean|vietnamese|tagalog|german|farsi|polish|italian|japanese|frances|portugues|chino|ruso|(?:ال|بال|ب)?(?:فرنسي|فرنسيه|اوردو|هندي|صيني)",
    ),
  ],
];
const NOT_SPOKEN = phrase(
  "(?:no|not|do not|does not|no hablo|no entiendo|ما) (?:\\w+ |اعرف |افهم |احكي ){0,2}?(?:english|spanish|arabic|ingles|espanol|arabe|انجليزي|انقلش)",
);

/** The language asked for. "I don't speak English" asks for none by name. */
export function readLanguageAsked(text: string, own: string | null): Slots["language"] {
  if (occurs(NOT_SPOKEN, text)) return own === "en" || own === "es" || own === "ar" ? own : undefined;
  return NAMES.find(([, pattern]) => occurs(pattern, text))?.[0];
}

const MINUTES = phrase(
  "(?:about |around |like |maybe |some |unos |como |حوالي )*(\\d{1,3}|five|ten|fifteen|twenty|thirty|a few|cinco|diez|quince|veinte|treinta|خمس|عشر|ربع|نص|نصف) ?(?:to \\d+ |a \\d+ |- \\d+ )?(?:minutes?|min|minutos?|دقيقه|دقايق|دقاءق|د|ساعه|hours?|horas?)",
);
const COUNTS: Record<string, number> = {
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  "a few": 5,
  cinco: 5,
  diez: 10,
  quince: 15,
  veinte: 20,
  treinta: 30,
  خمس: 5,
  عشر: 10,
  ربع: 15,
  نص: 30,
  نصف: 30,
};
const BARE_MINUTES = phrase("(?:in|en|by|بعد) (\\d{1,2})");
const HALF_HOUR = phrase("half an hour|half hour|media hora|نص ساعه|نصف ساعه");

/** How late someone says they will be, in minutes. */
export function readDelay(text: string): number | undefined {
  if (occurs(HALF_HOUR, text)) return 30;
  const found = findAll(MINUTES, text)[0] ?? findAll(BARE_MINUTES, text)[0];
  const word = found?.groups[0];
  if (!found || word === undefined) return undefined;
  const count = COUNTS[word] ?? Number(word);
  const isHours =
    /(?:hours?|horas?) ?$/.test(text.slice(found.start, found.end)) ||
    (/ساعه$/.test(text.slice(found.start, found.end)) && !(word in COUNTS));
  const minutes = isHours ? count * 60 : count;
  return minutes > 0 && minutes <= 240 ? minutes : undefined;
}

/** A full date in the past, when a birth date was asked for. */
export function readBirthDate(text: string, dayFirst: boolean): string | undefined {
  const iso = /(?<= )((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?= )/.exec(text);
  if (iso) return dateOf(iso[1], iso[2], iso[3]);
  const figures = /(?<= )(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)?\d{2})(?= )/.exec(text);
  if (!figures) return undefined;
  const [, a, b, year] = figures;
  const full = year?.length === 2 ? `${Number(year) > 30 ? "19" : "20"}${year}` : year;
  const isDayFirst = Number(a) > 12 || (dayFirst && Number(b) <= 12);
  return isDayFirst ? dateOf(full, b, a) : dateOf(full, a, b);
}

function dateOf(year: string | undefined, month: string | undefined, day: string | undefined): string | undefined {
  const iso = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? undefined : iso;
}

const SWEARING = phrase(
  "fuck\\w*|f ?u|wtf|shit\\w*|bullshit|bs|asshole|bitch\\w*|damn (?:you|it|bot)|stupid (?:bot|robot|machine|ass|people|\\w+)|idiots?|morons?|you suck|screw you|go to hell|crap|dumb\\w*|hate (?:you|this)|mierda|puta\\w*|pendej[oa]s?|idiotas?|estupid[oa]s?|cabron\\w*|chinga\\w*|joder|imbecil(?:es)?|carajo|inutil(?:es)?|maldit[oa]s?",
);
const SWEARING_AR = arabicPhrase(
  "(?:يا )?(?:غبي|غبيه|حمار|حمير|كلب|كلاب|حيوان|تافه|لعنه|يلعن|زباله|زفت|سخيف|اغبياء|متخلف|خرا|زق)(?: \\S+)?",
);

/** Abusive words, or anger shouted. */
export const isAngry = (text: string, complains: boolean, isShouting: boolean): boolean =>
  occurs(SWEARING, text) || occurs(SWEARING_AR, text) || (complains && isShouting) || occurs(FURY, text);
const FURY = phrase(
  "furious|(?:so|very|really|extremely) (?:angry|mad|upset|pissed)|pissed(?: off)?|fed up|sick (?:of|and tired)|unacceptable|ridiculous|disgust\\w+|lawyer|sue you|worst|hart[oa] de|estoy (?:muy )?(?:furios[oa]|enojad[oa])|inaceptable|pesim[oa]|طفح الكيل|غير مقبول|مو مقبول|مش مقبول|معصب|معصبه|غاضب|غاضبه|مهزله|فضيحه",
);
