import { route } from "@/lib/http/route";
import { addContactPoint } from "@/lib/patients/contact-points/add";
import { AddContactPoint, PatientPath } from "@/lib/patients/schema";

export const POST = route.clinic({
  can: "patient.write",
  params: PatientPath,
  body: AddContactPoint,
  status: 201,
  handler: ({ ctx, params, body }) => addContactPoint(ctx, params.id, body),
});
