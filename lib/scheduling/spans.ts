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

/** The same spans by their start; as they are where they are in order already. */
export function inOrder(spans: Spans): Spans {
  let last = -Infinity;
  for (const [from] of spans) {
    if (from < last) return spans.toSorted((a, b) => a[0] - b[0]);
    last = from;
  }
  return spans;
}

/**
 * Writes a value wherever one of the spans, its ends moved by `shift`, has one of the points. Both go up, so it costs
 * one pass over them.
 */
export function mark(
  values: Uint8Array,
  value: 0 | 1,
  points: readonly number[],
  spans: Spans,
  [shiftFrom, shiftTo]: readonly [number, number],
): void {
  let at = 0;
  for (const [start, end] of spans) {
    const [from, to] = [start + shiftFrom, end + shiftTo];
    while ((points[at] ?? Infinity) < from) at++;
    while ((points[at] ?? Infinity) < to) values[at++] = value;
  }
}

/** Minutes taken on each day, of spans in order; where they overlap, once. */
export function loadByDay(spans: Spans, days: readonly { from: number; to: number }[]): Float64Array {
  const loads = new Float64Array(days.length);
  let [day, covered] = [0, -Infinity];
  for (const [start, end] of spans) {
    let from = Math.max(start, covered);
    covered = Math.max(covered, end);
    while ((days[day]?.to ?? Infinity) <= from) day++;
    for (let at = day; from < end; at++) {
      const date = days[at];
      if (!date || date.from >= end) break;
      const to = Math.min(end, date.to);
      loads[at] = (loads[at] ?? 0) + Math.max(0, to - Math.max(from, date.from));
      from = Math.max(from, to);
    }
  }
  return loads;
}
