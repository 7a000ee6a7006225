/**
 * A name as it is compared and searched: lower case, without accents and vowel marks, one form of the Arabic letters
 * that are written either way, one space. Lossy on purpose; what people see is the name as they wrote it.
 */
export const foldName = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/[\p{M}\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "")
    .toLowerCase()
    .replace(/[ىیې]/g, "ي")
    .replace(/ة/g, "ه")
    .replace(/[کڪ]/g, "ك")
    .replace(/ٱ/g, "ا")
    .replace(/[\p{P}\p{S}\s]+/gu, " ")
    .trim();
