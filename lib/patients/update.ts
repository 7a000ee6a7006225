import { and, eq } from "drizzle-orm";
import { patients } from "@/db/schema/patients";
import { audit } from "@/lib/audit/record";
import type { ClinicContext } from "@/lib/core/context";
import type { CamelKeys } from "@/lib/core/keys";
import { err, ok, type Result } from "@/lib/core/result";
import { transact } from "@/lib/core/transact";
import { isTimeZone } from "@/lib/core/zone";
import { announce } from "@/lib/realtime/announce";
import { unknownZone } from "./create";
import { foldName } from "./fold";
import { lockPatientIn } from "./get";
import { readDetailIn } from "./read-detail";
import type { PatientDetail, UpdatePatient } from "./schema";

const WIRE_NAMES = {
  name: "name",
  birthDate: "birth_date",
  language: "language",
  timeZone: "time_zone",
  nextFollowUpDate: "next_follow_up_date",
} as const;
const FIELDS = ["name", "birthDate", "language", "timeZone", "nextFollowUpDate"] as const;

/** Sets what is named; the audit row has the names of what really changed. CONFLICT: merged into somebody. */
export const updatePatient = (
  ctx: ClinicContext,
  id: string,
  input: UpdatePatient,
): Promise<Result<CamelKeys<PatientDetail>>> =>
  transact(ctx, {}, async (tx) => {
    const locked = await lockPatientIn(tx, ctx, id);
    if (!locked.ok) return locked;
    if (input.timeZone && !isTimeZone(input.timeZone)) return unknownZone();
    const nameKey = input.name === undefined ? undefined : foldName(input.name);
    if (nameKey === "")
      return err("VALIDATION_FAILED", [{ code: "custom", path: ["name"], message: "The name has no letters." }]);
    const changed = FIELDS.filter((field) => input[field] !== undefined && input[field] !== locked.data[field]);
    if (changed.length === 0) return ok(await readDetailIn(tx, ctx, locked.data));
    const name = input.name?.replace(/\s+/g, " ");
    const [row] = await tx
      .update(patients)
      .set({ ...input, name, nameKey, updatedAt: ctx.now() })
      .where(and(eq(patients.clinicId, ctx.clinic.id), eq(patients.id, id)))
      .returning();
    if (!row) throw new Error("a patient vanished");
    const names = changed.map((field) => WIRE_NAMES[field]);
    await audit(tx, ctx, { action: "patient.update", targetType: "patient", targetId: id, changed: names });
    await announce(tx, ctx, "patient", id);
    return ok(await readDetailIn(tx, ctx, row));
  });
