import { named } from "./numbers";

/** English words for numbers, months and weekdays, and the patterns that find them. */

export const HOURS = named("one:1,two:2,three:3,four:4,five:5,six:6,seven:7,eight:8,nine:9,ten:10,eleven:11,twelve:12");
export const COUNT = named(
  "a:1,an:1,one:1,two:2,a couple:2,a couple of:2,couple of:2,couple:2,three:3,a few:3,few:3,four:4,five:5,six:6,seven:7,eight:8,nine:9,ten:10,eleven:11,twelve:12,fifteen:15,twenty:20,thirty:30,forty five:45",
);
export const ORDINALS = named(
  "first:1,second:2,third:3,fourth:4,fifth:5,sixth:6,seventh:7,eighth:8,ninth:9,tenth:10,eleventh:11,twelfth:12,thirteenth:13,fourteenth:14,fifteenth:15,sixteenth:16,seventeenth:17,eighteenth:18,nineteenth:19,twentieth:20,twenty first:21,twenty second:22,twenty third:23,twenty fourth:24,twenty fifth:25,twenty sixth:26,twenty seventh:27,twenty eighth:28,twenty ninth:29,thirtieth:30,thirty first:31",
);
export const MONTHS = named(
  "january:1,jan:1,february:2,feb:2,march:3,mar:3,april:4,apr:4,may:5,june:6,jun:6,july:7,jul:7,august:8,aug:8,september:9,sept:9,sep:9,october:10,oct:10,november:11,nov:11,december:12,dec:12",
);
export const WEEKDAYS = named(
  "monday:1,mondays:1,mon:1,tuesday:2,tuesdays:2,tue:2,wednesday:3,wednesdays:3,wed:3,thursday:4,thursdays:4,thu:4,friday:5,fridays:5,fri:5,saturday:6,saturdays:6,sat:6,sunday:7,sundays:7,sun:7",
);
export const MINUTES = named(
  "thirty:30,fifteen:15,forty five:45,twenty:20,ten:10,five:5,twenty five:25,quarter:15,a quarter:15",
);

const TENS = ["twenty", "thirty", "forty", "fifty"];
const UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const COMPOUNDS = TENS.flatMap((ten, at) =>
  ["", ...UNITS].map((unit, n) => `${unit === "" ? ten : `${ten} ${unit}`}:${(at + 2) * 10 + n}`),
);
const TEENS = "thirteen:13,fourteen:14,fifteen:15,sixteen:16,seventeen:17,eighteen:18,nineteen:19";
/** Minutes as they are read out. */
export const MINUTES_SPELT = named(`ten:10,eleven:11,twelve:12,${TEENS},${COMPOUNDS.join(",")}`);
/** Days as some say them after a month; the small ones could be a count. */
export const DATES_SPELT = named(
  `${TEENS},${COMPOUNDS.filter((entry) => Number(entry.split(":")[1]) <= 31).join(",")}`,
);

export const [H, N, O, M, W] = [
  `\\d{1,2}|${HOURS.any}`,
  `\\d{1,3}|${COUNT.any}`,
  ORDINALS.any,
  MONTHS.any,
  WEEKDAYS.any,
];
