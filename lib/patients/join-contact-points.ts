import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { contactPoints, patientContactPoints } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { announce } from "@/lib/realtime/announce";
import type { ContactPoint } from "./contact-point";
import { listPatientsAtIn } from "./list-by-contact-point";

/**
 * Contact points that a vendor knows to be one person's, those known before first: the people of the first one that has
 * any are reached at those that have none. One that has people of its own keeps them: two records are for staff to merge.
 */
export async function joinContactPointsIn(tx: Tx, ctx: ClinicContext, points: readonly ContactPoint[]): Promise<void> {
  const ids = [...new Set(points.map((point) => point.id))];
  if (ids.length < 2) return;
  await tx
    .select({ id: contactPoints.id })
    .from(contactPoints)
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), inArray(contactPoints.id, ids)))
    .orderBy(asc(contactPoints.id))
    .for("no key update");
  const reached = await Promise.all(ids.map(async (id) => ({ id, people: await listPatientsAtIn(tx, ctx, id) })));
  const known = reached.find(({ people }) => people.length > 0);
  const strangers = reached.filter(({ people }) => people.length === 0);
  if (!known || strangers.length === 0) return;
  const rows = strangers.flatMap((point) =>
    known.people.map(({ id: patientId, relation }) => ({
      ...{ clinicId: ctx.clinic.id, patientId, contactPointId: point.id, relation, isPrimary: false },
    })),
  );
  await tx.insert(patientContactPoints).values(rows).onConflictDoNothing();
  for (const { id } of known.people) {
    await audit(tx, ctx, { action: "patient.reach", targetType: "patient", targetId: id });
    await announce(tx, ctx, "patient", id);
  }
}
