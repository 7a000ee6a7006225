import type { Score } from "./score";

/** How many misses of a file are shown; `--misses FILE` writes all of them. */
export const WORST = 20;

const percent = (value: number | null) => (value === null ? "    –" : `${(value * 100).toFixed(1).padStart(5)}`);

/** The scorecard as text: a table a file, and the misses that it puts first. */
export function render(scores: readonly (Score & { readonly missed: number })[]): string {
  return scores
    .map(({ file, measures, misses, missed }) => {
      const lines = measures.map(
        ({ name, value, rows }) => `  ${name.padEnd(52)} ${percent(value)} %  of ${rows}${rows < 50 ? "  (few)" : ""}`,
      );
      const worst = misses.map(
        ({ id, lang, text, expected, answer }) =>
          `    ${id} [${lang}] ${text}\n      expected ${expected}\n      answered ${answer}`,
      );
      const head = missed > misses.length ? `  ${missed} missed, the first ${misses.length}:` : `  ${missed} missed:`;
      return [`${file}`, ...lines, ...(missed > 0 ? [head, ...worst] : []), ""].join("\n");
    })
    .join("\n");
}
