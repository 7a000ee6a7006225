import { isId } from "@/db/ids";
import type { ClinicContext } from "@/lib/core/context";
import { err, ok, type Result } from "@/lib/core/result";
import { query } from "@/lib/core/transact";
import { readPatientsIn, type PatientSummary } from "./read";

/** One patient of the clinic; another clinic's is NOT_FOUND. */
export const getPatient = (ctx: ClinicContext, id: string): Promise<Result<PatientSummary>> =>
  query(ctx, async (tx) => {
    const [patient] = isId(id) ? await readPatientsIn(tx, ctx, [id]) : [];
    return patient ? ok(patient) : err("NOT_FOUND", { what: "patient" });
  });
