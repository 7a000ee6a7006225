import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { matchPeopleIn, type Matches } from "@/lib/patients/import/match-people";
import type { ImportedPerson } from "@/lib/patients/import/read-row";
import type { ImportedVisit, Problem } from "./read-row";

/** Somebody whom the clinic does not know yet, with the row that names them first. */
export type NewPerson = ImportedPerson;

/** Whose visit a row is: a patient's id, or one of the new people's places in their list. */
export interface People {
  /** By row; rows whose patient is not clear have none. */
  of: Map<number, string | number>;
  fresh: NewPerson[];
  problems: Problem[];
}

/**
 * Finds each visit's patient among the clinic's and among those whom the file brings; the same person in several rows
 * is one. Rows that name an address go first, so that a row with the name alone finds them, wherever it stands.
 */
export async function resolvePeopleIn(tx: Tx, ctx: ClinicContext, visits: readonly ImportedVisit[]): Promise<People> {
  const matches = await matchPeopleIn(tx, ctx, visits);
  const people: People = { of: new Map(), fresh: [], problems: [] };
  const known = new Map<string, Set<number>>();
  const hasAddress = ({ phone, email }: ImportedVisit) => phone !== null || email !== null;
  for (const visit of [...visits.filter(hasAddress), ...visits.filter((visit) => !hasAddress(visit))])
    place(visit, matches, people, known);
  return people;
}

function place(visit: ImportedVisit, matches: Matches, people: People, known: Map<string, Set<number>>): void {
  const { row, name, nameKey } = visit;
  const wrong = (code: Problem["code"]) => void people.problems.push({ row, column: "name", code, value: name });
  const found = matches(visit);
  if (found.length > 1) return wrong("PATIENT_AMBIGUOUS");
  if (found[0] !== undefined) return void people.of.set(row, found[0]);
  if (nameKey === "") return wrong("NAME_MISSING");
  const keys = keysOf(visit);
  const before = new Set(keys.flatMap((key) => [...(known.get(key) ?? [])]));
  if (before.size > 1) return wrong("PATIENT_AMBIGUOUS");
  const at = [...before][0] ?? people.fresh.push(personOf(visit)) - 1;
  for (const key of [...keys, ` ${nameKey}`]) known.set(key, (known.get(key) ?? new Set()).add(at));
  learn(people.fresh[at], visit);
  people.of.set(row, at);
  if (!visit.phone && !visit.email && before.size === 0)
    people.problems.push({ row, column: "phone", code: "NO_CONTACT" });
}

const keysOf = ({ nameKey, phone, email }: ImportedVisit): string[] =>
  phone || email ? [phone, email].flatMap((value) => (value ? [`${value} ${nameKey}`] : [])) : [` ${nameKey}`];

const personOf = ({ row, name, nameKey, phone, email }: ImportedVisit): NewPerson => ({
  ...{ row, name, nameKey, phone, email, birthDate: null, language: null, nextFollowUpDate: null, consents: [] },
  patientType: "NEW",
});

/** A later row may know an address more, and that they have been seen. */
function learn(person: NewPerson | undefined, visit: ImportedVisit): void {
  if (!person) return;
  person.phone ??= visit.phone;
  person.email ??= visit.email;
  if (visit.status === "completed") person.patientType = "EXISTING";
}
