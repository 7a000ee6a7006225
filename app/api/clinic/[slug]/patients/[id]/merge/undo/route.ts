import { route } from "@/lib/http/route";
import { undoMerge } from "@/lib/patients/merge/undo";
import { PatientPath, UndoMerge } from "@/lib/patients/schema";

export const POST = route.clinic({
  can: "patient.write",
  params: PatientPath,
  body: UndoMerge,
  handler: ({ ctx, params, body }) => undoMerge(ctx, params.id, body.mergeId),
});
