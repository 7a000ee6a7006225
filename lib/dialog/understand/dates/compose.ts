import { Temporal } from "temporal-polyfill";
import { addDays } from "@/lib/core/zone";
import type { Atom, Op } from "./atoms";
import { nextDayOfMonth, weekdayAs } from "./calendar";
import { emptyDraft, forgetDays, forgetHours, isDay, isUnit, type DayAtom, type Draft } from "./draft";

/** Joins the atoms of a message into one draft: operators take the unit after them, ranges take two. */
export function compose(atoms: readonly Atom[], isJoined: Joined, today: string): Draft {
  const reader = new Reader(atoms, isJoined, today);
  return reader.read();
}

/** Whether the atom at an index follows the one before it with nothing but filler between; `tight` also refuses a comma. */
export type Joined = (index: number, tight?: boolean) => boolean;

type EdgeOp = "after" | "before" | "from" | "until";
const isEdge = (op: Op): op is EdgeOp => op === "after" || op === "before" || op === "from" || op === "until";

/** A day moved by days, weeks or months; the last of a month stays in the month counted to. */
const shifted = (day: string, n: number, unit: "day" | "week" | "month"): string =>
  unit === "month"
    ? Temporal.PlainDate.from(day).add({ months: n }).toString()
    : addDays(day, n * (unit === "week" ? 7 : 1));

class Reader {
  private readonly draft = emptyDraft();
  private readonly replaced = new Set<"day" | "hour">();
  private replacing = false;

  constructor(
    private readonly atoms: readonly Atom[],
    private readonly isJoined: Joined,
    private readonly today: string,
  ) {}

  read(): Draft {
    for (let index = 0; index < this.atoms.length;) index = this.step(index);
    return this.draft;
  }

  /** Reads what stands at an index and answers the next one. */
  private step(index: number): number {
    const atom = this.atoms[index];
    if (!atom) return index + 1;
    if (atom.kind === "op") return this.operator(index, atom.op);
    if (atom.kind === "wish") return this.wish(index, atom.wish);
    if (atom.kind === "lasting") return this.lastingFrom(index);
    if (atom.kind === "offset") return this.offsetFrom(index) ?? index + 1;
    if (!isUnit(atom)) return index + 1;
    return this.range(index) ?? this.unit(index);
  }

  private operator(index: number, op: Op): number {
    const next = index + 1;
    if (op === "meant") {
      this.replacing = true;
      return next;
    }
    if (op === "between" || op === "from" || op === "of") {
      const past = this.isJoined(next) ? this.range(next, true) : null;
      if (past) return past;
    }
    if (op === "cannot" && this.isJoined(next, true)) this.refuse(next);
    if (op === "cannot" || op === "not") return this.isJoined(next, true) ? this.exclude(next) : next;
    if (op === "but") return this.isJoined(next, true) && this.rulesOut(index) ? this.exclude(next) : next;
    const unit = this.atoms[next];
    if (!unit || !this.isJoined(next) || !isUnit(unit)) return next;
    if (op === "around") return this.around(next);
    if (op === "from" && this.atoms[next + 1]?.kind === "lasting") return this.unit(next);
    return isEdge(op) ? this.edge(next, unit, op) : next;
  }

  /** "For two hours from 2 pm", "for 4 days from the 9th": the length of what comes after it. */
  private lastingFrom(index: number): number {
    const [atom, link, unit] = [this.atoms[index], this.atoms[index + 1], this.atoms[index + 2]];
    const isLed = link?.kind === "op" && (link.op === "from" || link.op === "at") && this.isJoined(index + 1, true);
    if (atom?.kind !== "lasting") return index + 1;
    if (!isLed || !unit || !this.isJoined(index + 2) || !this.lasts(atom, unit)) {
      // "4 pm tomorrow for 45 minutes": the hour came before the day.
      const isSaid = isUnit(this.atoms[index - 1]) && this.isJoined(index, true) && this.draft.clocks.length === 1;
      if (isSaid && atom.minutes !== undefined) this.draft.minutes = atom.minutes;
      return index + 1;
    }
    this.draft.used.push(atom, unit);
    return index + 3;
  }

  /** Puts a day or an hour that lasts into the draft; false where the length says nothing of it. */
  private lasts({ minutes, days }: Extract<Atom, { kind: "lasting" }>, unit: Atom): boolean {
    if (days !== undefined && isDay(unit)) {
      this.forget("day");
      const from = this.firstDay(unit);
      this.draft.spans.push({ from, to: addDays(from, days - 1) });
      return true;
    }
    if (minutes === undefined || unit.kind !== "clock") return false;
    this.forget("hour");
    this.draft.clocks.push(unit.clock);
    this.draft.minutes = minutes;
    return true;
  }

  /** "Two weeks after Friday", "three days before the 24th": the day so far from the one named. */
  private offsetFrom(index: number): number | null {
    const [atom, link, unit] = [this.atoms[index], this.atoms[index + 1], this.atoms[index + 2]];
    if (atom?.kind !== "offset" || link?.kind !== "op" || !isEdge(link.op) || link.op === "until") return null;
    if (!isDay(unit) || !this.isJoined(index + 1, true) || !this.isJoined(index + 2, true)) return null;
    const sign = link.op === "before" ? -1 : 1;
    const day = shifted(sign < 0 ? this.firstDay(unit) : this.lastDay(unit), sign * atom.n, atom.unit);
    this.forget("day");
    if (day < this.today) this.draft.past = true;
    this.draft.dates.push({ from: day, to: day });
    this.draft.used.push(atom, link, unit);
    return index + 3;
  }

  private around(index: number): number {
    if (this.atoms[index]?.kind === "clock") this.draft.approximate = true;
    return this.range(index) ?? this.unit(index);
  }

  private wish(index: number, wish: "earliest" | "latest" | "later" | "earlier"): number {
    const atom = this.atoms[index];
    if (wish === "earliest") this.draft.earliest = true;
    else if (wish === "latest") this.draft.latest = true;
    else this.draft.relative = wish;
    if (atom) this.draft.used.push(atom);
    return index + 1;
  }

  /** "Any Tuesday but the 3rd", against "yes, but at 4". */
  private rulesOut(index: number): boolean {
    const before = this.atoms[index - 1];
    return this.isJoined(index, true) && before?.kind === "weekday" && before.which === "any";
  }

  /** Two units with a link between them, or side by side after "from": the index after both, or null. */
  private range(index: number, led = false): number | null {
    const [first, link] = [this.atoms[index], this.atoms[index + 1]];
    if (!first || !link || !this.isJoined(index + 1)) return null;
    const isLink = link.kind === "op" && (link.op === "to" || link.op === "until" || (led && link.op === "and"));
    const at = isLink ? index + 2 : index + 1;
    const last = this.atoms[at];
    if (!last || !(isLink || led) || !this.isJoined(at)) return null;
    if (first.kind === "clock" && last.kind === "clock") {
      this.forget("hour");
      this.draft.hours.between = [first.clock, last.clock];
    } else if (isDay(first) && isDay(last) && isLink) {
      this.forget("day");
      this.draft.bounds.push(this.dayRange(first, last));
    } else return null;
    this.draft.used.push(...this.operatorBefore(index), first, last);
    return at + 1;
  }

  private dayRange(first: DayAtom, last: DayAtom) {
    const from = this.firstDay(first);
    const to = this.lastDay(last, from);
    return to >= from ? { from, to } : { from: to, to: from };
  }

  private firstDay(atom: DayAtom, after = this.today): string {
    if (atom.kind === "days") return atom.ranges[0]?.from ?? this.today;
    if (atom.kind === "span") return atom.range.from;
    if (atom.kind === "moment") return atom.day;
    if (atom.kind === "dayOfMonth") return nextDayOfMonth(after, atom.day) ?? after;
    return weekdayAs(after, atom.weekdays[0] ?? 1, atom.which);
  }

  private lastDay(atom: DayAtom, after = this.today): string {
    if (atom.kind === "days") return atom.ranges.at(-1)?.to ?? this.today;
    if (atom.kind === "span") return atom.range.to ?? this.today;
    return this.firstDay(atom, after);
  }

  private edge(index: number, unit: Atom, op: EdgeOp): number {
    this.draft.used.push(...this.operatorBefore(index), unit);
    if (unit.kind === "clock" && this.isAlternative(index)) return index + 1;
    if (unit.kind === "clock") {
      this.forget("hour");
      this.draft.hours[op === "after" || op === "from" ? "notBefore" : "notAfter"] = unit.clock;
    } else if (unit.kind === "daypart") {
      if (op === "after") this.draft.hours.notBefore = unit.part.after;
      else if (op === "before" || op === "until") this.draft.hours.notAfter = unit.part.before;
      else this.draft.parts.push(unit.part);
    } else if (unit.kind === "weekday") {
      this.draft.weekdays.push({ weekday: unit.weekdays[0] ?? 1, which: unit.which, edge: op });
    } else if (isDay(unit)) {
      this.draft.bounds.push(this.bound(unit, op));
    }
    return index + 1;
  }

  private bound(unit: DayAtom, op: EdgeOp) {
    if (op === "after") return { from: addDays(this.lastDay(unit), 1), to: null };
    if (op === "from") return { from: this.firstDay(unit), to: null };
    if (op === "until") return { from: this.today, to: this.lastDay(unit) };
    return { from: this.today, to: addDays(this.firstDay(unit), -1) };
  }

  /** The words of the operator belong to what was said: "after 4". */
  private operatorBefore(index: number): Atom[] {
    const before = this.atoms[index - 1];
    return before?.kind === "op" && before.op !== "and" && before.op !== "or" ? [before] : [];
  }

  /** "Before 10 or after 4": two spans can't both be kept, the first one is. */
  private isAlternative(index: number): boolean {
    const link = this.atoms[index - 2];
    const { notBefore, notAfter, between } = this.draft.hours;
    return link?.kind === "op" && link.op === "or" && (notBefore ?? notAfter ?? between) !== undefined;
  }

  private refuse(index: number): void {
    const unit = this.atoms[index];
    if (unit && isUnit(unit)) this.draft.refused.push(unit);
  }

  /** Rules out the unit at an index and those linked to it. */
  private exclude(index: number): number {
    const unit = this.atoms[index];
    if (!unit || !isUnit(unit)) return index;
    this.draft.used.push(...this.operatorBefore(index), unit);
    if (unit.kind === "weekday") this.draft.exceptWeekdays.push(...unit.weekdays);
    else if (unit.kind === "dayOfMonth") this.draft.exceptMonthDays.push(unit.day);
    else if (unit.kind === "days") this.draft.exceptDays.push(...unit.ranges.map(({ from }) => from));
    else if (unit.kind === "daypart" && unit.part.name === "morning") this.draft.hours.notBefore = unit.part.to;
    else if (unit.kind === "daypart") this.draft.hours.notAfter = unit.part.from;
    const link = this.atoms[index + 1];
    const isLinked = link?.kind === "op" && (link.op === "and" || link.op === "or") && this.isJoined(index + 2, true);
    return isLinked && this.isJoined(index + 1, true) ? this.exclude(index + 2) : index + 1;
  }

  private unit(index: number): number {
    const [unit, next] = [this.atoms[index], this.atoms[index + 1]];
    if (!unit) return index + 1;
    if (next?.kind === "op" && this.isJoined(index + 1, true)) {
      if (next.op === "cannot") this.refuse(index);
      if (next.op === "cannot") return Math.max(this.exclude(index), index + 2);
      if (next.op === "orLater") return this.edge(index + 1, unit, "from");
      if (next.op === "orEarlier") return this.edge(index + 1, unit, "until");
    }
    if (next?.kind === "lasting" && this.isJoined(index + 1, true) && this.lasts(next, unit)) {
      this.draft.used.push(unit, next);
      return index + 2;
    }
    this.add(unit);
    return index + 1;
  }

  private add(unit: Atom): void {
    const { draft } = this;
    this.forget(isDay(unit) ? "day" : "hour");
    draft.used.push(unit);
    if (unit.kind === "days") draft.dates.push(...unit.ranges);
    else if (unit.kind === "span") draft.spans.push(unit.range);
    else if (unit.kind === "dayOfMonth") draft.monthDays.push(unit.day);
    else if (unit.kind === "clock") draft.clocks.push(unit.clock);
    else if (unit.kind === "weekday") {
      const which = unit.which === "coming" && this.isOneOfAny(unit) ? "any" : unit.which;
      draft.weekdays.push(...unit.weekdays.map((weekday) => ({ weekday, which })));
    } else if (unit.kind === "moment") {
      draft.dates.push({ from: unit.day, to: unit.day });
      draft.times.push(unit.time);
    } else if (unit.kind === "window") {
      draft.dates.push({ from: unit.day, to: unit.day });
      draft.hours = { notBefore: unit.from, notAfter: unit.to };
    } else if (unit.kind === "daypart") {
      draft.parts.push(unit.part);
      const day = unit.on && addDays(this.today, unit.on === "today" ? 0 : 1);
      if (day) draft.dates.push({ from: day, to: day });
    }
    if (unit.kind === "days" || unit.kind === "span") {
      draft.past ||= unit.past ?? false;
      draft.hijri ||= unit.hijri ?? false;
    }
    if (unit.kind === "weekday" && unit.which === "last") draft.past = true;
  }

  /** "Los martes y jueves": the second is meant like the first. */
  private isOneOfAny(unit: Atom): boolean {
    const index = this.atoms.indexOf(unit);
    const [first, link] = [this.atoms[index - 2], this.atoms[index - 1]];
    return link?.kind === "op" && this.isJoined(index, true) && first?.kind === "weekday" && first.which === "any";
  }

  /** After "I mean", the first new day takes the place of the days so far, and the first new hour that of the hours. */
  private forget(what: "day" | "hour"): void {
    if (!this.replacing || this.replaced.has(what)) return;
    this.replaced.add(what);
    if (what === "day") forgetDays(this.draft);
    else forgetHours(this.draft);
  }
}
