import type { VisitRow } from "@/db/testing/make-visit";
import { dayBounds, dayIn, instantOf } from "@/lib/core/zone";
import type { Blueprint } from "./blueprint";
import { timeOf, type DatedException, type Span } from "./open-hours";
import { placeVisits, type PlacedVisit } from "./place-visits";
import type { PlannedPatient } from "./plan-patients";
import type { Random } from "./random";
import { tellStory, type Fate } from "./visit-story";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** At least this long between two visits of one patient. */
const GAP_DAYS = 3;
const BOOKED_TODAY = 9;

export interface PlannedVisit extends VisitRow {
  patient: PlannedPatient;
  placed: PlacedVisit;
  createdAt: Date;
  events: NonNullable<VisitRow["events"]>;
}
interface Setting {
  blueprint: Blueprint;
  exceptions: readonly DatedException[];
  patients: readonly PlannedPatient[];
  /** Row ids of providers, operatories and services by their keys. */
  idOf: (key: string) => string;
  staffId: string;
  now: Date;
  id: () => string;
  random: Random;
}

/** All visits of a clinic around today, with what happened to each so far. */
export function planVisits(setting: Setting): PlannedVisit[] {
  const { blueprint, exceptions, random, now } = setting;
  const { timeZone } = blueprint.clinic;
  const today = dayIn(now, timeZone);
  const clock = clockIn(timeZone);
  const placed = placeVisits(blueprint, exceptions, today, random);
  const choose = choosePatient(setting, placed);
  const ahead = random.shuffled(placed.filter(({ offset }) => offset > 0));
  const share = Math.ceil((BOOKED_TODAY * blueprint.visits.count) / 600);
  const bookedToday = new Set(ahead.slice(0, Math.max(3, share)));
  let ofToday = 0;
  return placed.map((one) => {
    const startsAt = clock(one.day, one.from);
    const endsAt = new Date(startsAt.getTime() + one.service.durationMinutes * MINUTE_MS);
    const patient = choose(one);
    const createdAt = bookedToday.has(one)
      ? between(dayBounds(today, timeZone).start, now, random)
      : bookedAt(one, startsAt, now, random);
    const createdFrom = random.weighted(blueprint.visits.sources);
    const fate = one.offset === 0 ? fateOfToday(ofToday++) : fateOf(one.offset, random);
    const story = tellStory(
      { startsAt, endsAt, createdAt, now },
      { fate, source: createdFrom, patientId: patient.id, staffId: setting.staffId },
      random,
    );
    if (patient.createdAt > createdAt) patient.createdAt = createdAt;
    const visit = { id: setting.id(), startsAt, endsAt, createdAt, createdFrom, ...story };
    return { ...visit, ...rowsOf(one, patient, setting, clock), updatedAt: story.events.at(-1)?.at ?? createdAt };
  });
}

type Clock = (day: string, minutes: number) => Date;

/** Instants of wall times; most are asked for several times. */
function clockIn(timeZone: string): Clock {
  const known = new Map<string, Date>();
  return (day, minutes) => {
    const key = `${day} ${minutes}`;
    const instant = known.get(key) ?? instantOf(day, timeOf(minutes), timeZone);
    known.set(key, instant);
    return instant;
  };
}

function rowsOf(placed: PlacedVisit, patient: PlannedPatient, { blueprint, idOf }: Setting, clock: Clock) {
  const chair = blueprint.operatories.find(({ key }) => placed.parts.some(({ resource }) => resource === key));
  const range = ([from, to]: Span) => ({ from: clock(placed.day, from), to: clock(placed.day, to) });
  return {
    placed,
    patient,
    patientId: patient.id,
    serviceId: idOf(placed.service.key),
    providerId: idOf(placed.lead),
    operatoryId: chair ? idOf(chair.key) : null,
    parts: placed.parts.map(({ resource, span, occupied }) => ({
      resourceId: idOf(resource),
      startsAt: range(span).from,
      endsAt: range(span).to,
      occupied: range(occupied),
    })),
  };
}

const between = (from: Date, to: Date, random: Random) =>
  new Date(from.getTime() + (to.getTime() - from.getTime()) * random.next());

/** Days before, an emergency only hours; and never later than a few minutes ago. */
function bookedAt({ service, offset }: PlacedVisit, startsAt: Date, now: Date, random: Random): Date {
  const isUrgent = service.maxDaysAhead !== undefined;
  const lead = isUrgent ? random.int(60, 900) * MINUTE_MS : random.int(1, 24) * DAY_MS + random.int(0, 600) * MINUTE_MS;
  const wanted = startsAt.getTime() - lead;
  const latest = now.getTime() - (offset > 0 ? random.int(1, 14) * DAY_MS : random.int(30, 600) * MINUTE_MS);
  return new Date(Math.min(wanted, Math.max(latest, isUrgent ? now.getTime() - 40 * MINUTE_MS : 0)));
}

function fateOf(offset: number, random: Random): Fate {
  if (random.chance(offset < 0 ? 0.1 : 0.04)) return "cancelled";
  return offset < 0 && random.chance(0.08) ? "no_show" : "completed";
}

/** A day to look at: one in twelve doesn't come, one in twelve has called it off. */
const fateOfToday = (index: number): Fate => (index % 12 === 4 ? "no_show" : index % 12 === 9 ? "cancelled" : "completed");

/** Who a visit is for: a known patient, or, ahead, somebody new; nobody twice within days; their language, if it can be. */
function choosePatient({ blueprint, patients, random }: Setting, placed: readonly PlacedVisit[]) {
  const regulars = patients.filter(({ history }) => history === "regular");
  const newcomers = random.shuffled(patients.filter(({ history }) => history === "newcomer"));
  const firstVisits = random.shuffled(placed.filter(({ offset }) => offset >= 0)).slice(0, newcomers.length);
  const newcomerOf = new Map(firstVisits.map((visit, index) => [visit, newcomers[index]]));
  const offsets = new Map<string, number[]>();
  const isFree = ({ id }: PlannedPatient, offset: number, gap: number) =>
    !(offsets.get(id) ?? []).some((other) => Math.abs(other - offset) < gap);

  return (visit: PlacedVisit): PlannedPatient => {
    const languages = blueprint.providers.find(({ key }) => key === visit.lead)?.languages ?? [];
    const order = random.shuffled(regulars);
    const patient =
      newcomerOf.get(visit) ??
      order.slice(0, 12).find((one) => languages.includes(one.locale) && isFree(one, visit.offset, GAP_DAYS)) ??
      order.find((one) => isFree(one, visit.offset, GAP_DAYS)) ??
      order.find((one) => isFree(one, visit.offset, 1));
    if (!patient) throw new Error(`nobody is free on ${visit.day}`);
    offsets.set(patient.id, [...(offsets.get(patient.id) ?? []), visit.offset]);
    return patient;
  };
}
