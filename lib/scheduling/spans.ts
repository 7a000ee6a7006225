/** Sets of time as sorted, disjoint, half-open spans of whole minutes since the epoch. */
export type Span = readonly [from: number, to: number];
export type Spans = readonly Span[];

export const minuteOf = (instant: Date): number => Math.floor(instant.getTime() / 60_000);
export const instantAt = (minute: number): Date => new Date(minute * 60_000);

/** Any spans, in any order, as a set; empty and backward ones vanish. */
export function union(spans: Spans): Span[] {
  const sorted = spans.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0]);
  const merged: Span[] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
    else merged.push([from, to]);
  }
  return merged;
}

/** What of one set is in no span of the other; one pass over both. */
export function subtract(spans: Spans, holes: Spans): Span[] {
  const left: Span[] = [];
  let at = 0;
  for (const [start, to] of spans) {
    let from = start;
    while (at < holes.length && (holes[at]?.[1] ?? 0) <= from) at++;
    for (let next = at; next < holes.length; next++) {
      const hole = holes[next];
      if (!hole || hole[0] >= to) break;
      if (hole[0] > from) left.push([from, hole[0]]);
      from = Math.max(from, hole[1]);
    }
    if (from < to) left.push([from, to]);
  }
  return left;
}

/** Membership for questions that only go up: the whole row of questions costs one pass. */
export function follow(spans: Spans): (minute: number) => boolean {
  let at = 0;
  return (minute) => {
    while (at < spans.length && (spans[at]?.[1] ?? 0) <= minute) at++;
    return (spans[at]?.[0] ?? Infinity) <= minute;
  };
}
