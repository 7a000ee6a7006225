import type { Blueprint, ProviderPlan, ServicePlan } from "../blueprint";
import { AR } from "../threads/ar";
import { KNOWLEDGE } from "./knowledge";

const day = [
  ["09:00", "13:00"],
  ["16:00", "20:00"],
] as const;
const evening = [["14:00", "21:00"]] as const;

const PROVIDERS: readonly ProviderPlan[] = [
  {
    key: "alharbi",
    name: "د. نورة الحربي",
    kind: "dentist",
    color: "teal",
    languages: ["ar", "en"],
    hours: { 7: day, 1: day, 2: day, 3: day, 4: day },
  },
  {
    key: "mansour",
    name: "د. طارق منصور",
    kind: "dentist",
    color: "indigo",
    languages: ["ar", "en"],
    hours: { 7: evening, 1: evening, 3: evening, 4: day },
  },
  {
    key: "darwish",
    name: "سلمى درويش",
    kind: "hygienist",
    color: "cyan",
    languages: ["ar"],
    hours: { 7: day, 1: day, 2: day, 3: day, 4: [["09:00", "13:00"]] },
  },
];

const SERVICES: readonly ServicePlan[] = [
  {
    key: "checkup",
    name: { en: "Check-up", ar: "كشف وفحص" },
    synonyms: { en: ["exam", "check up", "checkup"], ar: ["كشف", "فحص", "معاينة", "استشارة"] },
    durationMinutes: 30,
    color: "teal",
    value: 15_000,
    recallIntervalDays: 180,
    segments: [
      { role: "lead", fromMinute: 0, toMinute: 30 },
      { role: "operatory", fromMinute: 0, toMinute: 30 },
    ],
    leads: ["alharbi", "mansour"],
    weight: 10,
  },
  {
    key: "cleaning",
    name: { en: "Cleaning", ar: "تنظيف الأسنان" },
    synonyms: { en: ["teeth cleaning", "dental cleaning"], ar: ["تنظيف", "تلميع", "إزالة الجير"] },
    durationMinutes: 45,
    bufferAfterMinutes: 5,
    color: "cyan",
    value: 30_000,
    recallIntervalDays: 180,
    segments: [
      { role: "lead", fromMinute: 0, toMinute: 45 },
      { role: "dentist", fromMinute: 35, toMinute: 45 },
      { role: "operatory", fromMinute: 0, toMinute: 45 },
    ],
    leads: ["darwish"],
    weight: 9,
  },
  {
    key: "filling",
    name: { en: "Filling", ar: "حشوة" },
    synonyms: { en: ["cavity", "tooth filling"], ar: ["حشو", "حشو سن", "تسوس"] },
    durationMinutes: 45,
    bufferAfterMinutes: 10,
    color: "amber",
    value: 40_000,
    segments: [
      { role: "lead", fromMinute: 0, toMinute: 40 },
      { role: "operatory", fromMinute: 0, toMinute: 45 },
    ],
    leads: ["alharbi", "mansour"],
    weight: 6,
  },
  {
    key: "whitening",
    name: { en: "Whitening", ar: "تبييض الأسنان" },
    synonyms: { en: ["teeth whitening", "bleaching"], ar: ["تبييض", "تفتيح الأسنان"] },
    durationMinutes: 75,
    color: "violet",
    value: 90_000,
    segments: [
      { role: "lead", fromMinute: 0, toMinute: 75 },
      { role: "operatory", fromMinute: 0, toMinute: 75 },
    ],
    leads: ["alharbi", "darwish"],
    weight: 3,
  },
];

/** A smaller practice in Riyadh: Arabic first, the week begins on Sunday, the weekend is Friday and Saturday. */
export const NORTH_DENTAL: Blueprint = {
  seed: 7,
  clinic: {
    slug: "north-dental",
    shortNumber: 43,
    name: "عيادة الشمال لطب الأسنان",
    country: "SA",
    timeZone: "Asia/Riyadh",
    currency: "SAR",
    weekStart: 7,
    weekend: [5, 6],
    defaultLocale: "ar",
    locales: ["ar", "en"],
    phone: "+966520000100",
    address: "12 شارع النخيل، حي الياسمين، الرياض",
    emergencyNumber: "997",
  },
  smsAddress: "+15550100001",
  mailAddress: "hello@north-dental.test",
  providers: PROVIDERS,
  operatories: [
    { key: "c1", name: "كرسي 1" },
    { key: "c2", name: "كرسي 2" },
  ],
  services: SERVICES,
  exceptions: [
    { kind: "closed", fromDay: 18, weekday: 2, reason: "يوم تدريب" },
    { provider: "mansour", kind: "closed", fromDay: 10, toDay: 13, reason: "إجازة" },
  ],
  ramadan: [
    ["10:00", "15:00"],
    ["20:30", "24:00"],
  ],
  holidays: [
    ["02-22", "يوم التأسيس"],
    ["09-23", "اليوم الوطني"],
  ],
  patients: {
    count: 30,
    leads: 4,
    newcomers: 5,
    families: 3,
    emails: 4,
    languages: [
      ["ar", 85],
      ["en", 15],
    ],
    // The country keeps no numbers free for fiction; those that begin so are given to nobody.
    phone: (index) => `+966520000${String(index + 101)}`,
  },
  visits: {
    count: 80,
    weightOf: (offset) => (offset === 0 ? 8 : offset < 0 ? 1.3 : offset <= 10 ? 2 : 0.8),
    sources: [
      ["SMS", 40],
      ["MANUAL_ADMIN", 35],
      ["WHATSAPP", 25],
    ],
  },
  knowledge: KNOWLEDGE,
  threads: AR,
};
