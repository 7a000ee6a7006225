/** The only source of chance in the demo: the same seed gives the same clinic, on any machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** Both ends included. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** By weight; all weights are positive. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T;
  shuffled<T>(items: readonly T[]): T[];
  hex(digits: number): string;
}

/** mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => at(items, int(0, items.length - 1)),
    weighted: (items) => {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      return (items.find(([, weight]) => (left -= weight) < 0) ?? at(items, items.length - 1))[0];
    },
    shuffled: (items) => shuffle([...items], int),
    hex: (digits) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join(""),
  };
}

function shuffle<T>(items: T[], int: Random["int"]): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = int(0, last);
    [items[last], items[other]] = [at(items, other), at(items, last)];
  }
  return items;
}

/** The item at an index that is known to exist. */
export function at<T>(items: readonly T[], index: number): T {
  if (index < 0 || index >= items.length) throw new RangeError(`no item ${index} of ${items.length}`);
  return items[index] as T; // the named cast: the index has just been checked
}

/** Row ids as UUIDv7, in the order in which they are asked for. */
export function idsFrom(random: Random, start: Date): () => string {
  let milliseconds = start.getTime();
  return () => {
    const time = (milliseconds++).toString(16).padStart(12, "0");
    const variant = random.int(8, 11).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random.hex(3)}-${variant}${random.hex(3)}-${random.hex(12)}`;
  };
}
