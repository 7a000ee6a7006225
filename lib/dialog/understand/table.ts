/** A table of words written compactly: `word: meaning, word: meaning`. */
export const table = (source: string): Map<string, string> =>
  new Map(
    source
      .split(/[,\n]/)
      .map((entry) => entry.split(":"))
      .flatMap(([word, meaning]) => (word && meaning ? [[word.trim(), meaning.trim()] as const] : [])),
  );
