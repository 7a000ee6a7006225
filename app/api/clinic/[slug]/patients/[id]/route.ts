import { route } from "@/lib/http/route";
import { getPatient } from "@/lib/patients/get";
import { PatientPath, UpdatePatient } from "@/lib/patients/schema";
import { updatePatient } from "@/lib/patients/update";

export const GET = route.clinic({
  can: "patient.read",
  params: PatientPath,
  handler: ({ ctx, params }) => getPatient(ctx, params.id),
});

export const PATCH = route.clinic({
  can: "patient.write",
  params: PatientPath,
  body: UpdatePatient,
  handler: ({ ctx, params, body }) => updatePatient(ctx, params.id, body),
});
