import { and, eq, inArray, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { contactPoints, patientContactPoints } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";

/** This address is the one of its kind that is used first; the others of the kind step back. */
export async function makePrimaryIn(
  tx: Tx,
  ctx: ClinicContext,
  patientId: string,
  point: { id: string; kind: "phone" | "email" | "whatsapp_user" },
): Promise<void> {
  const mine = and(eq(patientContactPoints.clinicId, ctx.clinic.id), eq(patientContactPoints.patientId, patientId));
  const ofKind = tx
    .select({ id: contactPoints.id })
    .from(contactPoints)
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.kind, point.kind)));
  await tx
    .update(patientContactPoints)
    .set({ isPrimary: false })
    .where(
      and(
        mine,
        ne(patientContactPoints.contactPointId, point.id),
        inArray(patientContactPoints.contactPointId, ofKind),
      ),
    );
  await tx
    .update(patientContactPoints)
    .set({ isPrimary: true })
    .where(and(mine, eq(patientContactPoints.contactPointId, point.id)));
}
