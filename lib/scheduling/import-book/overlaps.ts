import type { Span } from "../spans";

/** What takes a resource's time: a row of the file, or a visit of the clinic. */
export interface Taken {
  resourceId: string;
  span: Span;
  row: number | undefined;
}
/** `row` overlaps `other`, which is an earlier row of the file or, without a row, a visit that is there. */
export interface Overlap {
  row: number;
  other: Taken;
}

/** Of one row so many are told: who stands in the way of a whole day need not be named forty times. */
const MOST_OF_A_ROW = 5;

/** Every two that want one resource at one time, of which at least one is a row of the file. One sweep a resource. */
export function findOverlaps(all: readonly Taken[]): Overlap[] {
  const told = new Map<number, number>();
  const overlaps: Overlap[] = [];
  const tell = (row: number, other: Taken) => {
    const before = told.get(row) ?? 0;
    if (before >= MOST_OF_A_ROW) return;
    told.set(row, before + 1);
    overlaps.push({ row, other });
  };
  for (const taken of byResource(all)) {
    let open: Taken[] = [];
    for (const next of taken.toSorted((a, b) => a.span[0] - b.span[0] || (a.row ?? 0) - (b.row ?? 0))) {
      open = open.filter(({ span }) => span[1] > next.span[0]);
      for (const before of open) {
        if (next.row !== undefined && before.row !== undefined)
          tell(Math.max(next.row, before.row), next.row > before.row ? before : next);
        else if (next.row !== undefined) tell(next.row, before);
        else if (before.row !== undefined) tell(before.row, next);
      }
      open.push(next);
    }
  }
  return overlaps;
}

function byResource(all: readonly Taken[]): Iterable<Taken[]> {
  const groups = new Map<string, Taken[]>();
  for (const taken of all) {
    const group = groups.get(taken.resourceId);
    if (group) group.push(taken);
    else groups.set(taken.resourceId, [taken]);
  }
  return groups.values();
}
