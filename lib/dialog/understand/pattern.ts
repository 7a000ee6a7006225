import type { Intent } from "@/lib/dialog/schema";
import { foldLetters } from "./fold";

/**
 * Patterns are written in natural spelling, with single spaces between words, and matched against the padded words
 * of a message (`normalise.ts`), so that a word's edges are always spaces: `\b` knows no Arabic letters.
 */

/** Any of these phrases, whole words only. */
export const phrase = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`(?<= )(?:${foldLetters(alternatives.join("|"))})(?= )`, "gu");

/** Patterns that only Arabic letters can satisfy: a message without any needn't be searched. */
const ARABIC_ONLY = new WeakSet<RegExp>();
const ARABIC_LETTER = /[\u0600-\u06ff]/;

/** Arabic phrases: "and" and "so" are written onto the word that follows. */
export function arabicPhrase(...alternatives: readonly string[]): RegExp {
  const pattern = new RegExp(`(?<= )[وف]?(?:${foldLetters(alternatives.join("|"))})(?= )`, "gu");
  ARABIC_ONLY.add(pattern);
  return pattern;
}

/** These words and nothing else. */
export const wholly = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`^ (?:${foldLetters(alternatives.join("|"))}) $`, "u");

export interface Rule {
  readonly intent: Intent;
  readonly confidence: number;
  readonly pattern: RegExp;
}

export const rule = (intent: Intent, confidence: number, ...alternatives: readonly string[]): Rule => ({
  intent,
  confidence,
  pattern: phrase(...alternatives),
});

export const arabicRule = (intent: Intent, confidence: number, ...alternatives: readonly string[]): Rule => ({
  intent,
  confidence,
  pattern: arabicPhrase(...alternatives),
});

export interface Found {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

/** Every match, first to last. */
export const findAll = (pattern: RegExp, text: string): Found[] =>
  occurs(pattern, text)
    ? [...text.matchAll(pattern)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        groups: match.slice(1),
      }))
    : [];

/** Whether it occurs at all; safe with patterns that remember where they stopped. */
export const occurs = (pattern: RegExp, text: string): boolean =>
  !(ARABIC_ONLY.has(pattern) && !ARABIC_LETTER.test(text)) && text.search(pattern) >= 0;
