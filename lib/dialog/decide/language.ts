import { LANGUAGES, type Language, type Understanding } from "../schema";
import type { DialogState } from "../state";
import type { Facts } from "./facts";
import { remind } from "./misunderstood";
import { has, patch, say, type Talk } from "./talk";

/**
 * The patient's language: the one they chose; else that of their last message of three words or more; else what the
 * clinic or their record says. Only where nothing of that is known, a shorter message decides.
 */
export function languageOf(state: DialogState, heard: Understanding, facts: Facts): Language {
  const isAsked = heard.intents.some(({ intent }) => intent === "change_language");
  const [only, ...others] = facts.patients;
  const candidates = [
    isAsked ? heard.slots.language : null,
    state.chosenLanguage,
    heard.wordCount >= 3 ? heard.language : null,
    state.language,
    facts.language,
    others.length === 0 ? only?.language : null,
    heard.language,
    facts.clinic.defaultLocale,
  ];
  return candidates.map(oursOf).find((language) => language !== undefined) ?? "en";
}

const oursOf = (language: string | null | undefined): Language | undefined =>
  LANGUAGES.find((ours) => ours === language);

/** "In Spanish, please": from here on; one that we don't write is said so. True: the message did nothing else. */
export function changeLanguage(talk: Talk): boolean {
  if (!has(talk, "change_language")) return false;
  const language = oursOf(talk.heard.slots.language);
  if (language) patch(talk, { chosenLanguage: language, language });
  say(talk, language ? "languageChanged" : "otherLanguage");
  const isAll = talk.heard.intents.length === 1;
  if (isAll) remind(talk);
  return isAll;
}
