import { dayIn, timeIn } from "@/lib/core/zone";
import { Intent, type Slots, type Span, type Understanding, type UnderstandInput } from "@/lib/dialog/schema";
import { readChoice } from "./choices";
import { resolveTime, type ResolvedTime } from "./dates/resolve";
import { isAngry, readBirthDate, readDelay, readLanguageAsked } from "./details";
import { readEmergency } from "./emergency";
import { scoreIntents, type Scores } from "./intents";
import { detectLanguage, type LanguageReading } from "./language";
import { readName, readPartySize, readRelation } from "./names";
import { clausesOf, normalise, quote, without, type Words } from "./normalise";
import { readOptOut } from "./opt-out";
import { arabicPhrase, occurs, phrase } from "./pattern";
import { findProviders } from "./providers";
import { readRequested } from "./requested";
import { findServices, mentionOf, type Mentioned } from "./services";
import { isOnlyListening, weigh, type Signals } from "./weigh";
import { isLoneYes, readYesNo } from "./yes-no";

/**
 * Understands one message without a model: always there, pure, deterministic, a millisecond or two. Times come out as
 * days and wall times of the clinic's zone. Never throws; what can't be understood comes out empty.
 */
export function understand(input: UnderstandInput): Understanding {
  const words = normalise(input.text);
  const reading = detectLanguage(words, input.locale);
  const base = { ...EMPTY, language: reading.language, wordCount: words.tokens.length };
  const tapped = readButton(input.buttonPayload);
  if (tapped) return { ...base, ...tapped };
  if (words.tokens.length === 0) return base;

  const emergency = readEmergency(words.text);
  const opt = readOptOut(words.text, input.channel);
  const parts = readParts(words, input, reading);
  const plain = opt.isLimit
    ? LEFT_TO_STAFF
    : weigh(parts.scores, { ...parts.signals, isLoneCancel: opt.mayMeanOther && opt.optOut === "none" });
  const intents = headed(plain, emergency !== null, opt.optOut);
  const complains = (intents.find(({ intent }) => intent === "complaint")?.confidence ?? 0) >= 0.7;
  return {
    ...base,
    confidence: intents[0]?.confidence ?? 0,
    intents,
    optOut: opt.optOut,
    optOutBy: opt.optOutBy,
    isOptInKeyword: isLoneYes(words.text),
    emergency: emergency !== null,
    angry: isAngry(words.text, complains, words.isShouting),
    requested: intents.some(({ intent }) => ASKS.has(intent)) ? readRequested(words.text, parts.signals.slots) : [],
    language: isOnlyName(words, input, parts.signals.slots) ? null : reading.language,
    slots: opt.isLimit ? {} : answered(parts.signals.slots, intents),
    spans: [
      ...(emergency ? [{ kind: "emergency", words: emergency.words, value: emergency.kind } as const] : []),
      ...(opt.words && opt.optOut !== "none" ? [{ kind: "opt", words: opt.words, value: opt.optOut } as const] : []),
      ...parts.spans(intents.map(({ intent }) => intent)),
    ],
  };
}

const EMPTY: Understanding = {
  language: null,
  wordCount: 0,
  confidence: 0,
  intents: [],
  optOut: "none",
  optOutBy: null,
  isOptInKeyword: false,
  emergency: false,
  angry: false,
  requested: [],
  slots: {},
  spans: [],
};
/** "Don't text me after 9 pm": no stop, and nothing that the dialog can do. */
const LEFT_TO_STAFF: Understanding["intents"] = [{ intent: "talk_to_human", confidence: 0.6 }];
const ASKS: ReadonlySet<Intent> = new Set([
  "ask_question",
  "ask_price",
  "ask_hours_location",
  "ask_availability",
  "find_provider",
  "list_appointments",
]);

/** A button carries an intent, and an index after `choose`. */
function readButton(payload: string | undefined): Pick<Understanding, "intents" | "confidence" | "slots"> | null {
  const [name, index] = payload?.split(":") ?? [];
  const intent = Intent.safeParse(name);
  if (!intent.success) return null;
  const at = Number(index);
  const yesNo = intent.data === "affirm" ? "yes" : intent.data === "negate" ? "no" : undefined;
  return {
    intents: [{ intent: intent.data, confidence: 1 }],
    confidence: 1,
    slots: { ...(Number.isInteger(at) && at > 0 && { choice: { index: at } }), ...(yesNo && { yesNo }) },
  };
}

/** Emergencies and stops come before anything else that a message says. */
function headed(
  plain: Understanding["intents"],
  emergency: boolean,
  opt: Understanding["optOut"],
): Understanding["intents"] {
  const first: Understanding["intents"] = [];
  if (emergency) first.push({ intent: "emergency", confidence: 0.97 });
  if (opt !== "none") first.push({ intent: opt, confidence: 0.97 });
  const rest = plain.filter(
    ({ intent }) => !first.some((one) => one.intent === intent) && !(emergency && intent === "symptom"),
  );
  return [...first, ...rest];
}

/** A yes that agrees to nothing ("yes, but with another doctor") is no yes for the decision either. */
const answered = ({ yesNo, ...slots }: Slots, intents: Understanding["intents"]): Slots =>
  yesNo && intents.some(({ intent }) => intent === "affirm" || intent === "negate") ? { ...slots, yesNo } : slots;

/** A name is in no language: "Maria del Carmen" asks for no Spanish. */
const isOnlyName = (words: Words, { expecting }: UnderstandInput, { personName }: Slots): boolean =>
  expecting === "name" && personName !== undefined && personName.length >= words.original.trim().length - 2;

interface Parts {
  readonly scores: Scores;
  readonly signals: Signals;
  readonly spans: (intents: readonly Intent[]) => Span[];
}

function readParts(words: Words, input: UnderstandInput, reading: LanguageReading): Parts {
  const { languages } = reading;
  const scores = scoreIntents(words.text, languages);
  const who = person(words, input, languages, scores);
  const providers =
    input.expecting === "name"
      ? []
      : findProviders(words, input.providers, input.expecting === "provider").filter(
          (one) => !who.personName?.includes(quote(words, one.start, one.end)),
        );
  const services = findServices(words, input.services).filter((one) => !overlapsAny(one, providers));
  const offerCount = input.offerCount ?? 0;
  const choice = readChoice(words.text, offerCount);
  const time = readTime(
    words,
    input,
    reading,
    scores,
    choice?.isWhole ? [{ start: 0, end: words.text.length }] : choice ? [choice] : [],
  );
  const isLate = scores.has("running_late");
  const said = readYesNo(words.text, clausesOf(words), languages);
  const yesNo = said && isOnlyListening(scores, said, words.isQuestion || hasBut(words.text)) ? null : said;
  const slots: Slots = {
    ...mentions("service", "notService", words, services),
    ...mentions("provider", "notProvider", words, providers),
    ...who,
    ...(!isLate && input.expecting !== "birth_date" && time.time && { time: time.time }),
    ...(time.currentTime && { currentTime: time.currentTime }),
    ...(choice && { choice: choice.choice }),
    ...(yesNo && { yesNo: yesNo.answer }),
    ...optional("delayMinutes", isLate ? readDelay(words.text) : undefined),
    ...optional(
      "language",
      scores.has("change_language") ? readLanguageAsked(words.text, reading.language) : undefined,
    ),
    ...optional(
      "birthDate",
      input.expecting === "birth_date" ? readBirthDate(words.text, isDayFirst(input, reading)) : undefined,
    ),
  };
  const { text, isQuestion } = words;
  const { expecting } = input;
  const isWish = occurs(WISH, text) || occurs(WISH_AR, text);
  const signals = {
    text,
    isQuestion,
    slots,
    yesNo,
    choice,
    expecting,
    offerCount,
    isWish,
    hasBut: hasBut(text),
    isLoneCancel: false,
  };
  return { scores, signals, spans: (intents) => spansOf(words, scores, intents, slots) };
}

const WISH = phrase(
  "(?:i|we|my \\w+|he|she) (?:would |just |really |also )?(?:want|wants|need|needs|like|prefer|am looking|are looking|have to get|should get)|looking (?:for|to)|can i (?:get|have)|could i (?:get|have)|can we|interested in|i am due|give me|please|(?:yo )?(?:quiero|quisiera|necesito|me gustaria|busco|deseo|prefiero|puedo|ocupo)|por favor|para (?:una|un)",
);
const WISH_AR = arabicPhrase(
  "(?:اريد|ابغى|ابغا|ابي|بدي|عايز|عايزه|عاوز|عاوزه|ودي|احتاج|محتاج|محتاجه|حاب|حابه|ممكن|افضل|نبي|بغيت|لو سمحت)",
);
const BUT = phrase("but|pero|instead|mejor");
const BUT_AR = arabicPhrase("بس|لكن");
const hasBut = (text: string): boolean => occurs(BUT, text) || occurs(BUT_AR, text);

const optional = <K extends string, V>(key: K, value: V | undefined) => (value === undefined ? {} : { [key]: value });
const overlapsAny = (one: Mentioned, others: readonly Mentioned[]) =>
  others.some((other) => one.start < other.end && other.start < one.end);

function mentions(
  wanted: "service" | "provider",
  refused: "notService" | "notProvider",
  words: Words,
  found: readonly Mentioned[],
): Partial<Slots> {
  const not = mentionOf(
    words,
    found.filter(({ isRefused }) => isRefused),
  );
  const yes = mentionOf(
    words,
    found.filter(({ isRefused }) => !isRefused),
  );
  return { ...optional(wanted, yes), ...optional(refused, not) };
}

function person(
  words: Words,
  input: UnderstandInput,
  languages: LanguageReading["languages"],
  scores: Scores,
): Partial<Slots> {
  const isAsked = input.expecting === "name" || input.expecting === "which_patient";
  const isOther = [...scores.values()].some(({ confidence }) => confidence >= 0.85);
  return {
    ...optional("personName", readName(words, isAsked && !isOther, languages)),
    ...optional("forRelation", readRelation(words.text)),
    ...optional("partySize", readPartySize(words.text)),
  };
}

const isDayFirst = (input: UnderstandInput, reading: LanguageReading): boolean => {
  const language = input.locale?.slice(0, 2).toLowerCase() ?? reading.language ?? "en";
  return language !== "en";
};

function readTime(
  words: Words,
  input: UnderstandInput,
  reading: LanguageReading,
  scores: Scores,
  taken: readonly { start: number; end: number }[],
): ResolvedTime {
  const free = taken.length > 0 ? { ...words, text: without(words.text, taken) } : words;
  return resolveTime(free, {
    today: dayIn(input.referenceTime, input.timeZone),
    now: timeIn(input.referenceTime, input.timeZone),
    dayFirst: isDayFirst(input, reading),
    languages: reading.languages,
    expectsTime: input.expecting === "time" || (input.expecting === "choice" && (input.offerCount ?? 0) > 0),
    isMoving: scores.has("reschedule"),
  });
}

function spansOf(words: Words, scores: Scores, intents: readonly Intent[], slots: Slots): Span[] {
  const said = intents.flatMap((intent) => {
    const evidence = scores.get(intent);
    return evidence
      ? [{ kind: "intent", words: quote(words, evidence.start, evidence.end), value: intent } as const]
      : [];
  });
  const named = (["service", "provider"] as const).flatMap((kind) => {
    const mention = slots[kind];
    return mention ? [{ kind, words: mention.words, value: mention.ids.join(",") || "unknown" } as const] : [];
  });
  const time = slots.time ? [{ kind: "time", words: slots.time.words, value: timeInWords(slots.time) } as const] : [];
  const name = slots.personName ? [{ kind: "name", words: slots.personName, value: slots.personName } as const] : [];
  return [...said, ...named, ...time, ...name];
}

/** A time constraint for the trace, without the words: `days=2026-03-06 at=15:00`. */
function timeInWords({ words: _words, days, ...rest }: NonNullable<Slots["time"]>): string {
  const ranges = days?.map(({ from, to }) => (from === to ? from : `${from}..${to ?? ""}`)).join(",");
  const others = Object.entries(rest).map(([key, value]) => `${key}=${String(value)}`);
  return [...(ranges ? [`days=${ranges}`] : []), ...others].join(" ");
}
