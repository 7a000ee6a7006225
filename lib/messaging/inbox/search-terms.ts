import { foldName } from "@/lib/patients/fold";

const MOST_WORDS = 8;
/** Every message has a word that begins with "a": shorter ones are looked for as they are. */
const SHORTEST_BEGINNING = 3;

export interface SearchTerms {
  /** For names and addresses: a part of them, letters as they are stored, LIKE's own signs escaped. */
  words: string;
  /** A text search query: every word, from three letters as the beginning of one. Empty when there is nothing to look for. */
  query: string;
}

/** What was typed into the inbox's search, made safe for `search_conversations`: no operator of either language passes. */
export function searchTermsOf(q: string): SearchTerms {
  const isAddress = /^[+0-9 ().-]{3,}$/.test(q) || q.includes("@");
  const words = (isAddress ? q.trim().toLowerCase() : foldName(q)).replace(/[\\%_]/g, "\\$&");
  const said = q.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return {
    words,
    query: said
      .slice(0, MOST_WORDS)
      .map((word) => ([...word].length < SHORTEST_BEGINNING ? `'${word}'` : `'${word}':*`))
      .join(" & "),
  };
}
