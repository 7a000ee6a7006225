import { named, numberOf } from "./numbers";

/** Arabic words for hours, minutes, months and weekdays, and the patterns that find them. */

export const HOURS = named(
  "الواحدة:1,واحدة:1,وحدة:1,وحده:1,الثانية:2,ثنتين:2,تنتين:2,اثنين:2,الثالثة:3,ثلاثة:3,ثلاث:3,تلاتة:3,تلاته:3,الرابعة:4,اربعة:4,اربع:4,الخامسة:5,خمسة:5,خمس:5,السادسة:6,ستة:6,ست:6,السابعة:7,سبعة:7,سبع:7,الثامنة:8,ثمانية:8,ثمان:8,تمانية:8,تمنية:8,التاسعة:9,تسعة:9,تسع:9,العاشرة:10,عشرة:10,عشر:10,الحادية عشرة:11,احدى عشر:11,احدعش:11,حداشر:11,حدعش:11,الثانية عشرة:12,اثنا عشر:12,اثنعش:12,اتناشر:12,طنعش:12",
);
/** Minutes said after an hour: quarters and thirds, units and tens, with "minute" after them or without. */
const UNITS = "خمس:5,خمسة:5,عشر:10,عشرة:10,اثنتا عشرة:12,احدى عشرة:11,خمس عشرة:15,خمسة عشر:15,خمستاشر:15";
const TENS = { عشرين: 20, عشرون: 20, ثلاثين: 30, ثلاثون: 30, اربعين: 40, اربعون: 40, خمسين: 50, خمسون: 50 };
const ONES = {
  "": 0,
  واحد: 1,
  اثنان: 2,
  اثنين: 2,
  ثلاث: 3,
  ثلاثة: 3,
  اربع: 4,
  اربعة: 4,
  خمس: 5,
  خمسة: 5,
  ست: 6,
  ستة: 6,
  سبع: 7,
  سبعة: 7,
  ثمان: 8,
  ثمانية: 8,
  تسع: 9,
  تسعة: 9,
};
const COMPOUNDS = Object.entries(TENS).flatMap(([ten, tens]) =>
  Object.entries(ONES).map(([one, ones]) => `${one === "" ? ten : `${one} و${ten}`}:${tens + ones}`),
);
const withWord = (list: string): string =>
  list
    .split(",")
    .flatMap((entry) => {
      const [word, value] = entry.split(":");
      return [entry, `${word} دقيقة:${value}`, `${word} دقايق:${value}`, `${word} دقائق:${value}`];
    })
    .join(",");
export const MINUTES = named(
  `نص:30,النص:30,نصف:30,النصف:30,ربع:15,الربع:15,ثلث:20,الثلث:20,تلت:20,${withWord(`${UNITS},${COMPOUNDS.join(",")}`)}`,
);
export const MONTHS = named(
  "يناير:1,كانون الثاني:1,جانفي:1,فبراير:2,شباط:2,فيفري:2,مارس:3,اذار:3,آذار:3,ابريل:4,أبريل:4,نيسان:4,افريل:4,مايو:5,ايار:5,أيار:5,ماي:5,يونيو:6,حزيران:6,جوان:6,يوليو:7,تموز:7,جويلية:7,اغسطس:8,أغسطس:8,آب:8,اوت:8,سبتمبر:9,ايلول:9,أيلول:9,اكتوبر:10,أكتوبر:10,تشرين الاول:10,نوفمبر:11,تشرين الثاني:11,ديسمبر:12,كانون الاول:12",
);
export const WEEKDAYS = named(
  "الاثنين:1,الاتنين:1,الإثنين:1,لاثنين:1,لاتنين:1,الثلاثاء:2,ثلاثاء:2,الثلاثا:2,التلات:2,الثلوث:2,الاربعاء:3,اربعاء:3,الاربعا:3,الاربع:3,الربوع:3,الخميس:4,خميس:4,الجمعة:5,جمعة:5,السبت:6,سبت:6,الاحد:7,الأحد:7,لاحد:7,الحد:7",
);
export const W = WEEKDAYS.any;

/** A month by its name or, as everyday speech has it, by its number: "شهر 10", "شهر عشرة". Two groups. */
export const ARABIC_MONTH = `(?:(?:شهر )?(${MONTHS.any})|شهر (\\d{1,2}|${HOURS.any}))`;
export const arabicMonth = ([name, number]: readonly (string | undefined)[]): number =>
  MONTHS.of(name) ?? numberOf(number, HOURS) ?? 0;
