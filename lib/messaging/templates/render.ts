import type { Variable } from "./schema";

/** A template's text with its values in place; what has no value stays as the mark it is. */
export const renderTemplate = (body: string, values: readonly string[]): string =>
  body.replace(/\{\{(\d+)\}\}/g, (mark, place: string) => values[Number(place) - 1] ?? mark);

/** The numbers behind the marks of a body, in the order of their first appearance. */
export const marksOf = (body: string): number[] => [
  ...new Set([...body.matchAll(/\{\{(\d+)\}\}/g)].map((match) => Number(match[1]))),
];

/** What stands where nothing is known: the platform refuses an empty value. */
const NOTHING = "–";

/** The values of a template's variables, in its order. */
export const valuesFor = (
  variables: readonly string[],
  known: Readonly<Partial<Record<Variable, string>>>,
): string[] => {
  const given = new Map<string, string | undefined>(Object.entries(known));
  return variables.map((name) => given.get(name)?.trim() || NOTHING);
};
