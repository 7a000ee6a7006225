import { foldLetters } from "@/lib/dialog/understand/fold";
import { table } from "@/lib/dialog/understand/table";

/** Words for numbers, months and weekdays of one language, and the patterns that find them. */
export interface NamedNumbers {
  /** A pattern of all the names, longest first. */
  readonly any: string;
  readonly of: (word: string | undefined) => number | undefined;
}

export function named(source: string): NamedNumbers {
  const values = new Map([...table(foldLetters(source))].map(([word, value]) => [word, Number(value)]));
  const any = [...values.keys()].sort((a, b) => b.length - a.length).join("|");
  return { any, of: (word) => (word === undefined ? undefined : values.get(word)) };
}

/** A number in digits or in words. */
export const numberOf = (word: string | undefined, words: NamedNumbers): number | undefined =>
  word === undefined ? undefined : /^\d+$/.test(word) ? Number(word) : words.of(word);
