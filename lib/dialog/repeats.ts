/** Short words are repeated by people too. */
const SHORTEST = 8;
/** A machine counts: where this much is the same, other numbers in it don't make it another text. */
const LONG_TEXT = 40;
/** So much of our own words in an answer is a quote of them. */
const QUOTED = 24;

/**
 * How often in a row, before the newest, the very same words came: a machine's, not a patient's. Long texts are the same
 * whatever numbers are in them, and so are texts that only hand our own words back. Both lists have the newest first.
 */
export function repeatsOf([newest = "", ...older]: readonly string[], ours: readonly string[]): number {
  if (newest.trim().length < SHORTEST) return 0;
  const openings = ours.filter((text) => text.length >= QUOTED).map((text) => text.slice(0, QUOTED));
  const isQuote = (text: string) => openings.some((opening) => text.includes(opening));
  const isSame = isQuote(newest) ? isQuote : (text: string) => withoutNumbers(text) === withoutNumbers(newest);
  const other = older.findIndex((text) => !isSame(text));
  return other < 0 ? older.length : other;
}

const withoutNumbers = (text: string): string => (text.length < LONG_TEXT ? text : text.replace(/\d+/g, "0"));
