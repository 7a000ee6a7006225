import type { Language, TimeConstraint } from "@/lib/dialog/schema";
import { quote, type Words } from "@/lib/dialog/understand/normalise";
import { ARABIC_GLUE, ARABIC_TIME } from "./ar";
import type { Atom, Place, TimeRule } from "./atoms";
import { compose, type Joined } from "./compose";
import { isDay, isUnit, type Draft } from "./draft";
import { DURATIONS } from "./durations";
import { ENGLISH_GLUE, ENGLISH_TIME } from "./en";
import { SPANISH_GLUE, SPANISH_TIME } from "./es";
import { lex } from "./lex";
import { MONTH_PARTS } from "./month-parts";
import { MORE_TIME } from "./more";
import { numbersAsHours } from "./numbers-as-hours";
import { settle } from "./settle";
import { WRITTEN } from "./written";

const RULES: Record<Language, readonly TimeRule[]> = { en: ENGLISH_TIME, es: SPANISH_TIME, ar: ARABIC_TIME };
const GLUE: Record<Language, ReadonlySet<string>> = {
  en: new Set(ENGLISH_GLUE),
  es: new Set(SPANISH_GLUE),
  ar: new Set(ARABIC_GLUE),
};

export interface TimeReading extends Place {
  readonly languages: readonly Language[];
  /** A time was asked for: a number alone is an hour. */
  readonly expectsTime: boolean;
  /** The patient moves a visit: of two times the first may be the old one. */
  readonly isMoving: boolean;
}

export interface ResolvedTime {
  readonly time?: TimeConstraint;
  readonly currentTime?: TimeConstraint;
  /** Where in the words it was said. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

/** The time that a message asks for, in days and wall times of the clinic's zone. Pure: today and now come in. */
export function resolveTime(words: Words, reading: TimeReading): ResolvedTime {
  const rules = reading.languages.flatMap((language) => [
    ...DURATIONS[language],
    ...MONTH_PARTS[language],
    ...MORE_TIME[language],
  ]);
  rules.push(...WRITTEN, ...reading.languages.flatMap((language) => RULES[language]));
  const lexed = lex(words.text, rules, reading).filter((atom) => atom.kind !== "nothing");
  const joinedIn = (atoms: readonly Atom[]) => joins(words, atoms, reading.languages);
  const atoms = numbersAsHours(lexed, joinedIn(lexed), reading);
  const split = reading.isMoving ? oldAndNew(words, atoms) : 0;
  const [before, after] = [atoms.slice(0, split).filter(({ kind }) => kind !== "op"), atoms.slice(split)];
  const draft = compose(after, joinedIn(after), reading.today);
  const given = split > 0 ? before : reading.isMoving ? draft.refused : [];
  const old = compose(given, joinedIn(given), reading.today);
  const [time, currentTime] = [said(words, draft, reading), said(words, old, reading)];
  return { ...(time && { time }), ...(currentTime && { currentTime }), ranges: [...old.used, ...draft.used] };
}

function said(words: Words, draft: Draft, place: Place): TimeConstraint | undefined {
  const sorted = [...draft.used].sort((a, b) => a.start - b.start);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return undefined;
  const settled = settle(draft, place);
  return Object.keys(settled).length === 0 ? undefined : { ...settled, words: quote(words, first.start, last.end) };
}

/** Whether only filler stands between an atom and the one before it. */
function joins(words: Words, atoms: readonly Atom[], languages: readonly Language[]): Joined {
  return (index, tight = false) => {
    const [before, atom] = [atoms[index - 1], atoms[index]];
    if (!before || !atom) return false;
    const between = words.tokens.filter((token) => token.at >= before.end && token.at <= atom.start);
    return between.every((token) => {
      const isFirst = token.at >= atom.start;
      const isBroken = token.after === "stop" || (tight && token.after === "comma");
      return !isBroken && (isFirst || languages.some((language) => GLUE[language].has(token.word)));
    });
  };
}

/** The appointment that the time belongs to: "my Tuesday appointment", "la cita del martes", "موعد الثلاثاء". */
const OLD_BEFORE =
  /(?: (?:my|the|our|mi|la|nuestra)| (?:appointment|visit|booking|cita|hora|turno)(?: (?:on|for|at|from|del?|el|para el|de las?|that is on|is on))*| from| موعدي?(?: (?:يوم|اللي|حق|بتاع|من))*| من(?: يوم)?)(?: the| of| el| las?)* $/;
const VISIT_AFTER = /^(?:appointment|visit|booking|one|slot|cleaning|cita|turno) /;
const IS_VISIT =
  / (?:appointment|visit|booking|cita|hora|turno|موعدي?)[^_]{0,24} $| from(?: the)? $| del?(?: la)? $| من(?: يوم)? $/;

/** Arabic writes "to" onto the day: "ليوم الخميس", "للخميس". */
const MOVED_TO_PREFIX = /^ل(?:ل|يوم|بكر|بعد|لا)/;

/**
 * Where the new time begins in "move my Tuesday 3 pm to Friday": after the first day and what is joined to it. 0 where
 * only the new time is said, all of it where only the old one is.
 */
function oldAndNew(words: Words, atoms: readonly Atom[]): number {
  const days = atoms.flatMap((atom, index) => (isDay(atom) || atom.kind === "clock" ? [{ atom, index }] : []));
  const first = days[0];
  if (!first) return 0;
  const lead = words.text.slice(0, first.atom.start);
  if (MOVED_TO_PREFIX.test(words.text.slice(first.atom.start))) return 0;
  const isOwned = OLD_BEFORE.test(lead) && (VISIT_AFTER.test(words.text.slice(first.atom.end)) || IS_VISIT.test(lead));
  const next = days.slice(1).find(({ atom, index }) => sameKind(first.atom, atom) && !isAlternative(atoms, index));
  if (!isOwned && !(next && isMovedTo(atoms, next.index))) return 0;
  if (!next) {
    const later = days.slice(1).find(({ index }) => isMovedTo(atoms, index));
    return later ? later.index : atoms.length;
  }
  return next.index;
}

const sameKind = (a: Atom, b: Atom) => isDay(a) === isDay(b) && isUnit(a) && isUnit(b);
function isAlternative(atoms: readonly Atom[], index: number): boolean {
  const before = atoms[index - 1];
  return before?.kind === "op" && ["or", "and", "not", "but", "meant"].includes(before.op);
}
function isMovedTo(atoms: readonly Atom[], index: number): boolean {
  const before = atoms[index - 1];
  return before?.kind === "op" && before.op === "to";
}
