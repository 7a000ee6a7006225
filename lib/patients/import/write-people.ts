import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/ids";
import { contactPoints, patientContactPoints, patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import { atAnyOf } from "./find-duplicates";
import type { ImportedPerson } from "./read-row";

type Link = typeof patientContactPoints.$inferInsert;
/** The contact point of an address: `phone +12…` → id. */
export type PointIds = ReadonlyMap<string, string>;

/**
 * Writes people and how they are reached; whose own an address is first stays, who comes later is family. Answers their
 * ids in the order of the people.
 */
export async function writePeopleIn(
  tx: Tx,
  ctx: ClinicContext,
  people: readonly ImportedPerson[],
): Promise<{ points: PointIds; ids: string[] }> {
  const points = await ensurePointsIn(tx, ctx, people);
  const owned = await ownedIn(tx, ctx, [...points.values()]);
  const links: Link[] = [];
  const rows = people.map((person) => {
    const id = newId();
    for (const key of [person.phone && `phone ${person.phone}`, person.email && `email ${person.email}`]) {
      const contactPointId = key && points.get(key);
      if (!contactPointId) continue;
      const relation = owned.has(contactPointId) ? "family" : "self";
      owned.add(contactPointId);
      links.push({ clinicId: ctx.clinic.id, patientId: id, contactPointId, relation });
    }
    const { name, nameKey, birthDate, language, patientType, nextFollowUpDate } = person;
    const facts = { name, nameKey, birthDate, language, patientType, nextFollowUpDate };
    const at = ctx.now();
    return { ...facts, id, clinicId: ctx.clinic.id, createdFrom: "IMPORT", createdAt: at, updatedAt: at };
  });
  if (rows.length > 0) await tx.insert(patients).values(rows);
  if (links.length > 0) await tx.insert(patientContactPoints).values(links);
  return { points, ids: rows.map(({ id }) => id) };
}

/** The contact points of these people, made where they are new, and locked: what is claimed for them meanwhile waits. */
async function ensurePointsIn(tx: Tx, ctx: ClinicContext, people: readonly ImportedPerson[]): Promise<PointIds> {
  const clinicId = ctx.clinic.id;
  const wanted = new Map<string, typeof contactPoints.$inferInsert>();
  for (const { phone, email } of people) {
    if (phone) wanted.set(`phone ${phone}`, { clinicId, kind: "phone", value: phone });
    if (email) wanted.set(`email ${email}`, { clinicId, kind: "email", value: email });
  }
  const rows = [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  if (rows.length > 0) await tx.insert(contactPoints).values(rows).onConflictDoNothing();
  const found = await tx
    .select({ id: contactPoints.id, kind: contactPoints.kind, value: contactPoints.value })
    .from(contactPoints)
    .where(and(eq(contactPoints.clinicId, clinicId), atAnyOf(people)))
    .orderBy(asc(contactPoints.id))
    .for("no key update");
  return new Map(found.map(({ id, kind, value }) => [`${kind} ${value}`, id]));
}

/** Which of these addresses are somebody's own already. */
async function ownedIn(tx: Tx, ctx: ClinicContext, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .selectDistinct({ id: patientContactPoints.contactPointId })
    .from(patientContactPoints)
    .where(
      and(
        eq(patientContactPoints.clinicId, ctx.clinic.id),
        inArray(patientContactPoints.contactPointId, ids),
        eq(patientContactPoints.relation, "self"),
      ),
    );
  return new Set(rows.map((row) => row.id));
}
