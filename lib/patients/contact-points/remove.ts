import { and, asc, eq } from "drizzle-orm";
import { contactPoints, patientContactPoints } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { findLinkIn, linkOf } from "./change";
import { makePrimaryIn } from "./make-primary";

/**
 * The patient is no longer reached at this address. The address itself, what was said there and what was agreed to
 * there stay: a stop outlives the person who gave the number. Where it was the primary one, the next of its kind is.
 */
export const removeContactPoint = (
  ctx: ClinicContext,
  { id, pointId }: { id: string; pointId: string },
): Promise<Result<{ id: string }>> =>
  transact(ctx, {}, async (tx) => {
    const point = await findLinkIn(tx, ctx, id, pointId);
    if (!point.ok) return point;
    await tx.delete(patientContactPoints).where(linkOf(ctx, id, pointId));
    const { kind } = point.data;
    const [next] = await tx
      .select({ id: contactPoints.id })
      .from(patientContactPoints)
      .innerJoin(
        contactPoints,
        and(
          eq(contactPoints.clinicId, patientContactPoints.clinicId),
          eq(contactPoints.id, patientContactPoints.contactPointId),
        ),
      )
      .where(
        and(
          eq(patientContactPoints.clinicId, ctx.clinic.id),
          eq(patientContactPoints.patientId, id),
          eq(contactPoints.kind, kind),
        ),
      )
      .orderBy(asc(contactPoints.id))
      .limit(1);
    if (next && point.data.isPrimary) await makePrimaryIn(tx, ctx, id, { id: next.id, kind });
    await audit(tx, ctx, { action: "contact_point.remove", targetType: "patient", targetId: id, changed: [kind] });
    await announce(tx, ctx, "patient", id);
    return ok({ id: pointId });
  });
