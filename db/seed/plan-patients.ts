import type { ContactPointRow, PatientLink, PatientRow } from "@/db/testing/rows";
import { addDays, dayIn } from "@/lib/core/zone";
import { foldName } from "@/lib/patients/fold";
import type { Blueprint, Locale } from "./blueprint";
import { firstNameIn, fullName, lastNameIn } from "./names";
import { at, type Random } from "./random";

const DAY_MS = 86_400_000;

export interface PlannedPatient extends PatientRow {
  id: string;
  locale: Locale;
  firstName: string;
  contactPointId: string;
  isChild: boolean;
  /** A lead never came, a newcomer comes for the first time in the coming weeks. */
  history: "lead" | "newcomer" | "regular";
  createdAt: Date;
}
export interface PatientsPlanned {
  patients: PlannedPatient[];
  contactPoints: (ContactPointRow & { id: string })[];
  links: PatientLink[];
}

interface Person {
  locale: Locale;
  first: string;
  last: string;
  isChild: boolean;
  relation: "self" | "family" | "guardian";
  /** Index of the household: its people share a phone. */
  household: number;
}

/** The clinic's people, families among them on one phone, and a few e-mail addresses. */
export function planPatients(blueprint: Blueprint, id: () => string, random: Random, now: Date): PatientsPlanned {
  const { count, leads, newcomers, phone, emails } = blueprint.patients;
  const people = peopleOf(blueprint, random);
  const households = [...new Set(people.map((person) => person.household))];
  const contactPoints = households.map((index) => ({ id: id(), kind: "phone" as const, value: phone(index) }));
  const histories = random.shuffled(
    people.map((_, index) => (index < leads ? "lead" : index < leads + newcomers ? "newcomer" : "regular")),
  );
  const patients = people.map((person, index) =>
    patientOf(person, id(), at(contactPoints, person.household).id, at(histories, index), random, now),
  );
  const links: PatientLink[] = patients.map((patient, index) => ({
    patientId: patient.id,
    contactPointId: patient.contactPointId,
    relation: at(people, index).relation,
  }));
  const writers = random.shuffled(patients.filter((patient) => /^[\x20-\x7f]+$/.test(foldName(patient.name)))).slice(0, emails);
  const addresses = [...new Map(writers.map((patient) => [emailOf(patient.name), patient])).entries()];
  const points = addresses.map(([value, { id: patientId }]) => ({ id: id(), kind: "email" as const, value, patientId }));
  if (patients.length !== count) throw new Error(`${patients.length} patients instead of ${count}`);
  return {
    patients,
    contactPoints: [...contactPoints, ...points.map(({ patientId: _, ...point }) => point)],
    links: [...links, ...points.map(({ id: contactPointId, patientId }) => ({ patientId, contactPointId, isPrimary: false }))],
  };
}

const emailOf = (name: string) => `${foldName(name).replace(/[^a-z ]/g, "").replace(/ /g, ".")}@example.com`;

function peopleOf({ patients }: Blueprint, random: Random): Person[] {
  const people: Person[] = [];
  const names = new Set<string>();
  for (let household = 0; people.length < patients.count; household++) {
    const locale = random.weighted(patients.languages);
    const last = lastNameIn(locale, random);
    const size = household < patients.families ? random.int(2, 4) : 1;
    for (let member = 0; member < size && people.length < patients.count; member++) {
      let first = firstNameIn(locale, random);
      while (names.has(`${first} ${last}`)) first = firstNameIn(locale, random);
      names.add(`${first} ${last}`);
      const isChild = member > 0 && (member > 1 || random.chance(0.6));
      const relation = member === 0 ? "self" : isChild ? "guardian" : "family";
      people.push({ locale, first, last, isChild, relation, household });
    }
  }
  return people;
}

function patientOf(
  { locale, first, last, isChild }: Person,
  id: string,
  contactPointId: string,
  history: PlannedPatient["history"],
  random: Random,
  now: Date,
): PlannedPatient {
  const name = fullName(locale, first, last, lastNameIn(locale, random));
  const age = isChild ? random.int(5, 15) : random.int(19, 78);
  const birthDate = addDays(dayIn(now, "UTC"), -Math.round(age * 365.25) - random.int(0, 360));
  const daysKnown = history === "regular" ? random.int(60, 900) : random.int(1, 40);
  return {
    id,
    name,
    nameKey: foldName(name),
    birthDate: history === "lead" && random.chance(0.7) ? null : birthDate,
    language: locale,
    locale,
    firstName: first,
    contactPointId,
    isChild,
    history,
    createdFrom: history === "lead" ? "SMS" : random.chance(0.5) ? "MANUAL_ADMIN" : "SMS",
    createdAt: new Date(now.getTime() - daysKnown * DAY_MS - random.int(0, DAY_MS)),
  };
}
