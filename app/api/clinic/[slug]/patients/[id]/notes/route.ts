import { route } from "@/lib/http/route";
import { addNote } from "@/lib/patients/notes/add";
import { AddNote, PatientPath } from "@/lib/patients/schema";

export const POST = route.clinic({
  can: "patient.write",
  params: PatientPath,
  body: AddNote,
  status: 201,
  handler: ({ ctx, params, body }) => addNote(ctx, params.id, body),
});
