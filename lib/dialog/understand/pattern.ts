import type { Intent } from "@/lib/dialog/schema";
import { foldLetters } from "./fold";

/**
 * Patterns are written in natural spelling, with single spaces between words, and matched against the padded words
 * of a message (`normalise.ts`), so that a word's edges are always spaces: `\b` knows no Arabic letters.
 */

/** Any of these phrases, whole words only. */
export const phrase = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`(?<= )(?:${foldLetters(alternatives.join("|"))})(?= )`, "gu");

/** Arabic phrases: "and" and "so" are written onto the word that follows. */
export const arabicPhrase = (...alternatives: readonly string[]): RegExp =>
  new RegExp(`(?<= )[وف]?(?:${foldLetters(alternatives.join("|"))})(?= )`, "gu");

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
  [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    groups: match.slice(1),
  }));

/** Whether it occurs at all; safe with patterns that remember where they stopped. */
export const occurs = (pattern: RegExp, text: string): boolean => text.search(pattern) >= 0;
