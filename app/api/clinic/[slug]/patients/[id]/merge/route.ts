import { route } from "@/lib/http/route";
import { mergePatients } from "@/lib/patients/merge/merge";
import { MergePatients, PatientPath } from "@/lib/patients/schema";

export const POST = route.clinic({
  can: "patient.write",
  params: PatientPath,
  body: MergePatients,
  handler: ({ ctx, params, body }) => mergePatients(ctx, params.id, body),
});
