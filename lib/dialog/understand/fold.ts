/**
 * Letters as we compare them: lower case, no accents, no Arabic vowel marks or tatweel, one form of alef, ya, ha and kaf,
 * no hamza, ASCII digits. Folding is lossy on purpose: it is for matching, never for showing.
 */
export const fold = (text: string): string => foldLetters(text.toLowerCase());

/** Folds the letters of a pattern's source, where case and escapes must stay as they are. */
export const foldLetters = (text: string): string =>
  asciiDigits(text.normalize("NFKC").normalize("NFD"))
    .replace(/[\p{M}\u0640\u0621\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "")
    .replace(/[ىیې]/g, "ي")
    .replace(/[ةۀەہ]/g, "ه")
    .replace(/[کڪ]/g, "ك")
    .replace(/ٱ/g, "ا");

/** Arabic-Indic and Persian digits as ASCII; the Arabic decimal and thousands marks as point and comma. */
export const asciiDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9٫٬]/g, (char) => {
    const code = char.charCodeAt(0);
    if (char === "٫") return ".";
    if (char === "٬") return ",";
    return String(code - (code >= 0x06f0 ? 0x06f0 : 0x0660));
  });

/** Stretched words as they are spelt: "yesss", "nooope", "helllo", "لاااا". Doubled letters stay. */
export const unstretch = (word: string): string =>
  word
    .replace(/(\p{L})\1{2,}$/u, "$1")
    .replace(/([aeiou\u0600-\u06ff])\1{2,}/gu, "$1")
    .replace(/(\p{L})\1{2,}/gu, "$1$1");

/** Whether two words are one slip apart: a letter more, less, other, or two swapped (Damerau-Levenshtein ≤ 1). */
export function isOneSlipApart(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
