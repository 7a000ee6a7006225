import { asc, eq, and } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { contactPoints, patientContactPoints } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { announce } from "@/lib/realtime/announce";
import { ensureContactPointIn } from "../contact-point";
import { lockPatientIn } from "../get";
import { listPatientsAtIn } from "../list-by-contact-point";
import { toE164 } from "../phone";
import type { AddContactPoint } from "../schema";
import { makePrimaryIn } from "./make-primary";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * One more way to reach a patient. Whose own an address is first stays; who comes later is family unless said. The
 * same address again changes nothing. VALIDATION_FAILED: no phone number, no e-mail address.
 */
export const addContactPoint = (
  ctx: ClinicContext,
  id: string,
  input: AddContactPoint,
): Promise<Result<{ id: string }>> =>
  transact(ctx, {}, async (tx) => {
    const locked = await lockPatientIn(tx, ctx, id);
    if (!locked.ok) return locked;
    const value = input.kind === "phone" ? toE164(input.value, ctx.clinic.country) : emailOf(input.value);
    if (!value) return invalid(input.kind);
    const point = await ensureContactPointIn(tx, ctx, { kind: input.kind, value });
    await lockPoint(tx, ctx, point.id);
    const there = await listPatientsAtIn(tx, ctx, point.id);
    if (there.some((one) => one.id === id)) return ok({ id: point.id });
    const relation = input.relation ?? (there.some((one) => one.relation === "self") ? "family" : "self");
    const row = { clinicId: ctx.clinic.id, patientId: id, contactPointId: point.id, relation, isPrimary: false };
    await tx.insert(patientContactPoints).values(row);
    if (input.isPrimary || !(await hasPrimary(tx, ctx, id, input.kind))) await makePrimaryIn(tx, ctx, id, point);
    await audit(tx, ctx, { action: "contact_point.add", targetType: "patient", targetId: id, changed: [input.kind] });
    await announce(tx, ctx, "patient", id);
    return ok({ id: point.id });
  });

const emailOf = (text: string) => (EMAIL.test(text) ? text.toLowerCase() : undefined);

const invalid = (kind: "phone" | "email") =>
  err("VALIDATION_FAILED", [
    {
      code: "custom",
      path: ["value"],
      message: kind === "phone" ? "This is not a phone number." : "This is not an e-mail address.",
    },
  ]);

const lockPoint = (tx: Tx, ctx: ClinicContext, id: string) =>
  tx
    .select({ id: contactPoints.id })
    .from(contactPoints)
    .where(and(eq(contactPoints.clinicId, ctx.clinic.id), eq(contactPoints.id, id)))
    .orderBy(asc(contactPoints.id))
    .for("no key update");

async function hasPrimary(tx: Tx, ctx: ClinicContext, patientId: string, kind: "phone" | "email"): Promise<boolean> {
  const rows = await tx
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
        eq(patientContactPoints.patientId, patientId),
        eq(patientContactPoints.isPrimary, true),
        eq(contactPoints.kind, kind),
      ),
    );
  return rows.length > 0;
}
