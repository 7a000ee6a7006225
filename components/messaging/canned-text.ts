/** What stands for what in a saved answer. */
export const CANNED_VARIABLES = ["patient", "clinic", "me"] as const;
export type CannedValues = Record<(typeof CANNED_VARIABLES)[number], string>;

/** A saved answer with its `{patient}`, `{clinic}` and `{me}` filled in; other braces are letters. */
export const fillCanned = (text: string, values: CannedValues): string =>
  CANNED_VARIABLES.reduce((filled, name) => filled.replaceAll(`{${name}}`, values[name]), text).replace(
    / +([,.!?])/g,
    "$1",
  );

/** The short name that is being typed at the end of a text, after a slash at the start of a word; undefined if none is. */
export const shortcutAt = (text: string): string | undefined => /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text)?.[1];

/** The text with the short name at its end replaced. */
export const replaceShortcut = (text: string, words: string): string =>
  text.replace(/(^|\s)\/[\p{L}\p{N}_-]*$/u, (_, before: string) => before + words);

interface Named {
  shortcut: string;
  locale: string;
  text: string;
}

/**
 * The answers that a short name may mean: those that begin with it first, then those with its letters in their name or
 * text; one language an answer, the patient's before the reader's.
 */
export function matchCanned<T extends Named>(all: readonly T[], typed: string, languages: readonly string[]): T[] {
  const rank = (one: T) => languages.findIndex((language) => one.locale === language);
  const best = new Map<string, T>();
  for (const one of all) {
    const held = best.get(one.shortcut);
    if (!held || rank(one) >>> 0 < rank(held) >>> 0) best.set(one.shortcut, one); // not found counts last
  }
  const wanted = typed.toLowerCase();
  const score = ({ shortcut, text }: T) =>
    shortcut.startsWith(wanted) ? 0 : shortcut.includes(wanted) ? 1 : text.toLowerCase().includes(wanted) ? 2 : 3;
  return [...best.values()]
    .filter((one) => score(one) < 3)
    .sort((a, b) => score(a) - score(b) || a.shortcut.localeCompare(b.shortcut));
}
