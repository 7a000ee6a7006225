import { and, eq } from "drizzle-orm";
import { patients } from "@/db/schema/patients";
import type { ClinicContext } from "@/lib/core/context";
import type { CamelKeys } from "@/lib/core/keys";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { isTimeZone } from "@/lib/core/zone";
import { findOrCreatePatientIn } from "./find-or-create";
import { readDetailIn } from "./read-detail";
import type { CreatePatient, PatientDetail } from "./schema";

/**
 * Takes a person down who has no visit yet: a lead, until the first booking (domain.md). CONFLICT with the `id` when
 * somebody of that name is reached at that phone or e-mail already.
 */
export const createPatient = (ctx: ClinicContext, input: CreatePatient): Promise<Result<CamelKeys<PatientDetail>>> =>
  transact(ctx, {}, async (tx) => {
    const { name, phone, email, language, timeZone, birthDate, nextFollowUpDate } = input;
    if (timeZone && !isTimeZone(timeZone)) return unknownZone();
    const found = await findOrCreatePatientIn(tx, ctx, { name, phone, email, language, createdFrom: "MANUAL_ADMIN" });
    if (!found.ok) return found;
    const { id } = found.data.patient;
    if (!found.data.isNew) return err("CONFLICT", { what: "patient", id });
    const [row] = await tx
      .update(patients)
      .set({ patientType: "COLD_LEAD", timeZone, birthDate, nextFollowUpDate })
      .where(and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, id)))
      .returning();
    if (!row) throw new Error("a patient vanished");
    return ok(await readDetailIn(tx, ctx, row));
  });

export const unknownZone = () =>
  err("VALIDATION_FAILED", [{ code: "custom", path: ["time_zone"], message: "No such time zone." }]);
