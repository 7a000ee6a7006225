/* What comes from outside is read piece by piece: a piece of another form is no reason to lose its neighbours. */

export type Loose = Record<string, unknown>;

/** An object, or an empty one in place of anything else. */
export const looseOf = (value: unknown): Loose => (isLoose(value) ? value : {});

export const isLoose = (value: unknown): value is Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A list, or an empty one in place of anything else. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** A text that isn't empty; a number as its digits. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}
