import type { Atom, Op } from "./atoms";
import { nextDayOfMonth, single } from "./calendar";
import { isDay } from "./draft";

const LEADS_TO_HOUR: ReadonlySet<Op> = new Set([
  "after",
  "before",
  "from",
  "of",
  "at",
  "until",
  "between",
  "around",
  "not",
  "meant",
]);
const LINKS: ReadonlySet<Op> = new Set(["to", "and", "or", "until"]);

export interface Reading {
  readonly today: string;
  readonly dayFirst: boolean;
  /** A time was asked for, so a number alone is one. */
  readonly expectsTime: boolean;
  /** A visit is moved: "to 4" is an hour. */
  readonly isMoving: boolean;
}

/**
 * Decides which bare numbers are hours, by their neighbours: after "before", beside a day or a part of the day, or linked
 * to an hour. "Viernes 6" is a date when the 6th is a Friday. All other numbers are left out.
 */
export function numbersAsHours(atoms: readonly Atom[], isJoined: (index: number) => boolean, reading: Reading): Atom[] {
  const isOnlyHours = atoms.every(({ kind }) => kind === "number" || kind === "clock" || kind === "op");
  const decide = (known: readonly Atom[]) =>
    known.map((atom, index) => {
      if (atom.kind !== "number") return atom;
      const [before, after] = [
        isJoined(index) ? known[index - 1] : undefined,
        isJoined(index + 1) ? known[index + 1] : undefined,
      ];
      const date = atom.minute === undefined && !opensRange(known, index) ? dateOf(atom.n, before, reading) : null;
      if (date) return { kind: "days", ranges: [single(date)], start: atom.start, end: atom.end } satisfies Atom;
      const isHour =
        leadsToHour(before, atom.spelt, reading.isMoving) ||
        followsHour(after, known[index + 2], atom.spelt) ||
        isLinked(before, known[index - 2]) ||
        (reading.expectsTime && isOnlyHours && (!atom.spelt || (known.length === 1 && atom.n > 1)));
      return isHour && atom.n <= 24 ? hourOf(atom) : atom;
    });
  // An hour that is settled settles its neighbour: "10 to 2 on Monday" is read from the end.
  return decide(decide(decide(atoms))).filter(({ kind }) => kind !== "number");
}

function hourOf(atom: Extract<Atom, { kind: "number" }>): Atom {
  const half = atom.n > 12 || atom.n === 0 ? "24" : null;
  return {
    kind: "clock",
    clock: { hour: atom.n % 24, minute: atom.minute ?? 0, half },
    start: atom.start,
    end: atom.end,
  };
}

function dateOf(n: number, before: Atom | undefined, { today, dayFirst }: Reading): string | null {
  if (before?.kind !== "weekday" || before.which === "any" || !(dayFirst || n > 12)) return null;
  return nextDayOfMonth(today, n, before.weekdays[0]);
}

const leadsToHour = (before: Atom | undefined, spelt: boolean, isMoving: boolean) =>
  (before?.kind === "op" && (LEADS_TO_HOUR.has(before.op) || (isMoving && before.op === "to"))) ||
  (!spelt && isDay(before)) ||
  (!spelt && before?.kind === "daypart");

function followsHour(after: Atom | undefined, next: Atom | undefined, spelt: boolean): boolean {
  if (after?.kind === "daypart" || (!spelt && isDay(after) && after.kind !== "span")) return true;
  return after?.kind === "op" && LINKS.has(after.op) && next?.kind === "clock";
}

/** "Lunes 7-9": hours from one to the other, and no date. */
const opensRange = (known: readonly Atom[], index: number): boolean => {
  const [link, last] = [known[index + 1], known[index + 2]];
  return link?.kind === "op" && link.op === "to" && (last?.kind === "number" || last?.kind === "clock");
};

/** "3 or 4", "between 3 and 5": linked to an hour just before. */
const isLinked = (link: Atom | undefined, first: Atom | undefined) =>
  link?.kind === "op" && LINKS.has(link.op) && first?.kind === "clock";
