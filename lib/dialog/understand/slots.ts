import { dayIn, timeIn } from "@/lib/core/zone";
import type { Slots, UnderstandInput } from "@/lib/dialog/schema";
import { readChoice, type ChoiceReading } from "./choices";
import { resolveTime, type ResolvedTime } from "./dates/resolve";
import { readBirthDate, readDelay, readLanguageAsked } from "./details";
import type { Scores } from "./intents";
import type { LanguageReading } from "./language";
import { readName, readPartySize, readRelation } from "./names";
import { quote, without, type Words } from "./normalise";
import { findProviders } from "./providers";
import { findServices, mentionOf, type Mentioned } from "./services";

/** All that a message fills, but for yes and no: what was said in its words, nothing carried over from before. */
export function readSlots(
  words: Words,
  input: UnderstandInput,
  reading: LanguageReading,
  scores: Scores,
): { slots: Slots; choice: ChoiceReading | null } {
  const who = person(words, input, reading.languages, scores);
  const providers = providersIn(words, input, who.personName);
  const services = findServices(words, input.services).filter((one) => !overlapsAny(one, providers));
  const choice = readChoice(words.text, input.offerCount);
  const slots: Slots = {
    ...mentions("service", "notService", words, services),
    ...mentions("provider", "notProvider", words, providers),
    ...who,
    ...times(words, input, reading, scores, choice),
    ...(choice && { choice: choice.choice }),
    ...details(words, input, reading, scores),
  };
  return { slots, choice };
}

/** A clinic's provider, unless it is part of the name that a patient gives. */
const providersIn = (words: Words, { expecting, providers }: UnderstandInput, name: string | undefined): Mentioned[] =>
  expecting === "name"
    ? []
    : findProviders(words, providers, expecting === "provider").filter(
        (one) => !name?.includes(quote(words, one.start, one.end)),
      );

/** No time of arrival, nor a birth date, is a time for a visit. */
function times(
  words: Words,
  input: UnderstandInput,
  reading: LanguageReading,
  scores: Scores,
  choice: ChoiceReading | null,
): Partial<Slots> {
  const { time, currentTime } = readTime(words, input, reading, scores, choice);
  const isOther = scores.has("running_late") || input.expecting === "birth_date";
  return { ...(!isOther && time && { time }), ...(currentTime && { currentTime }) };
}

function details(words: Words, input: UnderstandInput, reading: LanguageReading, scores: Scores): Partial<Slots> {
  const { text } = words;
  const isLanguageAsked = scores.has("change_language");
  return {
    ...optional("delayMinutes", scores.has("running_late") ? readDelay(text) : undefined),
    ...optional("language", isLanguageAsked ? readLanguageAsked(text, reading.language) : undefined),
    ...optional(
      "birthDate",
      input.expecting === "birth_date" ? readBirthDate(text, isDayFirst(input, reading)) : undefined,
    ),
  };
}

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
  choice: ChoiceReading | null,
): ResolvedTime {
  const taken = choice?.isWhole ? [{ start: 0, end: words.text.length }] : choice ? [choice] : [];
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
