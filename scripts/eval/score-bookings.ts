import { foldName } from "@/lib/patients/fold";
import { PretendClinic, wallClock, type MadeBooking, type Place } from "./pretend-clinic";
import { rehearse, type PatientTurn, type Rehearsed } from "./rehearse-booking";
import type { StarRow } from "./rows";
import { share, type Score } from "./score";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const weekdayNamed = (day: string): number => WEEKDAYS.indexOf(day) + 1;
const FIELDS = ["patient", "doctor", "day", "time"] as const;
type Field = (typeof FIELDS)[number];

interface BookingRow {
  readonly row: StarRow;
  readonly wanted: readonly MadeBooking[];
  readonly rehearsed: Rehearsed;
}

/**
 * Feeds the patient's turns of each talk that can be scored to the product. The calendar is what the record says: a
 * start called taken is busy, unless it was also free or booked in the talk; all others are free.
 */
export function answerBookings(rows: readonly StarRow[]): BookingRow[] {
  const scorable = rows.filter((row) => row.scorable);
  const doctors = [...new Set(scorable.flatMap((row) => row.bookings.map(({ doctor }) => doctor)))];
  return scorable.map((row) => {
    const wanted = row.bookings.map((one) => ({
      patient: one.patient,
      doctor: one.doctor,
      weekday: weekdayNamed(one.day),
      time: one.start_time_24h,
    }));
    const clinic = new PretendClinic(clockOf(row), doctors, busyIn(row));
    return { row, wanted, rehearsed: rehearse(clinic, turnsOf(row)) };
  });
}

/** The patient's turns, each with the line before it. */
function turnsOf({ turns }: StarRow): PatientTurn[] {
  let answers: string | undefined;
  return turns.flatMap(({ speaker, text }) => {
    if (speaker === "assistant") answers = text ?? undefined;
    return speaker === "user" && text ? [{ text, answers }] : [];
  });
}

/** Where the patient was told no time it is the Sunday noon before. */
const clockOf = ({ now }: StarRow): Date => (now ? wallClock(weekdayNamed(now.day), now.time) : wallClock(0, "12:00"));

function busyIn({ turns }: StarRow): Place[] {
  const said = turns.flatMap(({ request, result }) => {
    const time = hourOf(request?.start_time ?? "");
    if (!request || !time) return [];
    return [{ place: { doctor: request.doctor, weekday: weekdayNamed(request.day), time }, result }];
  });
  const free = new Set(said.filter(({ result }) => result !== "conflict").map(({ place }) => JSON.stringify(place)));
  return said.flatMap(({ place, result }) =>
    result === "conflict" && !free.has(JSON.stringify(place)) ? [place] : [],
  );
}

/** "3 pm" as 15:00. */
export function hourOf(words: string): string | undefined {
  const [, hour, half] = /^(\d{1,2}) ?([ap])m$/i.exec(words.trim()) ?? [];
  if (!hour || !half) return undefined;
  return `${String((Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0)).padStart(2, "0")}:00`;
}

const isEqual: Record<Field, (a: MadeBooking, b: MadeBooking) => boolean> = {
  patient: (a, b) => foldName(a.patient) === foldName(b.patient),
  doctor: (a, b) => a.doctor === b.doctor,
  day: (a, b) => a.weekday === b.weekday,
  time: (a, b) => a.time === b.time,
};
const likeness = (a: MadeBooking, b: MadeBooking): number => FIELDS.filter((field) => isEqual[field](a, b)).length;

interface Pair {
  readonly wanted: MadeBooking;
  readonly made: MadeBooking | undefined;
}

/** Each booking wanted with the one made that is most like it, the likest pairs first; what has none stays alone. */
export function paired(wanted: readonly MadeBooking[], made: readonly MadeBooking[]): Pair[] {
  const all = wanted.flatMap((one, at) => made.map((other, by) => ({ at, by, like: likeness(one, other) })));
  const byWanted = new Map<number, number>();
  for (const { at, by } of all.toSorted((a, b) => b.like - a.like))
    if (!byWanted.has(at) && ![...byWanted.values()].includes(by)) byWanted.set(at, by);
  return wanted.map((one, at) => ({ wanted: one, made: made[byWanted.get(at) ?? -1] }));
}

export function isSameSet(wanted: readonly MadeBooking[], made: readonly MadeBooking[]): boolean {
  const pairs = paired(wanted, made);
  return made.length === wanted.length && pairs.every((pair) => pair.made && likeness(pair.wanted, pair.made) === 4);
}

/**
 * Whole bookings. Rough: the patients answered a person who asked in another order, and who often booked without a
 * yes; so what is only held for a yes at the end of the talk is counted once more, by itself.
 */
export function scoreBookings(file: string, rows: readonly BookingRow[]): Score {
  const pairs = rows.flatMap(({ wanted, rehearsed }) => paired(wanted, rehearsed.booked));
  const withHeld = rows.map(({ wanted, rehearsed: { booked, held } }) => isSameSet(wanted, [...booked, ...held]));
  const isRight = ({ wanted, rehearsed }: BookingRow) => isSameSet(wanted, rehearsed.booked);
  return {
    file,
    measures: [
      share("whole booking, rough (same set)", rows.map(isRight)),
      share("same set, with what waits for a yes", withHeld),
      share(
        "wanted and booked at all",
        pairs.map(({ made }) => made !== undefined),
      ),
      ...FIELDS.map((field) =>
        share(
          `field ${field}`,
          pairs.map(({ wanted, made }) => made !== undefined && isEqual[field](wanted, made)),
        ),
      ),
      share(
        "booked and wanted",
        rows.flatMap(({ wanted, rehearsed }) => extra(wanted, rehearsed.booked)),
      ),
    ],
    misses: rows
      .filter((row) => !isRight(row))
      .map(({ row, wanted, rehearsed }) => ({
        ...{ file, measure: "whole booking", id: row.id, lang: "en" },
        text: turnsOf(row)
          .map(({ text }) => text)
          .join(" | "),
        expected: wanted.map(spell).join(", "),
        answer: [rehearsed.booked.map(spell).join(", ") || "nothing", ...rehearsed.held.map(waits)].join("; "),
      })),
  };
}

/** For each booking made whether it is one of those wanted. */
const extra = (wanted: readonly MadeBooking[], made: readonly MadeBooking[]): boolean[] =>
  paired(made, wanted).map((pair) => pair.made !== undefined && likeness(pair.wanted, pair.made) === 4);

const spell = ({ patient, doctor, weekday, time }: MadeBooking): string =>
  `${patient || "?"} / ${doctor} / ${WEEKDAYS[weekday - 1] ?? ""} ${time}`;
const waits = (held: MadeBooking): string => `waits for a yes: ${spell(held)}`;
