import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { atAnyOf } from "./find-duplicates";

/** How a file names somebody: the addresses as they are stored, the name folded; any of them may be missing. */
export interface NamedPerson {
  nameKey: string;
  phone: string | null;
  email: string | null;
}

/** Whom of the clinic somebody is: several where the file does not say which, none where nobody is known so. */
export type Matches = (person: NamedPerson) => readonly string[];

const AT_ONCE = 1000;

/**
 * Recognises people by name and address; by the address alone where there is no name, by the name alone where there is
 * no address. Who was merged into somebody is nobody.
 */
export async function matchPeopleIn(tx: Tx, ctx: ClinicContext, people: readonly NamedPerson[]): Promise<Matches> {
  const known = new Map<string, Set<string>>();
  const learn = (key: string, id: string) => known.set(key, (known.get(key) ?? new Set()).add(id));
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const part = people.slice(from, from + AT_ONCE);
    for (const { id, nameKey, value } of await atAddresses(tx, ctx, part)) {
      learn(`${value} ${nameKey}`, id);
      learn(`${value} `, id);
    }
    for (const { id, nameKey } of await ofNames(tx, ctx, part)) learn(nameKey, id);
  }
  return ({ nameKey, phone, email }) => {
    if (!phone && !email) return [...(known.get(nameKey) ?? [])];
    const found = [phone, email].flatMap((value) => (value ? [...(known.get(`${value} ${nameKey}`) ?? [])] : []));
    return [...new Set(found)];
  };
}

const atAddresses = async (tx: Tx, ctx: ClinicContext, people: readonly NamedPerson[]) =>
  tx
    .select({ id: patients.id, nameKey: patients.nameKey, value: contactPoints.value })
    .from(contactPoints)
    .innerJoin(
      patientContactPoints,
      and(
        eq(patientContactPoints.clinicId, contactPoints.clinicId),
        eq(patientContactPoints.contactPointId, contactPoints.id),
      ),
    )
    .innerJoin(
      patients,
      and(eq(patients.clinicId, patientContactPoints.clinicId), eq(patients.id, patientContactPoints.patientId)),
    )
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), atAnyOf(people), isNull(patients.mergedIntoId)));

async function ofNames(tx: Tx, ctx: ClinicContext, people: readonly NamedPerson[]) {
  const names = people.filter(({ phone, email }) => !phone && !email).map(({ nameKey }) => nameKey);
  if (names.length === 0) return [];
  return tx
    .select({ id: patients.id, nameKey: patients.nameKey })
    .from(patients)
    .where(
      and(
        eq(patients.clinicId, ctx.clinic.id),
        inArray(patients.nameKey, [...new Set(names)]),
        isNull(patients.mergedIntoId),
      ),
    );
}
