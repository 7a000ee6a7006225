import { addDays } from "@/lib/core/zone";
import { HOURS, MINUTES, MONTHS, W, WEEKDAYS } from "./ar-words";
import { clock, daypart, on as rule, op, wish, type AtomValue, type TimeRule, type WhichWeekday } from "./atoms";
import { aDay, ahead, aSpan, dateNamed, minutesAhead, monthFrom, monthNamed, weekend, weekFrom } from "./calendar";
import { hijriNamed } from "./hijri";
import { named, numberOf } from "./numbers";

/** How Arabic speaks of time: the written language and the Gulf, Egyptian and Levantine everyday words. */

const on: typeof rule = (source, read) => rule(`[وف]?(?:${source})`, read);

const COUNT = named(
  "ثلاث:3,ثلاثة:3,تلات:3,تلت:3,اربع:4,اربعة:4,خمس:5,خمسة:5,ست:6,ستة:6,سبع:7,سبعة:7,ثمان:8,ثمانية:8,تسع:9,عشر:10,عشرة:10,كم:3",
);
const HIJRI = named(
  "محرم:1,صفر:2,ربيع الاول:3,ربيع الثاني:4,ربيع الاخر:4,جمادى الاولى:5,جمادى الثانية:6,جمادى الاخرة:6,رجب:7,شعبان:8,رمضان:9,شوال:10,ذو القعدة:11,ذي القعدة:11,ذو الحجة:12,ذي الحجة:12",
);
const [H, N, M] = [`\\d{1,2}|${HOURS.any}`, `\\d{1,3}|${COUNT.any}`, MONTHS.any];
const HOUR_LEAD = "(?:(?:ب|ل|ع|عال|حوالي |في |على |عند |تمام )?(?:ال)?(?:ساعة|ساعه|سعة) |للساعة |عالساعة |ع |على ال)";
const HALF =
  "(?: (ص|صباحا|صباح|الصبح|الصباح|بالصبح|فجرا|الفجر|م|مساء|المسا|المساء|بالمسا|الظهر|ظهرا|بعد الظهر|العصر|عصرا|المغرب|العشا|العشاء|الليل|بالليل|ليلا))?";
const COMING =
  "(?:القادم|القادمة|الجاي|الجاية|الجايه|المقبل|المقبلة|الياي|الياية|اللي جاي|اللي جاية|الي جاي|التالي|التالية)";

const MORNING = new Set(["ص", "صباحا", "صباح", "الصبح", "الصباح", "بالصبح", "فجرا", "الفجر"]);
const NOON = new Set(["الظهر", "ظهرا"]);

/** An hour with the words after it that say which part of the day: 12 and 11 "at noon" aren't both p.m. */
function spoken(hour: string | undefined, minute: number, half: string | undefined): AtomValue | null {
  const h = numberOf(hour, HOURS) ?? 0;
  if (h > 12) return clock(h, minute, "24");
  if (!half) return clock(hour !== undefined && /^\d+$/.test(hour) ? hour : h, minute);
  if (MORNING.has(half)) return clock(h === 12 ? 0 : h, minute, h === 12 ? "24" : "am");
  if (NOON.has(half)) return clock(h, minute, h === 11 || h === 10 ? "am" : "pm");
  if (/ليل/.test(half) && (h === 12 || h <= 3)) return clock(h % 12, minute, "24");
  return clock(h, minute, "pm");
}
function withMinutes(
  hour: string | undefined,
  sign: string | undefined,
  minutes: string | undefined,
  half: string | undefined,
) {
  const m = numberOf(minutes, MINUTES) ?? 0;
  if (sign !== "الا") return spoken(hour, m, half);
  const h = numberOf(hour, HOURS) ?? 0;
  return spoken(String(h === 1 ? 12 : h - 1), 60 - m, half);
}

const CLOCKS: readonly TimeRule[] = [
  on(`${HOUR_LEAD}(${H})${HALF}`, ([h, half]) => spoken(h, 0, half)),
  on(`(?<!بين )(?:${HOUR_LEAD})?(${H}) (?:(الا) |و ?)(${MINUTES.any})${HALF}`, ([h, sign, m, half]) =>
    withMinutes(h, sign, m, half),
  ),
  on(`(?:${HOUR_LEAD})?(\\d{1,2})[:.]([0-5]\\d)${HALF}`, ([h, m, half]) =>
    /^0\d/.test(h ?? "") ? clock(h ?? "", m, half && MORNING.has(half) ? "am" : null) : spoken(h, Number(m), half),
  ),
  on(`(${H})${HALF.slice(0, -1)}`, ([h, half]) => spoken(h, 0, half)),
  on("(?:في )?(?:منتصف النهار|نص النهار)", clock(12, 0, "24") ?? op("or")),
  on("(?:ب|ل)?(\\d{1,2})", ([n]) => ({ kind: "number", n: Number(n), spelt: false })),
  on(`(${HOURS.any})`, ([h]) => ({ kind: "number", n: HOURS.of(h) ?? 0, spelt: true })),
];

const weekday = (word: string | undefined, which: WhichWeekday): AtomValue => ({
  kind: "weekday",
  weekdays: [WEEKDAYS.of(word) ?? 1],
  which,
});
const ON_DAY = "(?:في |ب|ل|لل)?(?:يوم |نهار )?(?:ال)?(?:ب|ل)?";
const date = (today: string, day: string | undefined, month: string | undefined, year?: string) =>
  dateNamed(today, MONTHS.of(month) ?? 0, Number(day), year === undefined ? undefined : Number(year));

const DAYS: readonly TimeRule[] = [
  on("(?:ل|ب)?(?:اليوم|النهاردة|النهارده|هاليوم|هاد اليوم|نفس اليوم)", (_, { today }) => aDay(today)),
  on("الان|الآن|الحين|دلوقتي|دلوقت|هلق|هلا|هسه|ذحين|حالا|فورا", (_, { today }) => aDay(today)),
  on("(?:ل|ب)?(?:بكرة|بكره|بكرا|غدا|غد|باكر|باجر|يوم غد|الغد|يوم الغد)", (_, { today }) => aDay(addDays(today, 1))),
  on("(?:ل|ب)?بعد (?:بكرة|بكره|بكرا|غد|غدا|باكر|باجر)|عقب باكر|عقب باجر", (_, { today }) => aDay(addDays(today, 2))),
  on("امس|البارح|البارحة|مبارح|امبارح|اول امس", (_, { today }) => aDay(addDays(today, -1), true)),
  on("(?:هذا )?(?:صباح اليوم|اليوم الصبح|هالصبح)", daypart("morning", "today")),
  on("(?:هذا )?(?:مساء اليوم|الليلة|الليله|هالمسا|اليوم المسا)", daypart("evening", "today")),
  on(`${ON_DAY}(${W})`, ([w]) => weekday(w, "coming")),
  on(`(?:هذا |هاد |هال)${ON_DAY}(${W})|${ON_DAY}(${W}) (?:هذا|هاد)`, ([a, b]) => weekday(a ?? b, "this")),
  on(`${ON_DAY}(${W}) ${COMING}`, ([w]) => weekday(w, "coming")),
  on(`${ON_DAY}(${W}) (?:من )?(?:الاسبوع|الأسبوع) ${COMING}`, ([w]) => weekday(w, "nextWeek")),
  on(`${ON_DAY}(${W}) (?:اللي بعده|بعد القادم|بعد الجاي)`, ([w]) => weekday(w, "following")),
  on(`${ON_DAY}(${W}) (?:الماضي|اللي فات|الفايت|اللي راح)`, ([w]) => weekday(w, "last")),
  on(`(?:اي|كل|ايام) (?:يوم )?(?:ال)?(${W})`, ([w]) => weekday(w, "any")),
  on("ايام الاسبوع|وسط الاسبوع|خلال ايام العمل", { kind: "weekday", weekdays: [7, 1, 2, 3, 4], which: "any" }),
  on("(?:في |ب)?(?:نهاية|عطلة|اجازة|ويكند)(?: نهاية)? (?:هذا )?الاسبوع|الويكند|بالويكند|ويكند", (_, { today }) =>
    aSpan(weekend(today, 0, 5)),
  ),
  on(`(?:في |يوم |ل|ب)?(\\d{1,2}) (?:من )?(?:شهر )?(${M})(?: (\\d{4}))?`, ([d, m, y], { today }) =>
    date(today, d, m, y),
  ),
  on(`(${M}) (\\d{1,2})(?: (\\d{4}))?`, ([m, d, y], { today }) => date(today, d, m, y)),
  on(
    "(?:في |يوم |ل|ب)?(\\d{1,2}) (?:ب|في )?شهر (\\d{1,2})|(?:في |يوم )?(\\d{1,2})/(\\d{1,2})",
    ([d, m, d2, m2], { today }) => dateNamed(today, Number(m ?? m2), Number(d ?? d2)),
  ),
  on("(?:يوم|بتاريخ|تاريخ) (\\d{1,2})(?: (?:ب|في |من )?(?:هذا )?(?:الشهر|شهر))?", ([d]) => ({
    kind: "dayOfMonth",
    day: Number(d),
  })),
  on(`(?:في |يوم )?(\\d{1,2}) (?:من )?(?:شهر )?(${HIJRI.any})`, ([d, m], { today }) =>
    hijriNamed(today, HIJRI.of(m) ?? 1, Number(d)),
  ),
];

const UNITS: Record<string, readonly ["day" | "week" | "month", number]> = {
  يوم: ["day", 1],
  يومين: ["day", 2],
  ايام: ["day", 0],
  اسبوع: ["week", 1],
  اسبوعين: ["week", 2],
  اسابيع: ["week", 0],
  شهر: ["month", 1],
  شهرين: ["month", 2],
  شهور: ["month", 0],
  اشهر: ["month", 0],
};
function later(today: string, n: string | undefined, unit: string | undefined): AtomValue | null {
  const [grain, count] = UNITS[unit ?? ""] ?? ["day", 1];
  return ahead(today, numberOf(n, COUNT) ?? (count || 3), grain);
}
function minutes(n: string | undefined, unit: string): number {
  if (unit.startsWith("ساعتين")) return 120;
  if (unit === "نص ساعه" || unit === "نصف ساعه") return 30;
  return (numberOf(n, COUNT) ?? 1) * (unit.startsWith("ساع") ? 60 : 1);
}

const SPANS: readonly TimeRule[] = [
  on("(?:في |خلال )?هذا الاسبوع|هالاسبوع|الاسبوع (?:هذا|ده|الحالي)|باقي الاسبوع", (_, { today }) =>
    aSpan(weekFrom(today, 0)),
  ),
  on(`(?:في |خلال )?(?:ال|ل|ب|بال|لل)?اسبوع ${COMING}`, (_, { today }) => aSpan(weekFrom(today, 1))),
  on("(?:الاسبوع )?(?:اللي بعده|بعد القادم|بعد الجاي)", (_, { today }) => aSpan(weekFrom(today, 2))),
  on(
    "(?:الاسبوع|الشهر) (?:الماضي|اللي فات|اللي راح)|قبل (?:\\d+ )?(?:يوم|يومين|ايام|اسبوع|اسبوعين|شهر|شهرين|سنة|سنه|سنين)",
    (_, { today }) => aDay(addDays(today, -7), true),
  ),
  on(`(?:في |خلال )?(?:(هذا الشهر|هالشهر)|(?:ال|ل|ب|بال|لل)?شهر ${COMING})`, ([now], { today }) =>
    aSpan(monthFrom(today, now ? 0 : 1)),
  ),
  on(`(?:في |ب|ل)?(?:شهر )?(${M})(?: (\\d{4}))?`, ([m, y], { today }) =>
    monthNamed(today, MONTHS.of(m) ?? 1, y ? Number(y) : undefined),
  ),
  on(`(?:في |ب|ل)?(?:شهر )?(${HIJRI.any})`, ([m], { today }) => hijriNamed(today, HIJRI.of(m) ?? 1)),
  on(`بعد (${N})? ?(يوم|يومين|ايام|اسبوع|اسبوعين|اسابيع|شهر|شهرين|شهور|اشهر)`, ([n, unit], { today }) =>
    later(today, n, unit),
  ),
  on(`بعد (${N})? ?(ساعة|ساعه|ساعتين|ساعات|دقيقة|دقايق|دقائق|نص ساعة|نصف ساعة)`, ([n, unit], place) =>
    minutesAhead(place.today, place.now, minutes(n, unit ?? "")),
  ),
];

const DAYPARTS: readonly TimeRule[] = [
  on("صباح (?:الخير|النور|الورد)|مساء (?:الخير|النور|الورد)|مسا (?:الخير|النور)|يسعد صباحك|يسعد مساك|تصبح على خير", {
    kind: "nothing",
  }),
  on("(?:في |ب|ع|عال)?(?:الصبح|صباحا|الصباح|صباح|الصبحية|بالصباح)", daypart("morning")),
  on("بدري|(?:الصبح |الصباح )?(?:بدري|باكرا)|اول الصبح", daypart("earlyMorning")),
  on("(?:في |ب|وقت |عند )?(?:الظهر|ظهرا|الظهيرة|الضهر)", daypart("noon")),
  on("(?:ال)?بعد (?:الظهر|الضهر)|بعد الظهيرة", daypart("afternoon")),
  on("(?:في |ب|وقت )?(?:العصر|عصرا|العصرية)", daypart("asr")),
  on("(?:في |ب|وقت )?(?:المغرب)", daypart("sunset")),
  on("(?:في |ب|وقت |ع)?(?:المسا|المساء|مساء|مسا|العشاء|العشا|الليل|بالليل|ليلا)", daypart("evening")),
  on("الدوام|الشغل|دوامي|شغلي|العمل", daypart("work")),
  on("المدرسة|المدارس", daypart("school")),
];

const OPS: readonly TimeRule[] = [
  on("بعد|عقب", op("after")),
  on("قبل", op("before")),
  on("من|ابتداء من|اعتبارا من|مو قبل|ليس قبل", op("from")),
  on("حتى|لحد|لغاية|لين|بحد اقصى", op("until")),
  on("بين|ما بين|مابين", op("between")),
  on("الى|ل|لل|الي", op("to")),
  on("و", op("and")),
  on("او|أو|ولا|يا", op("or")),
  on("حوالي|تقريبا|حدود|في حدود|على حدود", op("around")),
  on("الا|ما عدا|ماعدا|عدا|غير|باستثناء|مو|مش|مهو|ليس|بدل|بدلا من|عوضا عن", op("not")),
  on("بس|لكن", op("but")),
  on(
    "ما يناسبني|ما يناسب|لا يناسبني|(?:ما|مش|لا|لن|مو) ?(?:راح |رح )?(?:اقدر|بقدر|هقدر|استطيع|قادر|اتمكن)(?: (?:اجي|احضر|الحضور|اوصل))?|مقدرش(?: اجي)?|ما فيني|ما ينفع|مش مناسب|مو مناسب|مشغول|مشغولة",
    op("cannot"),
  ),
  on("قصدي|اقصد|أقصد|بل|اسف|عفوا|خليها|خلها|لا لا", op("meant")),
  on("وطالع|فما فوق|وفوق|او بعد|او بعدها|فصاعدا", op("orLater")),
  on("او قبل|او قبلها", op("orEarlier")),
];

const WISHES: readonly TimeRule[] = [
  on(
    "(?:ب|في |ل)?(?:اقرب|أقرب|اسرع|أسرع|اول|ابكر) (?:وقت|موعد|فرصة|ممكن|شي|حجز|ما يمكن|موعد متاح|وقت ممكن|وقت متاح)(?: (?:ممكن|متاح|متوفر|عندكم|فاضي))*|ضروري|مستعجل|مستعجلة|باسرع ما يمكن|بسرعة",
    wish("earliest"),
  ),
  on("(?:ب|في )?(?:اخر|آخر) (?:وقت|موعد|الدوام|النهار|اليوم)(?: متاح| ممكن)?", wish("latest")),
  on("(?:شي |وقت )?(?:متاخر|متأخر|بعدين) ?(?:اكثر|شوي|شوية)?|ابعد|وقت لاحق", wish("later")),
  on("(?:شي |وقت |موعد )?(?:ابكر|أبكر|قبل كذا|قبل كده|بدري اكثر|اقرب)", wish("earlier")),
];

export const ARABIC_TIME: readonly TimeRule[] = [...DAYS, ...SPANS, ...CLOCKS, ...DAYPARTS, ...OPS, ...WISHES];
export const ARABIC_GLUE = "يوم في ال على عال ع الساعه ساعه وقت يكون ممكن تكون موعد لو اذا اي من".split(" ");
