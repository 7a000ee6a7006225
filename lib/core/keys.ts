/** The wire speaks snake_case, the code camelCase: schemas end in `.transform(camelKeys)`, `respond` turns back. */

type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;
export type CamelKeys<T> = T extends Date
  ? T
  : T extends readonly (infer Item)[]
    ? CamelKeys<Item>[]
    : T extends object
      ? { [K in keyof T as K extends string ? Camel<K> : K]: CamelKeys<T[K]> }
      : T;

const toCamel = (key: string) => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const toSnake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

function mapKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => mapKeys(item, rename));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [rename(key), mapKeys(inner, rename)]));
}

/** The same value with camelCase keys at every depth. */
export function camelKeys<T>(value: T): CamelKeys<T> {
  return mapKeys(value, toCamel) as CamelKeys<T>; // the named cast: key renaming is beyond the type system
}

/** The same value with snake_case keys at every depth; instants become ISO 8601 with `Z` when serialised. */
export const snakeKeys = (value: unknown): unknown => mapKeys(value, toSnake);
