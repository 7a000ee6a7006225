import type { Intent, Language } from "@/lib/dialog/schema";
import { ARABIC } from "./lexicon/ar";
import { ENGLISH } from "./lexicon/en";
import { SPANISH } from "./lexicon/es";
import { TALK } from "./lexicon/talk";
import { findAll, type Rule } from "./pattern";

const RULES: Record<Language, readonly Rule[]> = {
  en: [...ENGLISH, ...TALK.en],
  es: [...SPANISH, ...TALK.es],
  ar: [...ARABIC, ...TALK.ar],
};

export interface Evidence {
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
}
export type Scores = Map<Intent, Evidence>;

/** "I don't want to cancel": the words are there, the wish isn't. */
const REFUSED =
  / (?:do not|did not|does not|never|not|no longer) (?:want|wish|need|mean|plan|intend|wanting|have) (?:you )?to $| not $| no (?:quiero|quisiera|deseo|necesito|voy a)(?: que)? $| (?:ما|مش|مو|لا|مب) (?:ابغى|ابغي|ابي|اريد|بدي|عايز|عاوز|عايزه|ودي) $/u;
const REFUSABLE: ReadonlySet<Intent> = new Set(["book", "cancel", "reschedule", "talk_to_human", "confirm"]);

/** What the words of a message say that it does, by the lexicons of these languages; the plainest wording counts. */
export function scoreIntents(text: string, languages: readonly Language[]): Scores {
  const scores: Scores = new Map();
  for (const { intent, confidence, pattern } of languages.flatMap((language) => RULES[language])) {
    if ((scores.get(intent)?.confidence ?? 0) >= confidence) continue;
    const found = findAll(pattern, text).find(({ start }) => !isRefused(intent, text.slice(0, start)));
    if (found) scores.set(intent, { confidence, start: found.start, end: found.end });
  }
  return scores;
}

const isRefused = (intent: Intent, before: string) => REFUSABLE.has(intent) && REFUSED.test(before);
