import { findAll } from "@/lib/dialog/understand/pattern";
import type { Atom, Place, TimeRule } from "./atoms";

/** What a text says about time, left to right: of overlapping readings the one that starts first, then the longest. */
export function lex(text: string, rules: readonly TimeRule[], place: Place): Atom[] {
  const found = rules.flatMap(({ pattern, read }) =>
    findAll(pattern, text).map(({ start, end, groups }) => ({ start, end, read: () => read(groups, place) })),
  );
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const atoms: Atom[] = [];
  let from = 0;
  for (const { start, end, read } of found) {
    if (start < from) continue;
    const value = read();
    if (value === null) continue;
    atoms.push({ ...value, start, end });
    from = end;
  }
  return atoms;
}
