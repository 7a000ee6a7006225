import { clock, daypart, on, op, wish, type AtomValue, type TimeRule, type WhichWeekday } from "./atoms";
import {
  aDay,
  ahead,
  aSpan,
  dateNamed,
  minutesAhead,
  monthFrom,
  monthNamed,
  thirdOf,
  weekAround,
  weekend,
  weekFrom,
  weekdayAs,
} from "./calendar";
import { addDays } from "@/lib/core/zone";
import { COUNT, H, HOURS, M, MINUTES, MONTHS, N, O, ORDINALS, W, WEEKDAYS } from "./en-words";
import { ENGLISH_SPANS } from "./en-spans";
import { numberOf } from "./numbers";

/** How English speaks of time. */

const DAY = `(?:the )?(\\d{1,2}|${O})(?: (?:st|nd|rd|th))?`;
const YEAR = "(?: (\\d{4}))?";

const weekday = (word: string | undefined, which: WhichWeekday): AtomValue => ({
  kind: "weekday",
  weekdays: [WEEKDAYS.of(word) ?? 1],
  which: which === "coming" && word?.endsWith("days") ? "any" : which,
});
const date = (today: string, month: string | undefined, day: string | undefined, year?: string) =>
  dateNamed(today, MONTHS.of(month) ?? 0, numberOf(day, ORDINALS) ?? 0, year === undefined ? undefined : Number(year));
const hour = (word: string | undefined) => numberOf(word, HOURS) ?? word ?? "";

function before(hourWord: string | undefined, minutes: number): AtomValue | null {
  const to = Number(hour(hourWord));
  return clock(to === 1 ? 12 : to - 1, 60 - minutes);
}

const THIRDS: Record<string, "early" | "mid" | "late"> = {
  early: "early",
  beginning: "early",
  start: "early",
  mid: "mid",
  middle: "mid",
  late: "late",
  end: "late",
  later: "late",
};
const third = (word: string | undefined) => THIRDS[word ?? ""] ?? "mid";
const unitOf = (word: string): "day" | "week" | "month" =>
  word.startsWith("week") ? "week" : word.startsWith("month") ? "month" : "day";

const CLOCKS: readonly TimeRule[] = [
  on(`(?:at )?(?:half past|half) (${H})`, ([h]) => clock(hour(h), 30)),
  on(`(?:at )?(?:a )?quarter (?:past|after) (${H})`, ([h]) => clock(hour(h), 15)),
  on(`(?:at )?(?:a )?quarter (?:to|till|before|of) (${H})`, ([h]) => before(h, 15)),
  on(`(?:at )?(${MINUTES.any}|\\d{1,2}) (?:minutes )?past (${H})`, ([m, h]) => clock(hour(h), numberOf(m, MINUTES))),
  on(`(?:at )?(five|ten|twenty|twenty five) (?:minutes )?to (${H})(?! (?:am|pm))`, ([m, h]) =>
    before(h, numberOf(m, MINUTES) ?? 0),
  ),
  on(`(?:at )?(${HOURS.any}) (thirty|fifteen|forty five)(?: (am|pm))?`, ([h, m, half]) =>
    clock(hour(h), MINUTES.of(m), half),
  ),
  on(`(${HOURS.any}) (am|pm)`, ([h, half]) => clock(hour(h), 0, half)),
  on(`(?:at )?(${H}) o ?clock(?: (am|pm))?`, ([h, half]) => clock(hour(h), 0, half)),
  on("at (\\d{1,2})([0-5]\\d)", ([h, m]) => clock(h ?? "", m)),
  on(`at (${H})(?! (?:of|different|other|point|am|pm|oclock|thirty|fifteen|forty)(?= ))`, ([h]) => clock(hour(h))),
  on("at (\\d{1,2}[:.][0-5]\\d)(?: (am|pm))?", ([time, half]) => clock(...hoursAndMinutes(time), half)),
  on("at (\\d{1,2}) (am|pm)", ([h, half]) => clock(h ?? "", 0, half)),
  on("(?:at )?(?:noon|midday|12 noon|twelve noon)", clock(12, 0, "24") ?? op("or")),
  on("(?:at )?midnight", clock(0, 0, "24") ?? op("or")),
  on(`(${HOURS.any})`, ([h]) => ({ kind: "number", n: HOURS.of(h) ?? 0, spelt: true })),
];

function hoursAndMinutes(time: string | undefined): [string, string] {
  const [h, m] = (time ?? "").split(/[:.]/);
  return [h ?? "", m ?? ""];
}

const DAYS: readonly TimeRule[] = [
  on("today|this very day", (_, { today }) => aDay(today)),
  on("(?:this|todays) (morning|afternoon|evening)|(tonight)", ([word]) =>
    daypart(word === "morning" ? "morning" : word === "afternoon" ? "afternoon" : "evening", "today"),
  ),
  on("tomorrow|2morrow|overmorrow", (_, { today }) => aDay(addDays(today, 1))),
  on("(?:the )?day after (?:tomorrow|tom)", (_, { today }) => aDay(addDays(today, 2))),
  on("yesterday|last night", (_, { today }) => aDay(addDays(today, -1), true)),
  on("(?:right )?now|right away|immediately|straight away|this minute", (_, { today }) => aDay(today)),
  on(`(?:on )?(${W})`, ([w]) => weekday(w, "coming")),
  on(`(?:on )?(?:this|this coming|coming|upcoming) (${W})`, ([w]) => weekday(w, "this")),
  on(`(?:on )?(?:the )?next (${W})`, ([w]) => weekday(w, "nextWeek")),
  on(`(?:on )?the following (${W})`, ([w]) => weekday(w, "following")),
  on(`(?:last|past) (${W})`, ([w]) => weekday(w, "last")),
  on(`(?:the )?(${W}) after next`, ([w]) => weekday(w, "afterNext")),
  on(`a week (?:from|on) (${W})|(${W}) week`, ([a, b]) => weekday(a ?? b, "following")),
  on(`(?:any|every|each|a|some|either|most|only)(?: other)? (${W})`, ([w]) => weekday(w, "any")),
  on("(?:on )?(?:any |the )?(?:weekdays?|week days?|business days?)|during the week", {
    kind: "weekday",
    weekdays: [1, 2, 3, 4, 5],
    which: "any",
  }),
  on("(?:on )?(?:any )?weekends|any weekend", { kind: "weekday", weekdays: [6, 7], which: "any" }),
  on("(?:on |at |over )?(?:this |the |this coming )?weekend", (_, { today }) => aSpan(weekend(today, 0))),
  on("(?:on |over )?next weekend", (_, { today }) => aSpan(weekend(today, 1))),
  on(`(?:on )?(${M}) ${DAY}${YEAR}`, ([m, d, y], { today }) => date(today, m, d, y)),
  on(`(?:on )?${DAY} (?:of )?(${M})${YEAR}`, ([d, m, y], { today }) => date(today, m, d, y)),
  on("(?:on )?(?:the )?(\\d{1,2}) (?:st|nd|rd|th)", ([d]) => ({ kind: "dayOfMonth", day: Number(d) })),
  on("on the (\\d{1,2})", ([d]) => ({ kind: "dayOfMonth", day: Number(d) })),
  on(`on the (${O})(?! (?:one|option|available|slot|time|floor))`, ([d]) => ({
    kind: "dayOfMonth",
    day: ORDINALS.of(d) ?? 0,
  })),
];

const SPANS: readonly TimeRule[] = [
  on("(?:in |during |within )?(?:this|the current) week|(?:the )?rest of (?:the|this) week", (_, { today }) =>
    aSpan(weekFrom(today, 0)),
  ),
  on("(?:in |during )?(?:next|the next|the following|this coming|the coming) week", (_, { today }) =>
    aSpan(weekFrom(today, 1)),
  ),
  on("(?:in |during )?(?:the )?week after(?: next| that)?|(?:the )?week after next", (_, { today }) =>
    aSpan(weekFrom(today, 2)),
  ),
  on(
    "last week|last month|last year|(?:\\d+|a|two|three|few|a few) (?:days?|weeks?|months?|years?) ago",
    (_, { today }) => aDay(addDays(today, -7), true),
  ),
  on(
    "(?:at )?(?:the )?(early|later|late|mid|middle|end|beginning|start) (?:of )?(?:in )?(?:around )?(?:the )?(this|next|following|coming)? ?week",
    ([t, which], { today }) =>
      aSpan(thirdOf(weekdays(weekFrom(today, which === undefined || which === "this" ? 0 : 1).from), third(t))),
  ),
  on(`(?:the )?week of (?:the )?(${M}) ${DAY}`, ([m, d], { today }) => aroundWeek(date(today, m, d))),
  on("(?:in |during |sometime |some time )*(this|next|the following|the coming) month", ([which], { today }) =>
    aSpan(monthFrom(today, which === "this" ? 0 : 1)),
  ),
  on("(early|mid|middle|end|beginning|start|late) (?:of )?(this|the|next) month", ([t, which], { today }) =>
    aSpan(thirdOf(monthFrom(today, which === "next" ? 1 : 0), third(t))),
  ),
  on(`(?:in|during|for|this|next|sometime in|some time in) (${M})${YEAR}`, ([m, y], { today }) =>
    monthNamed(today, MONTHS.of(m) ?? 1, y ? Number(y) : undefined),
  ),
  on(`(${M.replace("|may|", "|").replace("|mar|", "|")})${YEAR}`, ([m, y], { today }) =>
    monthNamed(today, MONTHS.of(m) ?? 1, y ? Number(y) : undefined),
  ),
  on(`(early|mid|middle|end|late|beginning|start) (?:of |in )?(${M})`, ([t, m], { today }) =>
    thirdOfMonth(today, m, third(t)),
  ),
  on(
    `in (?:about |around )?(${N}) (minutes?|hours?)(?: time)?|(${N}) (minutes?|hours?) from now`,
    ([n, unit, n2, unit2], place) =>
      minutesAhead(
        place.today,
        place.now,
        (numberOf(n ?? n2, COUNT) ?? 0) * ((unit ?? unit2)?.startsWith("hour") ? 60 : 1),
      ),
  ),
  on("in (?:about )?(?:half an hour|half hour)", (_, place) => minutesAhead(place.today, place.now, 30)),
  on(`(?:in|after) (?:about |around |like )?(${N}) (days?|weeks?|months?)(?: time)?`, ([n, unit], { today }) =>
    ahead(today, numberOf(n, COUNT) ?? 0, unitOf(unit ?? "")),
  ),
  on(`(${N}) (days?|weeks?|months?) (?:from (?:now|today)|out|later)`, ([n, unit], { today }) =>
    ahead(today, numberOf(n, COUNT) ?? 0, unitOf(unit ?? "")),
  ),
  on("a week from (today|tomorrow)", ([d], { today }) => aDay(addDays(today, d === "today" ? 7 : 8))),
  on(
    `(?:within|in|over|during|sometime in)? ?(?:the )?(?:next|coming) (${N}) (days?|weeks?|months?)|within (?:the )?(?:next )?(${N}) (days?|weeks?)`,
    ([n, unit, n2, unit2], { today }) =>
      within(today, numberOf(n ?? n2, COUNT) ?? 1, unit ?? unit2 ?? "day", n ? 1 : 0),
  ),
];

const within = (today: string, n: number, unit: string, skip: number): AtomValue =>
  aSpan({
    from: addDays(today, skip),
    to: addDays(today, Math.min(n, 60) * { day: 1, week: 7, month: 30 }[unitOf(unit)]),
  });
const weekdays = (monday: string) => ({ from: monday, to: weekdayAs(addDays(monday, -1), 5, "coming") });
const aroundWeek = (value: AtomValue | null) =>
  value?.kind === "days" && value.ranges[0] ? aSpan(weekAround(value.ranges[0].from)) : null;
function thirdOfMonth(today: string, month: string | undefined, which: "early" | "mid" | "late"): AtomValue {
  const value = monthNamed(today, MONTHS.of(month) ?? 1);
  return value.kind === "span" ? { ...value, range: thirdOf(value.range, which) } : value;
}

const DAYPARTS: readonly TimeRule[] = [
  on(
    "good (?:morning|afternoon|evening|night|day)|have a (?:good|great|nice|lovely) (?:day|evening|weekend|night|morning|afternoon|week)(?: too)?",
    { kind: "nothing" },
  ),
  on("(?:in |during )?(?:the )?mornings?", daypart("morning")),
  on("(?:in )?(?:the )?(?:early (?:in the )?mornings?|morning early)", daypart("earlyMorning")),
  on("(?:in )?(?:the )?(?:mid ?mornings?)", daypart("midMorning")),
  on("(?:in )?(?:the )?(?:late mornings?|later in the morning)", daypart("lateMorning")),
  on("(?:in |during )?(?:the )?afternoons?", daypart("afternoon")),
  on("(?:in )?(?:the )?early (?:in the )?afternoons?", daypart("earlyAfternoon")),
  on("(?:in )?(?:the )?(?:late|later) (?:in the )?afternoons?", daypart("lateAfternoon")),
  on("(?:in |during )?(?:the )?(?:evenings?|nights?)|at night", daypart("evening")),
  on("(?:at |during |over |on )?(?:my |the )?(?:lunch ?time|lunch ?break|lunch hour|lunch)", daypart("lunch")),
  on("work|i finish work|i get off work", daypart("work")),
  on("school|the kids finish school|school lets out", daypart("school")),
];

const OPS: readonly TimeRule[] = [
  on("(?:any ?time |sometime |some time |anything )?(?:after|past|later than)", op("after")),
  on("(?:any ?time |sometime |some time |anything )?(?:before|earlier than|sooner than|prior to)", op("before")),
  on(
    "(?:any ?time )?(?:starting from|starting at|starting|from|since|no earlier than|not before|no sooner than)",
    op("from"),
  ),
  on(
    "(?:until|till|til|up to|(?<!(?:come|stop|swing|drop|pass|coming|stopping|dropping) )by|no later than|not after|not later than)",
    op("until"),
  ),
  on("(?:sometime |any ?time )?between", op("between")),
  on("to|through|thru", op("to")),
  on("and", op("and")),
  on("or|or maybe", op("or")),
  on("but", op("but")),
  on(
    "(?:book|make|schedule|put|set|do) (?:it|me|that|us) (?:for|at|down for|in for|in at)|(?:can|could) (?:we|you|i) do|lets (?:do|say)|how about|what about|prefer|do you have(?: a| an)?|have(?: a| an)?",
    op("at"),
  ),
  on(
    "(?:can not|not able to|unable to|will not be able to) (?:do|make|come|attend|get there)(?: it| in)?(?: to (?:my|the|our) (?:\\w+ )?(?:appointment|visit))?(?: my appointment)?|(?:does|do|will|would) not (?:work|suit)(?: for me)?|is not (?:good|possible)|is no good|i am busy|not available",
    op("cannot"),
  ),
  on("(?:around|about|ish|roughly|approximately|close to|near|at about|at around|like)", op("around")),
  on(
    "except(?: for)?|but not|not|not on|other than|apart from|excluding|besides|anything but|instead of|rather than",
    op("not"),
  ),
  on(
    "i mean|i meant|no wait|wait no|scratch that|make (?:it|that)|change (?:it|that) to|rather|correction|actually",
    op("meant"),
  ),
  on("or (?:later|after that|afterwards)|onwards?|and later|and after", op("orLater")),
  on("or (?:earlier|before that|sooner)", op("orEarlier")),
];

const WISHES: readonly TimeRule[] = [
  on(
    "asap|(?:as )?(?:soon|early|quick|quickly) as (?:possible|you can|possibly|can be)|(?:the |your |my )?(?:very )?(?:earliest|soonest|next available|first available|nearest)(?: (?:appointment|slot|time|opening|one|possible|available|date|you have|you got))*|whatever is (?:first|soonest|earliest)|first thing you have|urgently|as early as",
    wish("earliest"),
  ),
  on("first thing(?: in the morning)?|first appointment of the day|first slot of the day", daypart("earlyMorning")),
  on(
    "(?:the )?(?:last|latest) (?:appointment|slot|time|one) (?:of the day|available|possible|you have)|as late as possible|(?:the )?latest (?:slot|time|appointment)|(?:at )?(?:the )?end of (?:the )?day",
    wish("latest"),
  ),
  on("later|later on|something later|a later time|later in the day|a (?:bit|little) later", wish("later")),
  on(
    "earlier|something earlier|sooner|an earlier (?:time|slot|one|appointment|date)|a (?:bit|little) (?:earlier|sooner)",
    wish("earlier"),
  ),
  on(
    "see you later|talk later|talk to you later|sooner or later|later then|get back to you later|catch you later|let you know later|call (?:you )?later",
    { kind: "nothing" },
  ),
];

export const ENGLISH_TIME: readonly TimeRule[] = [
  ...DAYS,
  ...SPANS,
  ...ENGLISH_SPANS,
  ...CLOCKS,
  ...DAYPARTS,
  ...OPS,
  ...WISHES,
];
export const ENGLISH_GLUE =
  "on the at in of a my for please is any time day anytime maybe would work works good best sometime or appointment slot one it and".split(
    " ",
  );
