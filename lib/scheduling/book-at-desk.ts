import type { Tx } from "@/db/client";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { findOrCreatePatientIn } from "@/lib/patients/find-or-create";
import { bookIn } from "./book";
import { changeVisit } from "./change-visit";
import type { BookAtDesk, ShownVisit, Visit } from "./schema";
import { inTurn } from "./take-turns";

/**
 * Staff book for a patient they know, or for whoever gave this name and phone or e-mail: found, or written down as
 * new. Any service, from now on, within hours; as `bookIn` else.
 */
export const bookAtDesk = (ctx: ClinicContext, input: BookAtDesk): Promise<Result<ShownVisit>> =>
  inTurn(ctx, input, () => changeVisit(ctx, (tx) => bookAtDeskIn(tx, ctx, input)));

async function bookAtDeskIn(tx: Tx, ctx: ClinicContext, input: BookAtDesk): Promise<Result<Visit>> {
  const patientId = await patientOf(tx, ctx, input);
  if (!patientId.ok) return patientId;
  const { serviceId, providerId, operatoryId, startsAt, note } = input;
  return bookIn(tx, ctx, {
    patientId: patientId.data,
    serviceId,
    providerId: providerId ?? undefined,
    operatoryId: operatoryId ?? undefined,
    startsAt,
    note: note || undefined,
    createdFrom: "MANUAL_ADMIN",
  });
}

async function patientOf(tx: Tx, ctx: ClinicContext, input: BookAtDesk): Promise<Result<string>> {
  if (input.patientId) return ok(input.patientId);
  if (!input.patient) return err("NOT_FOUND", { what: "patient" });
  const found = await findOrCreatePatientIn(tx, ctx, { ...input.patient, createdFrom: "MANUAL_ADMIN" });
  return found.ok ? ok(found.data.patient.id) : found;
}
