export interface Gathered<T> {
  add: (item: T) => void;
  stop: () => void;
}

/**
 * Collects what comes in and gives it on in one go: `firstMs` after the first of them, so that one transaction makes one
 * round, and never sooner than `gapMs` after the last round, so that a flood makes no more than 1000 / `gapMs` a second.
 */
export function gather<T>(firstMs: number, gapMs: number, flush: (items: T[]) => void): Gathered<T> {
  let items: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushedAt = Number.NEGATIVE_INFINITY;
  const run = () => {
    timer = undefined;
    flushedAt = performance.now();
    const now = items;
    items = [];
    flush(now);
  };
  return {
    add: (item) => {
      items.push(item);
      timer ??= setTimeout(run, Math.max(firstMs, flushedAt + gapMs - performance.now()));
    },
    stop: () => clearTimeout(timer),
  };
}
