import { table } from "./table";

/** Arabic written in Latin letters, the everyday words only; each is read as the Arabic that it spells. */
const WORDS = table(`
  na3am: نعم, naam: نعم, aywa: ايوه, aiwa: ايوه, aywah: ايوه, eywa: ايوه, la2: لا, laa: لا, la2a: لا
  akeed: اكيد, akid: اكيد, tamam: تمام, tmam: تمام, mashi: ماشي, tayeb: طيب, tayyeb: طيب, 6ayeb: طيب
  mar7aba: مرحبا, marhaba: مرحبا, salam: سلام, salaam: سلام, asalam: السلام, assalam: السلام
  alaikum: عليكم, 3alaikum: عليكم, 3alaykom: عليكم, ahlan: اهلا, shukran: شكرا, shokran: شكرا
  chokran: شكرا, 3afwan: عفوا, ma3: مع, salama: سلامه
  3ayez: عايز, 3ayz: عايز, 3ayza: عايزه, 3awez: عاوز, 3awz: عاوز, ayez: عايز, abgha: ابغى
  abi: ابي, 2abi: ابي, areed: اريد, ureed: اريد, orid: اريد, uriid: اريد, urid: اريد, bedi: بدي, biddi: بدي, baddi: بدي
  a7jez: احجز, 2a7jez: احجز, ahjez: احجز, 7ajz: حجز, hajz: حجز, 7agz: حجز, a7gez: احجز
  maw3ed: موعد, maw3id: موعد, mawed: موعد, mawid: موعد, mou3ed: موعد, maw3edi: موعدي, maw3idi: موعدي
  alghi: الغي, 2alghi: الغي, elghi: الغي, 2elghi: الغي, ghayer: غير, aghayer: اغير, 2aghayer: اغير
  bokra: بكره, bukra: بكره, boukra: بكره, bokrah: بكره, elyom: اليوم, alyom: اليوم, elyoum: اليوم
  inharda: النهارده, enaharda: النهارده, el7een: الحين, alheen: الحين
  sobh: الصبح, elsobh: الصبح, so7b: الصبح, el3asr: العصر, al3asr: العصر, 3asr: العصر, eldohr: الظهر, aldohr: الظهر
  ba3d: بعد, ba3ed: بعد, 2abl: قبل, qabl: قبل, elsa3a: الساعه, alsa3a: الساعه, sa3a: ساعه
  doktor: دكتور, doctora: دكتوره, doktora: دكتوره, asnan: اسنان, asnani: اسناني, sinni: سني, dersi: ضرسي
  tanzeef: تنظيف, tandif: تنظيف, tandeef: تنظيف, 7ashwa: حشوه, tabyeed: تبييض, ta2weem: تقويم, taqweem: تقويم
  wein: وين, wen: وين, fein: فين, feen: فين, 2addesh: قديش, addesh: قديش, kam: كم, bekam: بكم, bikam: بكم
  emta: امتى, imta: امتى, mata: متى, yom: يوم, youm: يوم, esmi: اسمي, ismi: اسمي, ana: انا
  mesh: مش, mish: مش, mosh: مش, 3andi: عندي, fi: في
`);

/** Words that are also Spanish, English or a name count only beside another one; see `language.ts`. */
export const SHARED_SPELLINGS = new Set([
  "ana",
  "kam",
  "mata",
  "fi",
  "salama",
  "abi",
  "laa",
  "mesh",
  "yom",
  "asnan",
  "wen",
  "orid",
]);

export const ARABIZI = new Map([...WORDS].filter(([spelling]) => !SHARED_SPELLINGS.has(spelling)));
