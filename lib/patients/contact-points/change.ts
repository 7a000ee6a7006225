import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { contactPoints, patientContactPoints } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { lockPatientIn } from "../get";
import type { ChangeContactPoint } from "../schema";
import { makePrimaryIn } from "./make-primary";

/** Says whose an address is, or makes it the one that is used first. NOT_FOUND: not one of theirs. */
export const changeContactPoint = (
  ctx: ClinicContext,
  { id, pointId }: { id: string; pointId: string },
  input: ChangeContactPoint,
): Promise<Result<{ id: string }>> =>
  transact(ctx, {}, async (tx) => {
    const point = await findLinkIn(tx, ctx, id, pointId);
    if (!point.ok) return point;
    if (input.relation)
      await tx
        .update(patientContactPoints)
        .set({ relation: input.relation })
        .where(linkOf(ctx, id, pointId));
    if (input.isPrimary) await makePrimaryIn(tx, ctx, id, point.data);
    const changed = [...(input.relation ? ["relation"] : []), ...(input.isPrimary ? ["is_primary"] : [])];
    await audit(tx, ctx, { action: "contact_point.change", targetType: "patient", targetId: id, changed });
    await announce(tx, ctx, "patient", id);
    return ok({ id: pointId });
  });

export const linkOf = (ctx: ClinicContext, patientId: string, contactPointId: string) =>
  and(
    eq(patientContactPoints.clinicId, ctx.clinic.id),
    eq(patientContactPoints.patientId, patientId),
    eq(patientContactPoints.contactPointId, contactPointId),
  );

/** The address as this patient's, with the patient locked. */
export async function findLinkIn(
  tx: Tx,
  ctx: ClinicContext,
  patientId: string,
  contactPointId: string,
): Promise<Result<typeof contactPoints.$inferSelect & { isPrimary: boolean }>> {
  const locked = await lockPatientIn(tx, ctx, patientId);
  if (!locked.ok) return locked;
  const [found] = await tx
    .select({ point: contactPoints, isPrimary: patientContactPoints.isPrimary })
    .from(patientContactPoints)
    .innerJoin(
      contactPoints,
      and(
        eq(contactPoints.clinicId, patientContactPoints.clinicId),
        eq(contactPoints.id, patientContactPoints.contactPointId),
      ),
    )
    .where(linkOf(ctx, patientId, contactPointId));
  return found ? ok({ ...found.point, isPrimary: found.isPrimary }) : err("NOT_FOUND", { what: "contact_point" });
}
