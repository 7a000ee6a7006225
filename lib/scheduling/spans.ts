/** Sets of time as sorted, disjoint, half-open spans of whole minutes since the epoch. */
export type Span = readonly [from: number, to: number];
export type Spans = readonly Span[];

export const minuteOf = (instant: Date): number => Math.floor(instant.getTime() / 60_000);
export const instantAt = (minute: number): Date => new Date(minute * 60_000);

/** Any spans, in any order, as a set; empty and backward ones vanish. */
export function union(spans: readonly Span[]): readonly Span[] {
  if (isSet(spans)) return spans;
  const sorted = spans.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0]);
  const merged: Span[] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
    else merged.push([from, to]);
  }
  return merged;
}

function isSet(spans: Spans): boolean {
  let end = -Infinity;
  for (const span of spans) {
    if (span[0] <= end || span[0] >= span[1]) return false;
    end = span[1];
  }
  return true;
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
  for (const span of spans) {
    if (span[0] < last) return spans.toSorted((a, b) => a[0] - b[0]);
    last = span[0];
  }
  return spans;
}

/** Points that go up, and for each minute from the first to the last the place of the first one not before it. */
export interface Points {
  minutes: readonly number[];
  first: number;
  placeOf: Int32Array;
}
const knownPoints = new WeakMap<readonly number[], Points>();

/** Remembered with its row of minutes: a month's is asked for again and again. */
export function pointsOf(minutes: readonly number[]): Points {
  const before = knownPoints.get(minutes);
  if (before) return before;
  const [first, last] = [minutes[0] ?? 0, minutes.at(-1) ?? 0];
  const placeOf = new Int32Array(last - first + 1);
  let [place, next] = [0, first];
  for (let offset = 0; offset < placeOf.length; offset++) {
    if (next < first + offset) next = minutes[++place] ?? Infinity;
    placeOf[offset] = place;
  }
  const points = { minutes, first, placeOf };
  knownPoints.set(minutes, points);
  return points;
}

/** Writes a value wherever one of the spans, its ends moved by these, has one of the points. */
export function mark(
  values: Uint8Array,
  value: 0 | 1,
  { minutes, first, placeOf }: Points,
  spans: Spans,
  shiftFrom: number,
  shiftTo: number,
): void {
  const { length } = placeOf;
  for (const span of spans) {
    const from = Math.ceil(span[0] + shiftFrom) - first;
    const to = Math.ceil(span[1] + shiftTo) - first;
    if (from >= length || to <= 0) continue;
    const end = to >= length ? minutes.length : (placeOf[to] ?? 0);
    for (let at = from <= 0 ? 0 : (placeOf[from] ?? 0); at < end; at++) values[at] = value;
  }
}

/** Minutes taken on each day, of spans in order; where they overlap, once. */
export function loadByDay(spans: Spans, days: readonly { from: number; to: number }[]): Float64Array {
  const loads = new Float64Array(days.length);
  let [day, covered, dayEnd] = [-1, -Infinity, -Infinity];
  for (const span of spans) {
    let from = span[0] < covered ? covered : span[0];
    const end = span[1];
    if (end > covered) covered = end;
    while (dayEnd <= from) dayEnd = days[++day]?.to ?? Infinity;
    for (let at = day; from < end; at++) {
      const date = days[at];
      if (!date || date.from >= end) break;
      const to = end < date.to ? end : date.to;
      const begins = from < date.from ? date.from : from;
      if (to > begins) loads[at] = (loads[at] ?? 0) + to - begins;
      if (to > from) from = to;
    }
  }
  return loads;
}
