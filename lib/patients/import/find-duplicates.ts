import { and, eq, inArray, isNull, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import type { ImportedPerson, Problem } from "./read-row";

const AT_ONCE = 1000;

/** The ways in which a person is recognised: the name together with the phone, or with the e-mail. */
const keysOf = ({ nameKey, phone, email }: Pick<ImportedPerson, "nameKey" | "phone" | "email">) => [
  ...(phone ? [`${phone} ${nameKey}`] : []),
  ...(email ? [`${email} ${nameKey}`] : []),
];

/** Rows of people who stand higher up in the same file, under the same name and address. */
export function duplicatesInFile(people: readonly ImportedPerson[]): Problem[] {
  const seen = new Set<string>();
  return people.flatMap((person) => {
    const keys = keysOf(person);
    const isKnown = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return isKnown ? [{ row: person.row, column: null, code: "DUPLICATE_IN_FILE" } as const] : [];
  });
}

/** Rows of people whom the clinic has already, under the same name and address. */
export async function duplicatesInClinicIn(
  tx: Tx,
  ctx: ClinicContext,
  people: readonly ImportedPerson[],
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const part = people.slice(from, from + AT_ONCE);
    const known = new Set((await readKnown(tx, ctx, part)).flatMap(keysOf));
    for (const person of part)
      if (keysOf(person).some((key) => known.has(key)))
        problems.push({ row: person.row, column: null, code: "DUPLICATE_IN_CLINIC" });
  }
  return problems;
}

async function readKnown(tx: Tx, ctx: ClinicContext, people: readonly ImportedPerson[]) {
  const rows = await tx
    .select({ nameKey: patients.nameKey, kind: contactPoints.kind, value: contactPoints.value })
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
  return rows.map(({ nameKey, kind, value }) => ({
    nameKey,
    phone: kind === "phone" ? value : null,
    email: kind === "email" ? value : null,
  }));
}

/** Contact points that have any of these people's addresses. */
export const atAnyOf = (people: readonly Pick<ImportedPerson, "phone" | "email">[]) =>
  or(
    and(
      eq(contactPoints.kind, "phone"),
      inArray(
        contactPoints.value,
        people.flatMap(({ phone }) => phone ?? []),
      ),
    ),
    and(
      eq(contactPoints.kind, "email"),
      inArray(
        contactPoints.value,
        people.flatMap(({ email }) => email ?? []),
      ),
    ),
  );
