import { Intent, type Slots, type Understanding, type UnderstandInput } from "@/lib/dialog/schema";
import { isAngry } from "./details";
import { readEmergency } from "./emergency";
import { booksOther, isOfOther, wishesOther } from "./evidence";
import { scoreIntents, type Scores } from "./intents";
import { detectLanguage, type LanguageReading } from "./language";
import { clausesOf, normalise, type Words } from "./normalise";
import { readOptOut } from "./opt-out";
import { arabicPhrase, findAll, occurs, phrase } from "./pattern";
import { readRequested } from "./requested";
import { readSlots } from "./slots";
import { safetySpans, spansOf } from "./spans";
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
  const scores = scoreIntents(words.text, reading.languages);
  const signals = readSignals(words, input, reading, scores);
  const plain = opt.isLimit
    ? LEFT_TO_STAFF
    : weigh(scores, { ...signals, isLoneCancel: opt.mayMeanOther && opt.optOut === "none" });
  const intents = headed(plain, emergency !== null, opt.optOut);
  const names = intents.map(({ intent }) => intent);
  return {
    ...base,
    confidence: intents[0]?.confidence ?? 0,
    intents,
    optOut: opt.optOut,
    optOutBy: opt.optOutBy,
    isOptInKeyword: isLoneYes(words.text),
    emergency: emergency !== null,
    angry: isAngry(words.text, names.includes("complaint"), words.isShouting),
    requested: names.some((intent) => ASKS.has(intent)) ? readRequested(words.text, signals.slots) : [],
    language: isOnlyName(words, input, signals.slots) ? null : reading.language,
    slots: opt.isLimit ? {} : answered(signals.slots, intents),
    spans: [...safetySpans(emergency, opt), ...spansOf(words, scores, names, signals.slots)],
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
function readButton(payload: string | undefined): Partial<Understanding> | null {
  const [name, index] = payload?.split(":") ?? [];
  const intent = Intent.safeParse(name);
  if (!intent.success) return null;
  const at = Number(index);
  const yesNo = intent.data === "affirm" ? "yes" : intent.data === "negate" ? "no" : undefined;
  return {
    intents: [{ intent: intent.data, confidence: 1 }],
    confidence: 1,
    ...((intent.data === "opt_out" || intent.data === "opt_in") && {
      optOut: intent.data,
      optOutBy: "keyword" as const,
    }),
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

/** What the words say, before context weighs it. */
function readSignals(words: Words, input: UnderstandInput, reading: LanguageReading, scores: Scores): Signals {
  const { text } = words;
  const { slots, choice } = readSlots(words, input, reading, scores);
  const said = readYesNo(text, clausesOf(words), reading.languages);
  const isBut = hasBut(text);
  const wishAt = (findAll(WISH, text)[0] ?? findAll(WISH_AR, text)[0])?.start;
  const yesNo = said && isOnlyListening(scores, said, words.isQuestion || isBut) ? null : said;
  return {
    text,
    isQuestion: words.isQuestion,
    slots: yesNo ? { ...slots, yesNo: yesNo.answer } : slots,
    yesNo,
    choice,
    expecting: input.expecting,
    offerCount: input.offerCount ?? 0,
    isWish: wishAt !== undefined,
    hasBut: isBut,
    isOfOther: isOfOther(words, slots),
    wishesOther: wishesOther(words, slots, wishAt ?? Infinity),
    booksOther: booksOther(words, slots, scores.get("book")?.start ?? Infinity),
    isLoneCancel: false,
  };
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
